"""Subscriptions are counted like other requests, whatever carries them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest

from tests.graphql_schema.subscriptions.asking import INNOVATIONS, city_id
from tests.graphql_schema.subscriptions.live import Live, bearer, serving


@pytest.fixture
def limited(telling) -> Iterator[Live]:
    """The application where a token may ask three times a minute."""
    with serving(telling.model_copy(update={"rate_token": 3})) as live, ExitStack() as opened:
        yield replace(live, open=opened)


def test_each_subscription_of_a_connection_counts_as_a_request(limited: Live, city):
    _, token = limited.token(city)
    opened = limited.socket(token)
    for number in range(3):
        opened.subscribe(f"s{number}", INNOVATIONS, city=city_id(city))
        assert opened.next()["type"] == "next"
    opened.subscribe("s3", INNOVATIONS, city=city_id(city))
    refused = opened.next()
    assert (refused["type"], refused["id"]) == ("error", "s3")
    (error,) = refused["payload"]
    assert error["extensions"]["code"] == "RATE_LIMITED"
    assert error["extensions"]["retryable"] is True
    opened.send(type="ping")
    assert opened.next() == {"type": "pong"}


def test_a_stream_tells_what_is_left_and_is_refused_with_429(limited: Live, city):
    _, token = limited.token(city)
    streams = [
        limited.events(INNOVATIONS, bearer(token), city=city_id(city)).response for _ in range(4)
    ]
    assert [each.status_code for each in streams] == [200, 200, 200, 429]
    assert streams[0].headers["ratelimit"].startswith('"requests";r=2;t=60')
    assert int(streams[3].headers["retry-after"]) <= 60
