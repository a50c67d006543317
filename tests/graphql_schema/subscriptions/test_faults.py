"""What happens when Redis is away, a client is slow or leaves, or the process ends."""

from __future__ import annotations

import asyncio
import json
import signal
import socket
from dataclasses import replace
from time import monotonic
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
import pytest
from websockets.exceptions import ConnectionClosed

from graphql_schema.subscriptions import event_stream, seats
from graphql_schema.subscriptions.event_stream import EventStream
from kotacerdas.scope import Door, Scope
from tenants.submissions.models import Innovation
from tests.faults.broker import stop
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import INNOVATIONS, city_id
from tests.graphql_schema.subscriptions.live import Live, bearer, serving, until
from tests.kotacerdas.web.server.process import process


def test_a_stream_outlives_a_restart_of_redis(telling, broker, city):
    with serving(telling) as live:
        row_id = places.innovation(live.database, city)
        _, token = live.token(city)
        events = live.events(INNOVATIONS, bearer(token), city=city_id(city))
        assert events.field()["cause"] == "STARTED"
        stop(broker)
        assert events.field() == {"cause": "INTERRUPTED", "id": None, "innovation": None}
        live.rename(city, row_id, "Selama terputus")
        late = live.events(INNOVATIONS, bearer(token), city=city_id(city))
        assert [late.field()["cause"] for _ in range(2)] == ["STARTED", "INTERRUPTED"]
        broker.start()
        assert events.field()["cause"] == "MISSED"
        live.rename(city, row_id, "Sesudahnya")
        told = events.field()
        while told["innovation"]["name"] != "Sesudahnya":
            told = events.field()


def test_who_leaves_frees_the_seat_and_is_forgotten(live: Live, city):
    service = live.api._subscriptions
    _, token = live.token(city)
    events = live.events(INNOVATIONS, bearer(token), city=city_id(city))
    assert events.field()["cause"] == "STARTED"
    assert service.seats.taken == 1
    events.close()
    until(lambda: service.seats.taken == 0)
    assert ("innovation", city.id) not in service._feed._followers


