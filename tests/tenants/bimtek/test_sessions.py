"""Sessions on the calendar, their lists, and who is told."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.bimtek.details import write_details
from tenants.bimtek.models import (
    AgendaItem,
    Workshop,
    WorkshopMode,
    WorkshopOutput,
    WorkshopState,
)
from tenants.bimtek.scheduling import cancel, hold, move, schedule
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.participating import BEGAN, invited, scheduled
from tests.tenants.refusals import refused, run

AHEAD = datetime(2099, 6, 13, 1, 30, tzinfo=UTC)
LATER = {"starts_at": AHEAD, "ends_at": AHEAD + timedelta(hours=8)}
TO_PADANG = {**LATER, "place": "Padang", "mode": WorkshopMode.ONLINE}


def told(database, city, person):
    rows = select(Notification.kind).where(
        Notification.tenant_id == city.id, Notification.person_id == person
    )
    with database.unit_of_work(city.scope()) as session:
        return session.scalars(rows.order_by(Notification.id)).all()


def attempt(journey, **options):
    given = {"ordinal": 1, **LATER, "place": "Balai", "mode": WorkshopMode.ONSITE, **options}
    return lambda s: schedule(s, journey.id, **given)


def test_a_scheduled_session_is_told_and_its_outputs_become_due(database, journey, city):
    expert, head = city.person(Role.EXPERT), city.person(Role.UNIT_HEAD, city.unit())
    row = scheduled(database, journey)
    assert (row.state, row.ordinal) == (WorkshopState.PLANNED, 1)
    for person in (expert, head):
        assert told(database, city, person) == [NotificationKind.WORKSHOP_SCHEDULED]
    with database.unit_of_work(journey.city) as session:
        outputs = session.scalars(
            select(WorkshopOutput).where(WorkshopOutput.tenant_id == city.id)
        ).all()
        assert {(each.ordinal, each.name_en) for each in outputs} == {
            (1, "Readiness, gap and SWOT leading to the vision"),
            (1, "First list of innovations"),
            (1, "Draft of Book 1"),
        }


def test_a_session_stands_once_of_each_ordinal_until_it_is_cancelled(database, journey, city):
    row = scheduled(database, journey)
    refused(database, journey.ministry, attempt(journey), "WORKSHOP_SCHEDULED")
    stop = lambda s: cancel(s, row.id, reason="Banjir", expected_version=row.version)  # noqa: E731
    gone = run(database, journey.ministry, stop)
    assert (gone.state, gone.reason) == (WorkshopState.CANCELLED, "Banjir")
    again = run(database, journey.ministry, attempt(journey))
    with database.unit_of_work(journey.city) as session:
        outputs = select(WorkshopOutput.id).where(WorkshopOutput.tenant_id == city.id)
        assert len(session.scalars(outputs).all()) == 3
    assert again.ordinal == 1


def test_a_session_beyond_the_guide_is_refused_with_those_that_there_are(database, journey):
    (error,) = refused(
        database, journey.ministry, attempt(journey, ordinal=5), "WORKSHOP_ORDINAL_UNKNOWN"
    )
    assert error.text("id").endswith("Pilih salah satu: 1, 2, 3, 4.")


def test_a_session_names_its_zone_and_ends_after_it_begins(database, journey):
    naive = {"starts_at": datetime(2099, 1, 1), "ends_at": datetime(2099, 1, 2), "place": " "}
    errors = refused(database, journey.ministry, attempt(journey, **naive), *["INVALID"] * 3)
    assert [error.path[-1] for error in errors] == ["startsAt", "endsAt", "place"]
    refused(database, journey.ministry, attempt(journey, ends_at=AHEAD), "INVALID")
    late = attempt(journey, ends_at=AHEAD + timedelta(days=30))
    refused(database, journey.ministry, late, "INVALID")


def test_scheduling_twice_with_one_key_schedules_once(database, journey):
    key = str(uuid4())
    first = run(database, journey.ministry, attempt(journey, idempotency_key=key))
    assert run(database, journey.ministry, attempt(journey, idempotency_key=key)).id == first.id


def test_a_moved_and_a_cancelled_session_are_told(database, journey, city):
    head = city.person(Role.UNIT_HEAD, city.unit())
    row = scheduled(database, journey)
    moved = run(
        database,
        journey.ministry,
        lambda s: move(s, row.id, expected_version=row.version, **TO_PADANG),
    )
    assert (moved.place, moved.mode) == ("Padang", WorkshopMode.ONLINE)
    run(
        database,
        journey.ministry,
        lambda s: cancel(s, row.id, reason="Banjir", expected_version=moved.version),
    )
    kinds = [
        NotificationKind.WORKSHOP_SCHEDULED,
        NotificationKind.WORKSHOP_MOVED,
        NotificationKind.WORKSHOP_CANCELLED,
    ]
    assert told(database, city, head) == kinds


def test_a_held_session_is_neither_moved_nor_cancelled_nor_held_again(database, journey):
    row = scheduled(database, journey)
    held = run(database, journey.city, lambda s: hold(s, row.id, expected_version=row.version))
    version = held.version
    for side, rule in (
        (journey.ministry, lambda s: move(s, row.id, expected_version=version, **TO_PADANG)),
        (journey.ministry, lambda s: cancel(s, row.id, reason="x", expected_version=version)),
        (journey.city, lambda s: hold(s, row.id, expected_version=version)),
    ):
        (error,) = refused(database, side, rule, "WORKSHOP_WRONG_STATE")
        assert "sudah dilaksanakan" in error.text("id")
    refused(
        database,
        journey.ministry,
        lambda s: cancel(s, row.id, reason="x", expected_version=row.version),
        "STALE_VERSION",
    )


def test_a_session_ahead_was_not_held_and_a_cancellation_has_a_reason(database, journey):
    row = run(database, journey.ministry, attempt(journey))
    refused(
        database,
        journey.city,
        lambda s: hold(s, row.id, expected_version=row.version),
        "WORKSHOP_AHEAD",
    )
    refused(
        database,
        journey.ministry,
        lambda s: cancel(s, row.id, reason=" ", expected_version=row.version),
        "INVALID",
    )


def test_heads_of_departments_without_anybody_present_are_told(database, journey, city):
    unit = city.unit("Dinas Sosial")
    head = city.person(Role.UNIT_HEAD, unit)
    row = scheduled(database, journey)
    run(database, journey.ministry, lambda s: hold(s, row.id, expected_version=row.version))
    assert told(database, city, head)[-1] == NotificationKind.WORKSHOP_MISSED


def test_the_city_does_not_schedule_and_a_department_records_nothing(database, journey, city):
    refused(database, journey.city, attempt(journey), "FORBIDDEN")
    row = scheduled(database, journey)
    operator = city.scope(Role.UNIT_OPERATOR, city.unit())
    for rule in (
        lambda s: hold(s, row.id, expected_version=row.version),
        lambda s: write_details(s, row.id, expected_version=row.version, opener="x"),
    ):
        refused(database, operator, rule, "FORBIDDEN")


@pytest.mark.parametrize("stage", [Stage.WITHDRAWN, Stage.NOT_FINISHED, Stage.NOT_SELECTED])
def test_what_has_ended_gets_no_session(database, journey, stage):
    journey.place(stage)
    refused(database, journey.ministry, attempt(journey), "PARTICIPATION_CLOSED")


def test_another_citys_session_is_not_found(database, journey, make_city, ministry):
    row = scheduled(database, journey)
    other = make_city()
    mine = invited(database, other, ministry)
    refused(
        database,
        mine.city,
        lambda s: hold(s, row.id, expected_version=row.version),
        "NOT_FOUND",
    )
    own = scheduled(database, mine)
    with database.unit_of_work(mine.city) as session:
        rows = select(Workshop.id).where(Workshop.tenant_id == other.id)
        assert session.scalars(rows).all() == [own.id]


LISTS = {
    "agenda": [{"starts_at": BEGAN, "title": "Pembukaan", "speaker": "Wali Kota"}],
    "speakers": [{"name": "Harya Widi Putra", "affiliation": "Tenaga ahli", "person_id": None}],
    "materials": [{"title": "Paparan", "url": "https://kota.example/paparan.pdf"}],
    "visits": [{"visited_on": date(2022, 6, 14), "place": "Jam Gadang", "purpose": "CCTV"}],
}


def test_a_sessions_lists_are_written_whole_by_either_side(database, journey):
    row = scheduled(database, journey)
    first = run(
        database,
        journey.ministry,
        lambda s: write_details(
            s, row.id, expected_version=row.version, opener="Wali Kota", **LISTS
        ),
    )
    assert (first.opener, first.version) == ("Wali Kota", row.version + 1)
    second = [{**LISTS["agenda"][0], "title": title} for title in ("Doa", "Sambutan")]
    run(
        database,
        journey.city,
        lambda s: write_details(s, row.id, expected_version=first.version, agenda=second),
    )
    with database.unit_of_work(journey.city) as session:
        titles = select(AgendaItem.title).where(AgendaItem.tenant_id == journey.tenant_id)
        assert session.scalars(titles.order_by(AgendaItem.ordinal)).all() == ["Doa", "Sambutan"]


def test_all_faults_of_all_lists_are_told_at_once(database, journey):
    row = scheduled(database, journey)
    faulty = {
        "opener": "a\x00",
        "agenda": [{"starts_at": datetime(2022, 6, 13), "title": "", "speaker": None}],
        "speakers": [{"name": "A", "affiliation": "B", "person_id": uuid4()}],
        "materials": [{"title": "x", "url": "ftp://x"}, {"title": "y", "url": ""}],
        "visits": [{**LISTS["visits"][0], "place": " "}] * 101,
    }
    errors = refused(
        database,
        journey.city,
        lambda s: write_details(s, row.id, expected_version=row.version, **faulty),
        *["INVALID"] * 3,
        "NOT_FOUND",
        *["INVALID"] * 103,
    )
    assert errors[3].path == ("speakers", "0", "personId")


def test_a_cancelled_session_takes_no_lists(database, journey):
    row = scheduled(database, journey)
    gone = run(
        database,
        journey.ministry,
        lambda s: cancel(s, row.id, reason="x", expected_version=row.version),
    )
    refused(
        database,
        journey.city,
        lambda s: write_details(s, row.id, expected_version=gone.version, opener="x"),
        "WORKSHOP_CANCELLED",
    )
