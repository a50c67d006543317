"""One session scheduled in many cities, and what the ministry sees of all sessions."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.bimtek.attendance import Line, record_attendance
from tenants.bimtek.models import Workshop
from tenants.bimtek.scheduling import hold
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification
from tests.tenants.participating import ensure_reference, invited, scheduled
from tests.tenants.refusals import run

SCHEDULE = """mutation($input: WorkshopsScheduleInput!) { workshopsSchedule(input: $input) {
  errors { code path } results { index
    workshop { id ordinal place state city { slug } participation { id } }
    errors { code message path } } } }"""
ABSENT = """query($filter: NationalWorkshopFilter) { national { workshops(filter: $filter) {
  nodes { ordinal state city { slug } absentUnits { shortName } materials { title url } } } } }"""


@pytest.fixture
def many(database, make_city, ministry):
    """Return a function: so many cities that take part in 2022, each with its journey."""
    ensure_reference(database)

    def make(count):
        cities = [make_city() for _ in range(count)]
        return [(city, invited(database, city, ministry)) for city in cities]

    return make


@pytest.fixture
def schedule(data, ministry):
    """Return a function that schedules a session in these cities: what it answers."""
    staff = ministry(NATION)

    def call(pairs, by=None, **more):
        given = {
            "participationIds": [key(city, journey) for city, journey in pairs],
            "ordinal": 1,
            "startsAt": "2099-06-15T08:30:00+07:00",
            "endsAt": "2099-06-15T16:00:00+07:00",
            "place": "Jakarta",
            "mode": "HYBRID",
            "idempotencyKey": str(uuid4()),
            **more,
        }
        return data(SCHEDULE, by or staff, input=given)["workshopsSchedule"]

    return call


def key(city, journey):
    return str(Key("par", city.id, journey.id))


def sessions(database, city, model=Workshop):
    mine = select(func.count()).where(model.tenant_id == city.id)
    return run(database, Scope(Door.WORKER, city.id), lambda s: s.scalar(mine))


def test_a_session_is_put_on_the_calendars_of_many_cities(schedule, many, database):
    pairs = many(3)
    done = schedule(pairs)
    assert done["errors"] == []
    assert [row["index"] for row in done["results"]] == [0, 1, 2]
    for (city, journey), row in zip(pairs, done["results"], strict=True):
        assert row["errors"] == []
        assert row["workshop"]["city"] == {"slug": city.slug}
        assert row["workshop"]["participation"] == {"id": key(city, journey)}
        assert (row["workshop"]["place"], row["workshop"]["state"]) == ("Jakarta", "PLANNED")


def test_what_one_city_refuses_is_named_and_the_others_are_kept(schedule, many, database):
    pairs = [_, second, third] = many(3)
    scheduled(database, second[1])
    third[1].place(Stage.WITHDRAWN)
    done = schedule([*pairs, (second[0], third[1])])
    assert done["errors"] == []
    first, *refused = done["results"]
    assert first["errors"] == []
    told = [(row["workshop"], row["errors"][0]["code"]) for row in refused]
    assert told == [
        (None, "WORKSHOP_SCHEDULED"),
        (None, "PARTICIPATION_CLOSED"),
        (None, "NOT_FOUND"),
    ]
    paths = [row["errors"][0]["path"] for row in refused]
    assert paths[0] == ["participationIds", "1", "ordinal"]
    assert paths[2] == ["participationIds", "3"]
    assert [sessions(database, city) for city, _ in pairs] == [1, 1, 0]


def test_the_call_repeated_with_its_key_has_no_further_effect(schedule, many, database):
    pairs = [(city, _), (_, journey)] = many(2)
    city.person(Role.CITY_ADMIN)
    once = str(uuid4())
    journey.place(Stage.WITHDRAWN)
    first = schedule(pairs, idempotencyKey=once)["results"]
    notices = sessions(database, city, Notification)
    journey.place(Stage.INVITED)
    second = schedule(pairs, idempotencyKey=once)["results"]
    assert second[0] == first[0]
    assert (first[1]["workshop"], second[1]["errors"]) == (None, [])
    assert [sessions(database, each) for each, _ in pairs] == [1, 1]
    assert sessions(database, city, Notification) == notices


def test_what_is_wrong_for_all_is_said_once(schedule, many, database):
    pairs = many(2)
    done = schedule(pairs, place=" ", endsAt="2099-06-14T16:00:00+07:00")
    assert (done["results"], [error["path"] for error in done["errors"]]) == ([], [["place"]])
    assert [error["code"] for error in schedule([])["errors"]] == ["BULK_EMPTY"]
    assert [error["code"] for error in schedule(pairs[:1] * 101)["errors"]] == ["BULK_TOO_LARGE"]
    assert [error["path"] for error in schedule(pairs, idempotencyKey="x")["errors"]] == [
        ["idempotencyKey"]
    ]
    assert [sessions(database, city) for city, _ in pairs] == [0, 0]


def test_a_city_schedules_neither_for_itself_nor_for_others(schedule, many, database):
    pairs = [(_, mine), _other] = many(2)
    rows = schedule(pairs, by=mine.city)["results"]
    assert [row["errors"][0]["code"] for row in rows] == ["FORBIDDEN", "NOT_FOUND"]
    assert [sessions(database, city) for city, _ in pairs] == [0, 0]


def test_the_ministry_sees_who_was_absent_from_every_citys_session(data, many, database, ministry):
    pairs = many(2)
    for city, journey in pairs:
        came = city.unit("Dinas Kesehatan", "Dinkes")
        city.unit("Dinas Sosial", "Dinsos")
        row = scheduled(database, journey)
        rule = lambda s, row=row, came=came: record_attendance(  # noqa: E731
            s, row.id, lines=[Line(came, "Ani")], expected_version=row.version
        )
        listed = run(database, journey.city, rule)
        scheduled(database, journey, ordinal=2)
        run(
            database,
            journey.city,
            lambda s, row=row, v=listed.version: hold(s, row.id, expected_version=v),
        )
    keys = [str(Key(CITY, city.id, None)) for city, _ in pairs]
    cohort_id = run(
        database,
        pairs[0][1].city,
        lambda s: s.get_one(Participation, (pairs[0][0].id, pairs[0][1].id)).cohort_id,
    )
    held = {"state": {"eq": "HELD"}, "cohortId": {"eq": str(Key("coh", None, cohort_id))}}
    found = data(ABSENT, ministry(NATION), filter={**held, "cityId": {"in": keys}})
    rows = found["national"]["workshops"]["nodes"]
    assert {row["city"]["slug"] for row in rows} == {city.slug for city, _ in pairs}
    for row in rows:
        assert (row["ordinal"], row["absentUnits"]) == (1, [{"shortName": "Dinsos"}])
    other = {"cohortId": {"eq": str(Key("coh", None, uuid4()))}, "cityId": {"in": keys}}
    assert data(ABSENT, ministry(NATION), filter=other)["national"]["workshops"]["nodes"] == []
    assert data(ABSENT, pairs[0][1].city, filter=held)["national"] is None
