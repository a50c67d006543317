"""What a unit of work tells after its commit: each announced row once, and nothing else."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import update

from kotacerdas import changes, jobs
from kotacerdas.changes import Change
from kotacerdas.database import Database
from kotacerdas.identity import members, people, sessions
from kotacerdas.identity.models import Account, BrowserSession, Membership
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.jobs import JobState, leases
from kotacerdas.jobs.announcing import free_abandoned
from kotacerdas.scope import NATION, Door, Scope
from tenants.notifications import actions as notifications
from tenants.notifications.models import NotificationKind
from tenants.remarks.models import Remark
from tenants.submissions.models import Innovation, Review
from tests.graphql_schema import places
from tests.jobs import KIND, change, write


class Told:
    """Stands at the publisher's place and keeps what it is given."""

    def __init__(self) -> None:
        self.changes: list[Change] = []

    def publish(self, given) -> None:
        self.changes += given

    def close(self) -> None:
        pass

    def take(self) -> list[Change]:
        taken, self.changes = self.changes, []
        return taken


@pytest.fixture
def told(database: Database, monkeypatch) -> Told:
    told = Told()
    monkeypatch.setattr(database, "_publisher", told)
    return told


def test_a_row_written_through_the_session_is_told_once_after_the_commit(told, database, city):
    row_id = places.innovation(database, city)
    told.take()
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        row = session.get_one(Innovation, (city.id, row_id))
        row.name = "Nama baru"
        session.flush()  # two statements on one row
        row.problem = "Masalah baru"
        session.flush()  # before the commit nothing may be told
        assert told.changes == []
    assert told.take() == [Change("innovation", city.id, row_id)]


def test_a_row_that_is_only_read_is_not_told(told, database, city):
    row_id = places.innovation(database, city)
    told.take()
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        row = session.get_one(Innovation, (city.id, row_id))
        row.name = str(row.name)  # the same value is no change
    assert told.take() == []


def test_what_was_rolled_back_is_not_told(told, database, city):
    row_id = places.innovation(database, city)
    told.take()
    with pytest.raises(RuntimeError), database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        _rename_and_fail(session, city, row_id)
    assert told.take() == []


def _rename_and_fail(session, city, row_id) -> None:
    session.get_one(Innovation, (city.id, row_id)).name = "Nama baru"
    session.flush()  # the change reaches the database, the commit never comes
    raise RuntimeError


def test_async_code_tells_too(told, database, city):
    row_id = places.innovation(database, city)
    told.take()

    def rename(session) -> None:
        session.get_one(Innovation, (city.id, row_id)).name = "Nama baru"

    async def perform() -> None:
        try:
            await database.perform(Scope(Door.CITY, city.id), rename)
        finally:
            await database.leave_loop()

    asyncio.run(perform())
    assert told.take() == [Change("innovation", city.id, row_id)]


def test_a_review_and_its_remarks_are_changes_of_their_innovation(told, database, city):
    row_id = places.innovation(database, city)
    expert = city.person(Role.EXPERT)
    told.take()
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        review = Review(
            tenant_id=city.id, innovation_id=row_id, revision=1, reviewer_id=expert, version=1
        )
        session.add(review)
        session.flush()  # the remark references it
        session.add(
            Remark(
                tenant_id=city.id, innovation_id=row_id, review_id=review.id,
                about="innovation", subject_id=row_id, subject_name="Inovasi", written_by=expert,
                anchor="problem", text="Jelaskan", blocking=True,
            )
        )  # fmt: skip
    assert told.take() == [Change("innovation", city.id, row_id)]


def test_every_move_of_a_job_is_told(told, database, city):
    (job_id,) = write(database, city)
    moved = [Change("job", city.id, job_id)]
    scope = Scope(Door.WORKER, city.id)
    told.take()
    with database.unit_of_work(scope) as session:
        lease = leases.claim(session, job_id, lease_seconds=30, attempts=5)
    assert told.take() == moved
    with database.unit_of_work(scope) as session:
        leases.fail(session, lease, "x", attempts=5, retry_seconds=0.001, final=False)
    assert told.take() == moved
    change(database, city, job_id, available_at=datetime(2020, 1, 1, tzinfo=UTC))
    with database.unit_of_work(scope) as session:
        leases.claim(session, job_id, lease_seconds=30, attempts=5)
    change(database, city, job_id, lease_until=datetime(2020, 1, 1, tzinfo=UTC))
    told.take()
    with database.unit_of_work(Scope(Door.RELAY)) as session:
        free_abandoned(session)
    assert moved[0] in told.take()
    with database.unit_of_work(scope) as session:
        lease = leases.claim(session, job_id, lease_seconds=30, attempts=5)
        leases.finish(session, lease, result={})
    assert told.take() == moved


