"""Reminders of deadlines: whom, when, in which zone, and when none is due any more."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import randrange
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job, JobState, enqueue
from kotacerdas.localtime import long_moment
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.deadlines import REMIND, finish_deadline, move_deadline
from tenants.cities.models import Deadline, Participation
from tenants.cities.reminders import ReminderKey
from tenants.cities.workflow import Stage
from tenants.cities.working_days import working_day_from
from tenants.editions.models import Cohort, GuideEdition
from tenants.notifications.models import Notification
from tests.workers.mail_server import mail_server
from tests.workers.post import Post, text_of


@pytest.fixture(scope="module")
def cohort_id(database) -> UUID:
    """A cohort of a year that no other test uses."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        year = randrange(10_000, 2**31)
        edition = GuideEdition(code=f"uji-{year}", name="Uji", rules={})
        session.add(edition)
        session.flush()  # a cohort references its edition
        cohort = Cohort(year=year, quota=1, edition_id=edition.id, source="uji")
        session.add(cohort)
        session.flush()
        return cohort.id


@pytest.fixture
def make_post(database, settings, make_city):
    with mail_server() as server:
        yield lambda **options: Post(database, settings, make_city(**options), server)


@pytest.fixture
def post(make_post):
    return make_post(name="Kota Bukittinggi")


def due_in(days: int, zone: str = "Asia/Jakarta") -> datetime:
    today = datetime.now(ZoneInfo(zone)).date()
    return datetime.combine(today + timedelta(days), time(23, 59), ZoneInfo(zone)).astimezone(UTC)


def deadline(post, cohort_id, due_at: datetime, *, days: int) -> Deadline:
    """Set a deadline whose reminder of `days` ahead waits, and that one alone."""
    with post.database.unit_of_work(Scope(Door.CITY, post.city.id)) as session:
        participation = Participation(
            tenant_id=post.city.id, cohort_id=cohort_id, stage=Stage.MENTORED
        )
        session.add(participation)
        session.flush()  # a deadline references its participation
        row = Deadline(
            tenant_id=post.city.id,
            participation_id=participation.id,
            name="Buku 2 Masterplan",
            due_at=due_at,
        )
        session.add(row)
        session.flush()
        remind(session, row, due_at, days)
        return row


def remind(session, row: Deadline, due_at: datetime, days: int) -> None:
    enqueue(session, REMIND, row.id, dedupe_key=str(ReminderKey(row.id, due_at, days)))


def results(post) -> list:
    return [job.result for job in post.rows(Job) if job.kind == REMIND.name]


@pytest.mark.parametrize(
    ("days", "subject"),
    [
        (7, "Tenggat 7 hari lagi: Buku 2 Masterplan"),
        (1, "Tenggat besok: Buku 2 Masterplan"),
    ],
)
@pytest.mark.parametrize(
    ("zone", "label"),
    [("Asia/Jakarta", "WIB"), ("Asia/Makassar", "WITA"), ("Asia/Jayapura", "WIT")],
)
def test_a_reminder_names_the_moment_in_the_citys_zone(
    make_post, cohort_id, zone, label, days, subject
):
    post = make_post(zone=zone)
    post.person()
    due = due_in(days, zone)
    deadline(post, cohort_id, due, days=days)
    post.run()
    post.run()
    (mail,) = post.server.mails
    written = long_moment(due, zone, "id")
    assert written.endswith(f" pukul 23.59 {label}")
    assert (mail["Subject"], f"Waktu: {written}\n" in text_of(mail)) == (subject, True)


def test_admins_bappeda_and_heads_of_units_are_reminded(post, make_post, cohort_id):
    unit = post.city.unit()
    wanted = {
        post.city.person(Role.CITY_ADMIN),
        post.city.person(Role.BAPPEDA),
        post.city.person(Role.UNIT_HEAD, unit),
    }
    for role in (Role.EXPERT, Role.COUNCIL, Role.REGION_HEAD):
        post.city.person(role)
    post.city.person(Role.UNIT_OPERATOR, unit)
    other = make_post(name="Kota Lain")
    other.person()
    deadline(post, cohort_id, due_in(7), days=7)
    post.run()
    assert results(post) == [{"told": 3}]
    assert {row.person_id for row in post.rows(Notification)} == wanted
    assert other.rows(Notification) == []


def test_a_late_reminder_tells_the_days_that_are_left(post, cohort_id):
    post.person()
    deadline(post, cohort_id, due_in(3), days=7)
    post.run()
    post.run()
    assert [mail["Subject"] for mail in post.server.mails] == [
        "Tenggat 3 hari lagi: Buku 2 Masterplan"
    ]


def test_each_offset_reminds_each_person_once(post, cohort_id):
    post.person()
    due = due_in(7)
    row = deadline(post, cohort_id, due, days=7)
    post.run()
    with post.database.unit_of_work(Scope(Door.WORKER, post.city.id)) as session:
        job = session.get_one(Job, (post.city.id, post.rows(Job)[0].id))
        job.state, job.announced_at = JobState.QUEUED, None  # as after a lost acknowledgement
    post.run()
    assert results(post) == [{"told": 1}]
    assert len(post.rows(Notification)) == 1
    with post.database.unit_of_work(Scope(Door.CITY, post.city.id)) as session:
        remind(session, row, due, 1)
    post.run()
    assert results(post) == [{"told": 1}, {"told": 1}]
    assert len(post.rows(Notification)) == 2


def test_a_moved_deadline_sends_nothing_of_the_old_date(post, cohort_id):
    post.person()
    row = deadline(post, cohort_id, due_in(1), days=1)
    ahead = datetime.now(ZoneInfo("Asia/Jakarta")).date() + timedelta(20)
    moved = datetime.combine(working_day_from(ahead), time(12), UTC)
    with post.database.unit_of_work(post.city.scope()) as session:
        move_deadline(session, row.id, due_at=moved, expected_version=1)
    post.run()
    kept = [job for job in post.rows(Job) if job.kind == REMIND.name]
    assert [job.result for job in kept] == [{"told": 0}, None, None]
    assert [job.state for job in kept] == [JobState.DONE, JobState.QUEUED, JobState.QUEUED]
    assert (post.rows(Notification), post.server.mails) == ([], [])


def test_a_finished_deadline_reminds_nobody(post, cohort_id):
    post.person()
    row = deadline(post, cohort_id, due_in(7), days=7)
    with post.database.unit_of_work(post.city.scope()) as session:
        finish_deadline(session, row.id, expected_version=1)
    post.run()
    assert (results(post), post.rows(Notification)) == ([{"told": 0}], [])


def test_a_deadline_that_has_passed_reminds_nobody(post, cohort_id):
    post.person()
    deadline(post, cohort_id, datetime.now(UTC) - timedelta(minutes=1), days=1)
    post.run()
    assert (results(post), post.rows(Notification)) == ([{"told": 0}], [])
