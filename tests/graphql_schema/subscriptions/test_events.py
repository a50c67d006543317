"""What clients are told over SSE: their own city's changes, each read when it happens."""

from __future__ import annotations

import json
from types import SimpleNamespace
from uuid import uuid4

import httpx
import pytest

from graphql_schema.subscriptions import stream
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import leases
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.trusted import actions
from kotacerdas.trusted.actions import Document
from tenants.notifications import actions as notifications
from tenants.notifications.models import Notification, NotificationKind
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import (
    BELL,
    INNOVATIONS,
    JOB,
    OPERATOR,
    city_id,
    id_of,
)
from tests.graphql_schema.subscriptions.live import Live, bearer, signed_in
from tests.jobs import change, row, write


def test_a_change_is_told_with_the_object_as_it_then_is(live: Live, city):
    row_id = places.innovation(live.database, city)
    _, token = live.token(city)
    events = live.events(INNOVATIONS, bearer(token), city=city_id(city))
    assert events.response.status_code == 200
    assert events.response.headers["content-type"] == "text/event-stream; charset=utf-8"
    assert events.response.headers["cache-control"] == "no-store"
    assert events.field() == {"cause": "STARTED", "id": None, "innovation": None}
    live.rename(city, row_id, "Nama yang baru")
    told = events.field()
    assert told["cause"] == "CHANGED"
    assert told["id"] == id_of("inn", city, row_id)
    assert told["innovation"]["name"] == "Nama yang baru"


def test_no_event_crosses_from_one_city_to_another(live: Live, city, make_city):
    other = make_city()
    rows = {each.id: places.innovation(live.database, each) for each in (city, other)}
    streams = {}
    for each in (city, other):
        _, token = live.token(each)
        streams[each.id] = live.events(INNOVATIONS, bearer(token), city=city_id(each))
        assert streams[each.id].field()["cause"] == "STARTED"
    for each in (city, other, city):
        live.rename(each, rows[each.id], f"Kenari {each.id} {uuid4().hex}")
    for each, count in ((city, 2), (other, 1)):
        for _ in range(count):
            told = streams[each.id].field()
            assert told["id"] == id_of("inn", each, rows[each.id])
            assert str(each.id) in told["innovation"]["name"]
    # One further change of each proves that nothing else was waiting in between.
    for each in (other, city):
        live.rename(each, rows[each.id], "Terakhir")
        assert streams[each.id].field()["innovation"]["name"] == "Terakhir"


def test_the_ministry_follows_any_city(live: Live, city):
    row_id = places.innovation(live.database, city)
    _, token = live.token(SimpleNamespace(id=NATION), Role.MINISTRY_READER)
    events = live.events(INNOVATIONS, bearer(token), city=city_id(city))
    assert events.field()["cause"] == "STARTED"
    live.rename(city, row_id, "Dilihat kementerian")
    assert events.field()["innovation"]["name"] == "Dilihat kementerian"


def test_another_citys_things_look_like_missing_ones(live: Live, city, make_city):
    other = make_city()
    (job_id,) = write(live.database, other)
    _, token = live.token(city)
    asked = [
        (INNOVATIONS, {"city": city_id(other)}),
        (JOB, {"id": id_of("job", other, job_id)}),
        (JOB, {"id": id_of("job", city, uuid4())}),
        (JOB, {"id": "no id"}),
    ]
    told = []
    for document, variables in asked:
        events = live.events(document, bearer(token), **variables)
        body = events.next()
        assert events.next() is None
        (error,) = body["errors"]
        told.append((error["extensions"]["code"], error["message"]))
    assert len(set(told)) == 1
    assert told[0][0] == "NOT_FOUND"


def test_only_the_chosen_innovations_or_those_of_a_unit_are_told(live: Live, city):
    units = [city.unit() for _ in range(2)]
    rows = [places.innovation(live.database, city, unit_id=unit) for unit in units]
    _, token = live.token(city)
    by_id = live.events(
        INNOVATIONS, bearer(token), city=city_id(city), ids=[id_of("inn", city, rows[1])]
    )
    by_unit = live.events(
        INNOVATIONS, bearer(token), city=city_id(city), unit=id_of("unt", city, units[1])
    )
    for events in (by_id, by_unit):
        assert events.field()["cause"] == "STARTED"
    live.rename(city, rows[0])
    live.rename(city, rows[1])
    for events in (by_id, by_unit):
        assert events.field()["id"] == id_of("inn", city, rows[1])


