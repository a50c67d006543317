"""Deadlines and when people are reminded of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from uuid_utils.compat import uuid7

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job
from tenants.cities.deadlines import finish_deadline, move_deadline, set_deadline
from tenants.cities.queries import deadline_due
from tenants.cities.reminders import Reminder, ReminderKey, read_key, reminders
from tests.tenants.refusals import refused, run

DUE = datetime(2031, 10, 31, 23, 59, tzinfo=ZoneInfo("Asia/Jakarta"))


def deadline(journey, due_at=DUE, **options):
    return lambda s: set_deadline(s, journey.id, name="Buku 2", due_at=due_at, **options)


def planned(database, journey):
    """Each reminder job: days ahead and when it may run."""
    jobs = select(Job.dedupe_key, Job.available_at).where(
        Job.tenant_id == journey.tenant_id, Job.kind == "deadlines.remind"
    )
    with database.unit_of_work(journey.city) as session:
        return {read_key(key): at for key, at in session.execute(jobs)}


@pytest.mark.parametrize(
    ("zone", "week", "eve"),
    [
        ("Asia/Jakarta", "2031-10-22T01:00", "2031-10-28T01:00"),
        ("Asia/Makassar", "2031-10-23T00:00", "2031-10-29T00:00"),
        ("Asia/Jayapura", "2031-10-22T23:00", "2031-10-28T23:00"),
    ],
)
def test_reminders_come_at_eight_in_the_citys_morning(zone, week, eve):
    due, now = DUE - timedelta(days=2), datetime(2031, 1, 1, tzinfo=UTC)
    moments = [reminder.at.astimezone(UTC) for reminder in reminders(due, zone, now)]
    assert moments == [datetime.fromisoformat(each + "+00:00") for each in (week, eve)]


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        (timedelta(days=3), [(7, True), (1, False)]),
        (timedelta(hours=2), [(1, True)]),
        (timedelta(0), []),
        (timedelta(days=-1), []),
    ],
)
def test_of_the_missed_reminders_only_the_nearest_is_sent(ahead, expected):
    now = DUE - ahead
    found = reminders(DUE, "Asia/Jakarta", now)
    assert [(reminder.days, reminder.at == now) for reminder in found] == expected


def test_a_key_reads_back_what_it_was_made_of():
    key = ReminderKey(uuid7(), DUE.astimezone(UTC), 7)
    assert read_key(str(key)) == key
    assert str(key).endswith(":2031-10-31T16:59:00+00:00:7")


def test_a_reminder_is_a_plain_value():
    assert Reminder(7, DUE) == Reminder(7, DUE)


def test_a_deadline_plans_its_two_reminders(database, journey):
    row = run(database, journey.city, deadline(journey))
    assert planned(database, journey) == {
        ReminderKey(row.id, DUE, 7): datetime(2031, 10, 24, 1, tzinfo=UTC),
        ReminderKey(row.id, DUE, 1): datetime(2031, 10, 30, 1, tzinfo=UTC),
    }


def test_a_past_deadline_plans_none_and_is_not_due(database, journey):
    row = run(database, journey.ministry, deadline(journey, datetime(2022, 10, 31, tzinfo=UTC)))
    assert planned(database, journey) == {}
    assert run(database, journey.city, lambda s: deadline_due(s, row.id)) is None


def test_a_repeated_call_with_one_key_sets_one_deadline(database, journey):
    ids = {
        run(database, journey.city, deadline(journey, idempotency_key="one-deadline")).id
        for _ in "12"
    }
    assert len(ids) == 1
    assert len(planned(database, journey)) == 2


def test_a_moved_deadline_is_reminded_of_at_its_new_date(database, journey):
    row = run(database, journey.city, deadline(journey))
    later = DUE + timedelta(days=10)
    moved = run(
        database,
        journey.city,
        lambda s: move_deadline(s, row.id, due_at=later, expected_version=row.version),
    )
    assert moved.due_at == later
    assert {key.due_at for key in planned(database, journey)} == {DUE, later}
    due = run(database, journey.city, lambda s: deadline_due(s, row.id))
    assert (due.due_at, due.name, due.zone, due.city) == (
        later,
        "Buku 2",
        "Asia/Jakarta",
        "Kota Uji",
    )


def test_a_finished_deadline_is_neither_due_nor_moved(database, journey):
    row = run(database, journey.city, deadline(journey))
    done = run(database, journey.city, lambda s: finish_deadline(s, row.id, expected_version=1))
    assert done.done_at is not None
    assert run(database, journey.city, lambda s: deadline_due(s, row.id)) is None
    refused(
        database,
        journey.city,
        lambda s: move_deadline(s, row.id, due_at=DUE, expected_version=2),
        "DEADLINE_DONE",
    )
    refused(
        database,
        journey.city,
        lambda s: finish_deadline(s, row.id, expected_version=2),
        "DEADLINE_DONE",
    )
    refused(
        database,
        journey.city,
        lambda s: finish_deadline(s, row.id, expected_version=1),
        "STALE_VERSION",
    )


def test_a_date_of_the_ministry_is_moved_and_finished_by_the_ministry_alone(database, journey):
    row = run(database, journey.ministry, deadline(journey))
    for change in changes(row, version=1):
        refused(database, journey.city, change, "DEADLINE_OF_MINISTRY")
    run(database, journey.ministry, changes(row, version=1)[0])
    assert run(database, journey.ministry, changes(row, version=2)[1]).done_at is not None


def test_a_date_of_the_city_is_moved_and_finished_by_the_city_alone(database, journey):
    row = run(database, journey.city, deadline(journey))
    for change in changes(row, version=1):
        refused(database, journey.ministry, change, "DEADLINE_OF_CITY")
    run(database, journey.city, changes(row, version=1)[0])
    assert run(database, journey.city, changes(row, version=2)[1]).done_at is not None


def changes(row, version):
    """Moving and finishing."""
    later = DUE + timedelta(days=3)
    return (
        lambda s: move_deadline(s, row.id, due_at=later, expected_version=version),
        lambda s: finish_deadline(s, row.id, expected_version=version),
    )


def test_a_deadline_needs_a_name_and_a_zone(database, journey):
    naive = datetime(2031, 10, 31, 23, 59)
    (error,) = refused(database, journey.city, deadline(journey, naive), "INVALID")
    assert error.path == ("dueAt",)
    refused(
        database,
        journey.city,
        lambda s: set_deadline(s, journey.id, name=" ", due_at=DUE),
        "INVALID",
    )


def test_only_city_and_ministry_set_deadlines_and_only_their_own(
    database, journey, city, make_city
):
    refused(database, city.scope(Role.EXPERT), deadline(journey), "FORBIDDEN")
    refused(database, make_city().scope(), deadline(journey), "NOT_FOUND")
    row = run(database, journey.city, deadline(journey))
    stranger = make_city().scope()
    assert run(database, stranger, lambda s: deadline_due(s, row.id)) is None
