"""graphql-transport-ws: who may connect, what is asked and answered, and every close code."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from sqlalchemy import select
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from graphql_schema.subscriptions import seats, socket
from kotacerdas.identity import tokens
from kotacerdas.identity.authentication import Actor, Via, identity_scope
from kotacerdas.identity.models import ApiToken
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import Document
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import (
    BELL,
    INNOVATIONS,
    JOB,
    OPERATOR,
    city_id,
    id_of,
)
from tests.graphql_schema.subscriptions.live import PROTOCOL, Live, Socket, signed_in, until
from tests.jobs import change, write


def closed(opened: Socket) -> tuple[int, str]:
    """Wait for the server to end the connection; returns its code and reason."""
    try:
        while True:
            opened.next()
    except ConnectionClosed as end:
        frame = end.rcvd
    return (frame.code, frame.reason) if frame else (1006, "without a word")


def test_a_token_in_the_first_message_opens_subscriptions(live: Live, city):
    row_id = places.innovation(live.database, city)
    _, token = live.token(city)
    opened = live.socket(token)
    assert opened.connection.subprotocol == PROTOCOL
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    opened.subscribe("b", INNOVATIONS, city=city_id(city), ids=[id_of("inn", city, row_id)])
    assert {opened.next()["id"] for _ in range(2)} == {"a", "b"}
    live.rename(city, row_id, "Nama yang baru")
    for message in (opened.next(), opened.next()):
        told = message["payload"]["data"]["innovationChanged"]
        assert (message["type"], told["cause"]) == ("next", "CHANGED")
        assert told["innovation"]["name"] == "Nama yang baru"


def test_a_subscription_that_ends_by_itself_is_complete_and_its_id_is_free(live: Live, city):
    (job_id,) = write(live.database, city)
    change(live.database, city, job_id, state="done")
    _, token = live.token(city)
    opened = live.socket(token)
    for _ in range(2):
        opened.subscribe("a", JOB, id=id_of("job", city, job_id))
        assert opened.next()["payload"]["data"]["jobChanged"]["job"]["state"] == "DONE"
        assert opened.next() == {"type": "complete", "id": "a"}


def test_who_completes_hears_no_more_and_frees_the_seat(live: Live, city):
    service = live.api._subscriptions
    row_id = places.innovation(live.database, city)
    _, token = live.token(city)
    opened = live.socket(token)
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert opened.next()["type"] == "next"
    opened.send(type="complete", id="a")
    until(lambda: service.seats.taken == 0)
    live.rename(city, row_id)
    opened.send(type="ping")
    assert opened.next() == {"type": "pong"}


def test_a_browser_comes_with_its_cookie_from_our_own_pages_alone(live: Live, city):
    cookie = live.cookie(live.person(city))
    opened = live.socket(headers={**signed_in(cookie), "Origin": live.url})
    opened.send(type="connection_init")
    assert opened.next() == {"type": "connection_ack"}
    opened.subscribe("bell", BELL)
    assert opened.next()["payload"]["data"]["notificationChanged"]["cause"] == "STARTED"
    for origin in ({"Origin": "https://lain.example"}, {}):
        with pytest.raises(InvalidStatus) as refused:
            live.socket(headers={**signed_in(cookie), **origin})
        assert refused.value.response.status_code == 403


def test_nobody_and_who_shows_too_much_or_something_ended_is_not_let_in(live: Live, city):
    _, token = live.token(city)
    cookie = signed_in(live.cookie(live.person(city)))
    bad = f"Bearer {token[:-1]}{'y' if token.endswith('x') else 'x'}"
    for headers, payload, reason in (
        ({}, {}, "UNAUTHENTICATED"),
        ({}, {"authorization": bad}, "UNAUTHENTICATED"),
        ({"Authorization": bad}, {}, "UNAUTHENTICATED"),
        ({**cookie, "Origin": live.url}, {"authorization": f"Bearer {token}"}, "TWO_CREDENTIALS"),
    ):
        opened = live.socket(headers=headers)
        opened.send(type="connection_init", payload=payload)
        assert closed(opened) == (4403, reason)


def test_a_program_may_send_its_token_as_a_header(live: Live, city):
    _, token = live.token(city)
    opened = live.socket(headers={"Authorization": f"Bearer {token}"})
    opened.send(type="ping")
    assert opened.next() == {"type": "pong"}
    opened.send(type="connection_init")
    assert opened.next() == {"type": "connection_ack"}


def test_who_does_not_introduce_themselves_is_cut_off(live: Live, monkeypatch):
    monkeypatch.setattr(socket, "INIT_SECONDS", 0.2)
    assert closed(live.socket()) == (4408, "Connection initialisation timeout")


def test_who_subscribes_before_the_introduction_is_cut_off(live: Live, city):
    opened = live.socket()
    opened.subscribe("a", BELL)
    assert closed(opened) == (4401, "Unauthorized")


def test_who_introduces_themselves_twice_is_cut_off(live: Live, city):
    opened = live.socket(live.token(city)[1])
    opened.send(type="connection_init")
    assert closed(opened) == (4429, "Too many initialisation requests")


def test_an_id_names_one_subscription_at_a_time(live: Live, city):
    opened = live.socket(live.token(city)[1])
    for _ in range(2):
        opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert closed(opened) == (4409, "Subscriber for a already exists")


@pytest.mark.parametrize(
    "message",
    [
        "{",
        "[]",
        '{"type": "nonsense"}',
        '{"type": "subscribe", "payload": {"query": "{ a }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ a }"}}',
        '{"type": "subscribe", "id": "a"}',
        '{"type": "subscribe", "id": "a", "payload": {}}',
        '{"type": "subscribe", "id": "a", "payload": {"query": "{ a }", "variables": 1}}',
        '{"type": "complete"}',
        '{"type": "connection_init", "payload": 1}',
        '{"type": "ping", "x": "' + "a" * 70_000 + '"}',
        b"{}",
    ],
)
def test_a_message_that_is_none_of_the_protocols_ends_the_connection(live: Live, city, message):
    opened = live.socket(live.token(city)[1])
    opened.connection.send(message)
    code, reason = closed(opened)
    assert code == 4400
    assert reason


def test_another_protocol_is_not_spoken(live: Live):
    address = live.url.replace("http", "ws", 1) + "/graphql"
    with connect(address, subprotocols=["graphql-ws"], proxy=None) as connection:
        assert closed(Socket(connection)) == (4406, "Subprotocol must be graphql-transport-ws")


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription {", "GRAPHQL_INVALID"),
        ("subscription { nonsense }", "GRAPHQL_INVALID"),
        ("{ viewer { id } }", "SUBSCRIPTIONS_ONLY"),
        ("mutation { __typename }", "SUBSCRIPTIONS_ONLY"),
        (BELL, "BY_PERSON_ONLY"),
        ("subscription { jobChanged(id: \"job_x\") { cause } }", "NOT_FOUND"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_is_an_error_of_the_operation_alone(
    live: Live, city, document, code
):
    opened = live.socket(live.token(city)[1])
    opened.subscribe("a", document)
    refused = opened.next()
    assert (refused["type"], refused["id"]) == ("error", "a")
    (error,) = refused["payload"]
    assert error["extensions"]["code"] == code
    assert error["message"]
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert opened.next()["type"] == "next"


def test_a_person_has_so_many_subscriptions_over_all_connections(live: Live, city, monkeypatch):
    monkeypatch.setattr(seats, "PER_PERSON", 2)
    _, token = live.token(city)
    sockets = [live.socket(token) for _ in range(3)]
    for opened in sockets:
        opened.subscribe("a", INNOVATIONS, city=city_id(city))
    kinds = sorted(opened.next()["type"] for opened in sockets)
    assert kinds == ["error", "next", "next"]


def test_a_revoked_token_ends_its_subscriptions_and_the_connection(live: Live, city):
    person, token = live.token(city)
    opened = live.socket(token)
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert opened.next()["type"] == "next"
    with live.database.unit_of_work(identity_scope(Actor(person, via=Via.SESSION))) as session:
        mine = select(ApiToken.id).where(ApiToken.person_id == person)
        tokens.revoke(session, session.scalar(mine))
    refused = opened.next()
    assert (refused["type"], refused["id"]) == ("error", "a")
    assert refused["payload"][0]["extensions"]["code"] == "UNAUTHENTICATED"
    assert closed(opened) == (4401, "UNAUTHENTICATED")


def test_a_lost_role_ends_its_subscriptions_but_not_the_connection(live: Live, city):
    person, token = live.token(city)
    opened = live.socket(token)
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert opened.next()["type"] == "next"
    live.leave(city, person)
    assert opened.next()["payload"][0]["extensions"]["code"] == "ACCESS_ENDED"
    opened.send(type="ping")
    assert opened.next() == {"type": "pong"}
    opened.subscribe("a", INNOVATIONS, city=city_id(city))
    assert opened.next()["payload"][0]["extensions"]["code"] == "NOT_FOUND"


def test_a_silent_connection_is_asked_whether_it_is_there(live: Live, city, monkeypatch):
    monkeypatch.setattr(socket, "PING_SECONDS", 0.1)
    opened = live.socket(live.token(city)[1])
    for _ in range(3):
        assert opened.next() == {"type": "ping"}
        opened.send(type="pong")
    assert json.dumps(opened.next()) == '{"type": "ping"}'


def test_a_document_may_be_named_by_its_id_here_too(live: Live, city):
    with live.database.unit_of_work(OPERATOR) as session:
        client = f"uji-{uuid4().hex[:12]}"
        actions.register(session, [Document("Job", JOB)], client=client, strict=None)
    opened = live.socket(live.token(city)[1])
    (job_id,) = write(live.database, city)
    asked = {"documentId": actions.id_of(JOB), "variables": {"id": id_of("job", city, job_id)}}
    opened.send(type="subscribe", id="a", payload=asked)
    assert opened.next()["payload"]["data"]["jobChanged"]["cause"] == "STARTED"
    unknown = {"documentId": "sha256:" + "0" * 64}
    opened.send(type="subscribe", id="b", payload=unknown)
    assert opened.next()["payload"][0]["extensions"]["code"] == "DOCUMENT_UNKNOWN"