def test_a_lost_lease_tells_nothing(told, database, city):
    (job_id,) = write(database, city)
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        lease = leases.claim(session, job_id, lease_seconds=30, attempts=5)
    change(database, city, job_id, run_id=uuid4())
    told.take()
    with (
        pytest.raises(jobs.LeaseLost),
        database.unit_of_work(Scope(Door.WORKER, city.id)) as session,
    ):
        leases.finish(session, lease)
    assert told.take() == []


def test_a_cancelled_job_is_told(told, database, city):
    scope = city.scope(Role.BAPPEDA)
    assert KIND.permission is Permission.DOCUMENT_REQUEST
    (job_id,) = write(database, city, person=scope.person_id)
    told.take()
    with database.unit_of_work(scope) as session:
        assert jobs.cancel(session, job_id, KIND).state is JobState.CANCELLED
    assert told.take() == [Change("job", city.id, job_id)]


def test_a_notification_is_told_to_its_person_when_written_and_when_read(told, database, city):
    scope = city.scope(Role.CITY_ADMIN)
    told.take()
    with database.unit_of_work(scope) as session:
        notifications.without_mail(session)
        notifications.tell(
            session, NotificationKind.DEADLINE, subject_id=uuid4(), data={},
            people=[scope.person_id], key="1",
        )  # fmt: skip
    (new,) = told.take()
    assert (new.kind, new.tenant_id, new.person_id) == ("notification", city.id, scope.person_id)
    with database.unit_of_work(scope) as session:
        assert notifications.mark_read(session, [new.id]) == 1
    assert told.take() == [new]
    with database.unit_of_work(scope) as session:
        assert notifications.mark_read(session, [new.id]) == 0
    assert told.take() == []


def test_every_change_of_what_a_person_may_do_is_told(told, database, city, settings):
    identity = Scope(Door.IDENTITY, NATION)
    with database.unit_of_work(identity) as session:
        person = people.register(
            session, email=f"{uuid4().hex}@kota.go.id", name="Orang", password_hash="x"
        ).id
    rights = [Change("identity", None, person, person)]
    told.take()
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        assert members.give_role(session, person_id=person, role=Role.COUNCIL)
    assert told.take() == rights
    with database.unit_of_work(identity) as session:
        secret = sessions.open_session(
            session, person_id=person, previous=None, now=datetime.now(UTC)
        ).secret
    assert told.take() == rights
    with database.unit_of_work(identity) as session:
        sessions.sign_out(session, secret=secret)
    assert told.take() == rights
    with database.unit_of_work(identity) as session:
        sessions.sign_out(session, secret=secret)  # ended already
    assert told.take() == []
    with database.unit_of_work(identity) as session:
        people.set_password(session, person, password_hash="y")
    assert told.take() == rights
    with database.unit_of_work(identity) as session:
        session.get_one(Account, person).active = False
    assert told.take() == rights


def test_an_ended_role_is_told(told, database, city):
    admin = city.scope(Role.CITY_ADMIN)
    person = city.person(Role.COUNCIL)
    told.take()
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        rows = session.query(Membership).filter_by(tenant_id=city.id, person_id=person)
        membership_id = rows.one().id
    with database.unit_of_work(admin) as session:
        members.end_membership(session, membership_id)
    assert told.take() == [Change("identity", None, person, person)]


def test_the_time_of_a_sessions_last_use_is_not_told(told, database, make_person):
    person = make_person()
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        now = datetime.now(UTC)
        session.add(
            BrowserSession(token_hash=uuid4().bytes, person_id=person, created_at=now, seen_at=now)
        )
    told.take()
    with database.unit_of_work(Scope(Door.IDENTITY, NATION)) as session:
        mine = update(BrowserSession).where(BrowserSession.person_id == person)
        session.execute(mine.values(seen_at=datetime.now(UTC)))
    assert told.take() == []


def test_a_statement_of_many_rows_is_told_where_it_says_so(told, database, city):
    row_id = uuid4()
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        changes.record(session, Innovation, row_id)
        changes.record(session, Innovation, row_id)
    assert told.take() == [Change("innovation", city.id, row_id)]