def test_a_job_is_followed_to_its_end_where_the_stream_ends(live: Live, city):
    (job_id,) = write(live.database, city)
    _, token = live.token(city)
    events = live.events(JOB, bearer(token), id=id_of("job", city, job_id))
    started = events.field()
    assert (started["cause"], started["job"]["state"]) == ("STARTED", "QUEUED")
    scope = Scope(Door.WORKER, city.id)
    with live.database.unit_of_work(scope) as session:
        lease = leases.claim(session, job_id, lease_seconds=30, attempts=5)
    assert events.field()["job"] == {
        "id": id_of("job", city, job_id), "state": "RUNNING", "step": None, "attempts": 1,
    }  # fmt: skip
    with live.database.unit_of_work(scope) as session:
        leases.finish(session, lease, result={})
    assert events.field()["job"]["state"] == "DONE"
    assert events.next() is None
    assert row(live.database, city, job_id).state == "done"


def test_a_job_that_has_ended_is_told_once(live: Live, city):
    (job_id,) = write(live.database, city)
    change(live.database, city, job_id, state="cancelled")
    _, token = live.token(city)
    events = live.events(JOB, bearer(token), id=id_of("job", city, job_id))
    assert events.field()["job"]["state"] == "CANCELLED"
    assert events.next() is None


def test_a_job_whose_end_was_lost_on_the_way_is_told_at_the_next_look(
    live: Live, city, monkeypatch
):
    monkeypatch.setattr(stream, "RECHECK_SECONDS", 0.2)
    (job_id,) = write(live.database, city)
    _, token = live.token(city)
    events = live.events(JOB, bearer(token), id=id_of("job", city, job_id))
    assert events.field()["cause"] == "STARTED"
    change(live.database, city, job_id, state="dead")  # tells nobody
    told = events.field()
    assert (told["cause"], told["job"]["state"]) == ("MISSED", "DEAD")
    assert events.next() is None


def test_a_bell_counts_what_is_told_and_read(live: Live, city):
    person = live.person(city, Role.CITY_ADMIN)
    scope = Scope(Door.CITY, city.id, person)
    events = live.events(BELL, signed_in(live.cookie(person)))
    assert events.field()["viewer"]["notifications"]["totalCount"] == 0
    with live.database.unit_of_work(scope) as session:
        notifications.without_mail(session)
        notifications.tell(
            session, NotificationKind.DEADLINE, subject_id=uuid4(), data={}, people=[person],
            key="1",
        )  # fmt: skip
    told = events.field()
    assert told["notification"] == {"kind": "DEADLINE", "readAt": None}
    assert told["viewer"]["notifications"]["totalCount"] == 1
    with live.database.unit_of_work(scope) as session:
        mine = session.query(Notification).filter_by(tenant_id=city.id, person_id=person).one()
        notifications.mark_read(session, [mine.id])
    told = events.field()
    assert told["notification"]["readAt"] is not None
    assert told["viewer"]["notifications"]["totalCount"] == 0


def test_a_bell_is_for_people_not_for_tokens(live: Live, city):
    _, token = live.token(city)
    events = live.events(BELL, {**bearer(token), "Accept-Language": "en"})
    (error,) = events.next()["errors"]
    assert error["extensions"]["code"] == "BY_PERSON_ONLY"
    assert error["message"].endswith("Sign in and repeat.")
    assert events.next() is None


def test_an_unknown_visitor_may_follow_nothing(live: Live, city):
    events = live.events(INNOVATIONS, {}, city=city_id(city))
    (error,) = events.next()["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert events.next() is None


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ("subscription {", "GRAPHQL_INVALID"),
        ("subscription { nonsense }", "GRAPHQL_INVALID"),
        ("subscription { notificationChanged { cause } b: notificationChanged { cause } }",
         "GRAPHQL_INVALID"),
        ("subscription { notificationChanged { viewer" + " { notifications { nodes { city" * 9
         + " { id } } } }" * 9 + " } }", "GRAPHQL_INVALID"),
        ("subscription A { notificationChanged { cause } } query B { viewer { id } }",
         "GRAPHQL_INVALID"),
    ],
)  # fmt: skip
def test_a_document_is_checked_like_any_other(live: Live, city, document, code):
    _, token = live.token(city)
    events = live.events(document, bearer(token))
    assert events.response.status_code == 200
    assert events.next()["errors"][0]["extensions"]["code"] == code
    assert events.next() is None


