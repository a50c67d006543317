"""A strict client binds browsers on streams as well: over SSE and over WebSocket."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.graphql_schema.subscriptions.live import Live, serving, signed_in

BELL = "subscription Bell { notificationChanged { cause } }"


@pytest.fixture
def live(settings) -> Iterator[Live]:
    """The application in production, with real connections."""
    with serving(settings.model_copy(update={"mode": "production"})) as served:
        yield served


def test_a_browser_follows_nothing_by_a_text_of_its_own(live, register, city):
    register(BELL, strict=True)
    headers = {**signed_in(live.cookie(live.person(city))), "Origin": live.url}
    streamed = httpx.post(
        f"{live.url}/graphql",
        headers={**headers, "Accept": "text/event-stream"},
        json={"query": BELL},
    )
    assert "DOCUMENT_REQUIRED" in streamed.text
    assert "STARTED" not in streamed.text
    opened = live.socket(headers=headers)
    opened.send(type="connection_init")
    assert opened.next() == {"type": "connection_ack"}
    opened.subscribe("a", BELL)
    told = opened.next()
    assert told["type"] == "error"
    assert [error["extensions"]["code"] for error in told["payload"]] == ["DOCUMENT_REQUIRED"]


def test_a_browser_follows_by_a_registered_document(live, register, city):
    document_id = register(BELL, strict=True)
    headers = {**signed_in(live.cookie(live.person(city))), "Origin": live.url}
    opened = live.socket(headers=headers)
    opened.send(type="connection_init")
    assert opened.next() == {"type": "connection_ack"}
    opened.send(type="subscribe", id="a", payload={"documentId": document_id})
    told = opened.next()
    assert told["type"] == "next"
    # Whether changes can be heard depends on the broker, which is not what is asked here.
    assert told["payload"]["data"]["notificationChanged"]["cause"] in ("STARTED", "INTERRUPTED")