def test_a_person_has_so_many_subscriptions_and_no_more(live: Live, city, monkeypatch):
    monkeypatch.setattr(seats, "PER_PERSON", 2)
    _, token = live.token(city)
    held = [live.events(INNOVATIONS, bearer(token), city=city_id(city)) for _ in range(2)]
    assert [each.field()["cause"] for each in held] == ["STARTED"] * 2
    english = {**bearer(token), "Accept-Language": "en"}
    third = live.events(INNOVATIONS, english, city=city_id(city))
    body = third.next()
    (error,) = body["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"
    assert "limit 2" in error["message"]
    assert third.next() is None
    held[0].close()
    until(lambda: opens(live, token, city))


def opens(live: Live, token: str, city) -> bool:
    body = live.events(INNOVATIONS, bearer(token), city=city_id(city)).next()
    return body is not None and "errors" not in body


def test_a_process_has_so_many_subscriptions_and_no_more(live: Live, city, monkeypatch):
    monkeypatch.setattr(seats, "PER_PROCESS", 0)
    _, token = live.token(city)
    (error,) = live.events(INNOVATIONS, bearer(token), city=city_id(city)).next()["errors"]
    assert error["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"


LARGE = """
subscription ($city: ID!) { innovationChanged(cityId: $city) {
  innovation { a: problem b: problem c: problem d: problem }
} }
"""


def stalled(live: Live, city, token: str) -> socket.socket:
    """A client that asks for large events and never reads."""
    address = urlsplit(live.url)
    client = socket.socket()
    # The kernel would else take megabytes: all that a slow machine makes of the changes, as one.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect((address.hostname, address.port))
    body = json.dumps({"query": LARGE, "variables": {"city": city_id(city)}}).encode()
    client.sendall(
        b"POST /graphql HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n"
        + f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n".encode()
        + f"Content-Length: {len(body)}\r\n\r\n".encode()
        + body
    )
    return client


@pytest.mark.timed
def test_a_client_that_reads_nothing_costs_bounded_memory_and_is_given_up(
    live: Live, city, monkeypatch
):
    monkeypatch.setattr(event_stream, "SEND_SECONDS", 3.0)
    service = live.api._subscriptions
    _, token = live.token(city)
    row_id = places.innovation(live.database, city)
    with live.database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        session.get_one(Innovation, (city.id, row_id)).problem = "x" * 400_000
    quick = live.events(INNOVATIONS, bearer(token), city=city_id(city))
    assert quick.field()["cause"] == "STARTED"
    with stalled(live, city, token):
        until(lambda: service.seats.taken == 2)
        for _ in range(20):  # 32 MB, were each event kept
            live.announce(city, row_id)
            assert quick.field()["cause"] == "CHANGED"
        live.announce(city, *[uuid4() for _ in range(500)])
        assert quick.field()["cause"] == "MISSED"
        followers = service._feed._followers["innovation", city.id]
        assert max(len(each._changes) for each in followers) <= 100
        until(lambda: service.seats.taken == 1)
    live.rename(city, row_id)
    assert quick.field()["cause"] == "CHANGED"  # the other client is served as before


def test_an_ending_process_ends_its_streams_without_calling_them_complete():
    async def run() -> list[bytes]:
        stopping, sent = asyncio.Event(), []

        async def outcomes():
            yield {"data": {"x": 1}}
            await asyncio.sleep(60)

        async def receive():
            await asyncio.sleep(60)

        async def send(message) -> None:
            sent.append((message.get("body"), message.get("more_body")))

        serving = asyncio.create_task(EventStream(outcomes(), stopping, {})({}, receive, send))
        while len(sent) < 2:
            await asyncio.sleep(0.01)
        stopping.set()
        await asyncio.wait_for(serving, 1)
        return sent

    sent = asyncio.run(run())
    assert sent[1:] == [(b'event: next\ndata: {"data":{"x":1}}\n\n', True), (b"", False)]


def test_a_process_that_is_told_to_end_does_not_wait_for_its_streams(telling, broker, city):
    with process(broker_url=broker.url) as api, serving(telling) as helper:
        live = replace(helper, url=api.url)
        row_id = places.innovation(live.database, city)
        _, token = live.token(city)
        events = live.events(INNOVATIONS, bearer(token), city=city_id(city))
        opened = live.socket(token)
        opened.subscribe("a", INNOVATIONS, city=city_id(city))
        assert events.field()["cause"] == "STARTED"
        assert opened.next()["type"] == "next"
        live.rename(city, row_id)
        assert events.field()["cause"] == "CHANGED"
        began = monotonic()
        api.popen.terminate()
        assert events.raw() is None
        with pytest.raises(ConnectionClosed) as end:
            [opened.next() for _ in range(2)]
        assert end.value.rcvd is not None
        assert end.value.rcvd.code == 1012
        assert api.popen.wait(10) == -signal.SIGTERM
        assert monotonic() - began < 8  # uvicorn would wait ten seconds for them


def test_a_stream_whose_database_is_away_ends_with_advice_to_come_back(
    live: Live, city, monkeypatch
):
    _, token = live.token(city)
    row_id = places.innovation(live.database, city)
    english = {**bearer(token), "Accept-Language": "en"}
    events = live.events(INNOVATIONS, english, city=city_id(city))
    assert events.field()["cause"] == "STARTED"

    async def away(*_given, **_more):
        raise psycopg.OperationalError

    monkeypatch.setattr(live.api._database, "batch", away)
    live.announce(city, row_id)
    (error,) = events.next()["errors"]
    assert error["extensions"]["code"] == "UNAVAILABLE"
    assert error["extensions"]["retryable"] is True
    assert error["message"] == "The service is not available right now. Try again in a moment."
    assert events.next() is None