@pytest.mark.parametrize("where", ["@skip(if: $all)", "@include(if: $none)"])
def test_a_subscription_that_leaves_its_only_field_out_is_no_subscription(live: Live, city, where):
    _, token = live.token(city)
    document = f"""subscription ($all: Boolean = true, $none: Boolean = false) {{
      notificationChanged {where} {{ cause }} }}"""
    events = live.events(document, bearer(token))
    assert events.next()["errors"][0]["extensions"]["code"] == "GRAPHQL_INVALID"
    assert events.next() is None


def test_a_document_over_the_limits_is_refused_before_it_runs(live: Live, city):
    _, token = live.token(city)
    aliases = " ".join(f"a{number}: cause" for number in range(40))
    events = live.events(f"subscription {{ notificationChanged {{ {aliases} }} }}", bearer(token))
    assert events.next()["errors"][0]["extensions"]["code"] == "LIMIT_ALIASES"
    assert events.next() is None


@pytest.mark.parametrize(
    ("document", "accept", "status", "code"),
    [
        ("subscription { notificationChanged { cause } }", "application/json", 406,
         "NOT_ACCEPTABLE"),
        ("{ viewer { id } }", "text/event-stream", 406, "NOT_ACCEPTABLE"),
        ("{ viewer { id } }", "text/html", 406, "NOT_ACCEPTABLE"),
        ("{ viewer { id } }", "text/event-stream, application/json", 200, None),
        ("{ viewer { id } }", "*/*", 200, None),
    ],
)  # fmt: skip
def test_results_of_subscriptions_are_events_and_all_others_are_json(
    live: Live, city, document, accept, status, code
):
    _, token = live.token(city)
    headers = {**bearer(token), "Accept": accept}
    response = httpx.post(f"{live.url}/graphql", headers=headers, json={"query": document})
    assert response.status_code == status
    assert response.headers["content-type"].startswith("application/json")
    if code:
        assert response.json()["errors"][0]["extensions"]["code"] == code


def test_a_stream_by_get_with_a_cookie_needs_the_header_that_other_sites_cannot_send(
    live: Live, city
):
    with live.database.unit_of_work(OPERATOR) as session:
        client = f"uji-{uuid4().hex[:12]}"
        actions.register(session, [Document("Bell", BELL)], client=client, strict=None)
    headers = {**signed_in(live.cookie(live.person(city))), "Accept": "text/event-stream"}
    address, params = f"{live.url}/graphql", {"documentId": actions.id_of(BELL)}
    with httpx.stream("GET", address, params=params, headers=headers) as response:
        assert response.status_code == 200
        assert next(response.iter_lines()) == "event: next"
    del headers["X-Kota-Cerdas"]
    refused = httpx.get(address, params=params, headers=headers)
    code = refused.json()["errors"][0]["extensions"]["code"]
    assert (refused.status_code, code) == (403, "CROSS_SITE_REFUSED")


def test_an_event_reads_no_more_than_the_person_may(live: Live, city):
    """What a permission hides in a query is hidden in an event of the same selection."""
    row_id = places.innovation(live.database, city)
    _, token = live.token(city)
    document = """subscription ($city: ID!) { innovationChanged(cityId: $city) {
      innovation { viewerPermissions city { members { totalCount } } } } }"""
    events = live.events(document, bearer(token), city=city_id(city))
    events.field()
    live.rename(city, row_id)
    told = events.field()["innovation"]
    assert told["viewerPermissions"] == ["CITY_READ"]
    assert told["city"] == {"members": None}
    query = "query ($id: ID!) { node(id: $id) { ... on Innovation {" \
        " viewerPermissions city { members { totalCount } } } } }"  # fmt: skip
    body = {"query": query, "variables": {"id": id_of("inn", city, row_id)}}
    asked = httpx.post(f"{live.url}/graphql", headers=bearer(token), json=body)
    assert json.loads(asked.text)["data"]["node"] == told
