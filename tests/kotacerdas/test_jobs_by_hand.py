"""Ending and reviving jobs by hand: who may, which jobs, and what is left of them."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from kotacerdas import jobs
from kotacerdas.audit.models import AuditEntry
from kotacerdas.errors import Forbidden, NotFound, Unauthenticated
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.jobs import JobFinished, JobNotDead, JobNotYours, JobState, Kind, Queue, leases
from kotacerdas.jobs.announcing import free_abandoned
from kotacerdas.scope import NATION, Door, Scope
from tests.jobs import KIND, RELAY, change, row, set_aside, write

MAIL = Kind("test.mail", Queue.MAIL)


@pytest.fixture(autouse=True)
def _only_own_jobs(database):
    set_aside(database)


def worker(city) -> Scope:
    return Scope(Door.WORKER, city.id)


def claim(database, city, job_id, **options):
    with database.unit_of_work(worker(city)) as session:
        return leases.claim(session, job_id, **{"lease_seconds": 30, "attempts": 5, **options})


def operator(city) -> Scope:
    return Scope(Door.MINISTRY, city.id, None, (Grant(NATION, Role.OPERATOR),))


def actions(database, city) -> list[str]:
    with database.unit_of_work(worker(city)) as session:
        audit = select(AuditEntry.action).where(AuditEntry.tenant_id == city.id)
        return list(session.scalars(audit))


def untouched(database, city, job_id) -> bool:
    job = row(database, city, job_id)
    waiting = (job.state, job.cancel_requested) == (JobState.QUEUED, False)
    return waiting and actions(database, city) == []


def test_a_waiting_job_is_cancelled_at_once_and_audited(database, city):
    [job_id] = write(database, city)
    with database.unit_of_work(city.scope()) as session:
        jobs.cancel(session, job_id, KIND)
    assert row(database, city, job_id).state is JobState.CANCELLED
    assert claim(database, city, job_id) is None
    assert actions(database, city) == ["job.cancel"]


def test_a_finished_job_cannot_be_cancelled(database, city):
    [job_id] = write(database, city)
    change(database, city, job_id, state=JobState.DONE)
    with pytest.raises(JobFinished) as refusal, database.unit_of_work(city.scope()) as session:
        jobs.cancel(session, job_id, KIND)
    assert refusal.value.code == "JOB_FINISHED"
    assert row(database, city, job_id).state is JobState.DONE


def test_another_citys_job_is_not_found(database, make_city):
    one, other = make_city(), make_city()
    [job_id] = write(database, one)
    with pytest.raises(NotFound), database.unit_of_work(other.scope()) as session:
        jobs.cancel(session, job_id, KIND)
    assert row(database, one, job_id).state is JobState.QUEUED


def test_only_who_may_ask_for_a_job_may_cancel_it(database, city):
    [job_id] = write(database, city)
    scope = city.scope(Role.COUNCIL)
    with pytest.raises(Forbidden), database.unit_of_work(scope) as session:
        jobs.cancel(session, job_id, KIND)
    with pytest.raises(Unauthenticated), database.unit_of_work(worker(city)) as session:
        jobs.cancel(session, job_id, KIND)
    assert untouched(database, city, job_id)


def test_a_job_of_another_kind_cannot_be_cancelled(database, city):
    [mail] = write(database, city, kind=MAIL)
    with pytest.raises(JobNotYours), database.unit_of_work(city.scope()) as session:
        jobs.cancel(session, mail, KIND)
    with pytest.raises(Forbidden), database.unit_of_work(city.scope()) as session:
        jobs.cancel(session, mail, MAIL)
    assert untouched(database, city, mail)


def test_the_operator_puts_a_dead_letter_back_with_all_its_attempts(database, city):
    [job_id] = write(database, city)
    dead = {"state": JobState.DEAD, "attempts": 5, "error": "E", "finished_at": func.now()}
    change(database, city, job_id, **dead, announced_at=func.now(), cancel_requested=True)
    with database.unit_of_work(operator(city)) as session:
        jobs.revive(session, job_id)
    back = row(database, city, job_id)
    assert (back.state, back.attempts, back.error) == (JobState.QUEUED, 0, None)
    assert (back.finished_at, back.announced_at) == (None, None)
    assert actions(database, city) == ["job.revive"]
    assert claim(database, city, job_id).attempt == 1


def test_only_the_operator_revives_and_only_what_is_dead(database, city):
    [job_id] = write(database, city)
    with pytest.raises(JobNotDead), database.unit_of_work(operator(city)) as session:
        jobs.revive(session, job_id)
    with pytest.raises(NotFound), database.unit_of_work(operator(city)) as session:
        jobs.revive(session, uuid4())
    change(database, city, job_id, state=JobState.DEAD)
    with pytest.raises(Forbidden), database.unit_of_work(city.scope()) as session:
        jobs.revive(session, job_id)
    assert row(database, city, job_id).state is JobState.DEAD
    assert actions(database, city) == []


def test_a_job_to_be_cancelled_whose_worker_died_ends_cancelled(database, city):
    [job_id] = write(database, city)
    claim(database, city, job_id, lease_seconds=-1)
    change(database, city, job_id, cancel_requested=True)
    with database.unit_of_work(RELAY) as session:
        free_abandoned(session)
    assert claim(database, city, job_id) is None
    with database.unit_of_work(worker(city)) as session:
        assert leases.drop(session, job_id) is not None
    ended = row(database, city, job_id)
    assert (ended.state, ended.finished_at is None) == (JobState.CANCELLED, False)
