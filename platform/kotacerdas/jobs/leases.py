"""The right to work on a job: claimed, kept alive, and given up with a result or an error.

Every time is the database's: hosts whose clocks differ agree on when a lease runs out.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Update, and_, func, select, update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import changes
from kotacerdas.jobs.actions import wake
from kotacerdas.jobs.models import Job, JobState, Queue
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import Json

PATIENCE = {Queue.MAIL: 30}
"""Queues whose jobs wait that many times longer before a retry, and never less than half of it.

A mail server is away for longer than a defect of ours lasts: with five attempts and a first bound
of 5 s, a mail becomes a dead letter after 19 minutes at the earliest, others after 75 s at most.
"""


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until it expires; `run_id` fences every later write."""

    tenant_id: int
    job_id: UUID
    run_id: UUID
    kind: str
    queue: Queue
    subject_id: UUID
    person_id: UUID | None
    attempt: int


class Hold(StrEnum):
    """How a run stands with its job."""

    KEPT = "kept"
    UNWANTED = "unwanted"  # somebody asked for the job to be cancelled
    LOST = "lost"  # another run owns the job by now, or nobody does


class LeaseLost(Exception):
    """Another worker has taken the job over, or it was cancelled: discard this run's work."""


def claim(session: Session, job_id: UUID, *, lease_seconds: float, attempts: int) -> Lease | None:
    """Take a due job, or return None if it is done, taken, cancelled, not due or spent."""
    wanted = and_(Job.attempts < attempts, Job.cancel_requested.is_(False))
    due = and_(Job.available_at <= func.now(), wanted)
    return _take(
        session,
        job_id,
        due,
        state=JobState.RUNNING,
        attempts=Job.attempts + 1,
        lease_until=func.now() + timedelta(seconds=lease_seconds),
        step=None,
        progress=None,
        error=None,
    )


def bury(session: Session, job_id: UUID, *, attempts: int) -> Lease | None:
    """Make a dead letter of a job whose last attempt ended with its worker; None where none is.

    The relay only puts such a job back: what its death sets off needs the rights of its tenant.
    """
    return _take(
        session, job_id, Job.attempts >= attempts, state=JobState.DEAD, finished_at=func.now()
    )


def drop(session: Session, job_id: UUID) -> Lease | None:
    """Cancel a queued job that was to be cancelled when its run failed or died; None if it is none.

    What that sets off needs the rights of its tenant, as with `bury`.
    """
    return _take(
        session,
        job_id,
        Job.cancel_requested.is_(True),
        state=JobState.CANCELLED,
        finished_at=func.now(),
    )


def look(session: Session, lease: Lease) -> Hold:
    """Tell whether the run still owns the job and should go on."""
    wanted = select(Job.cancel_requested).where(_holds(lease))
    return _hold(session.execute(wanted).one_or_none())


def beat(
    session: Session,
    lease: Lease,
    *,
    lease_seconds: float,
    step: str | None,
    progress: int | None = None,
) -> Hold:
    """Extend the lease, note the step that the work has reached and its percentage, and look."""
    until = func.now() + timedelta(seconds=lease_seconds)
    extended = _change(lease, lease_until=until, step=step, progress=progress)
    return _hold(session.execute(extended.returning(Job.cancel_requested)).one_or_none())


def finish(session: Session, lease: Lease, *, result: Json | None = None) -> None:
    """Mark the job done in the transaction that keeps its results.

    Raises LeaseLost when this run no longer owns the job: then undo the whole transaction.
    """
    _end(session, lease, JobState.DONE, result=result)


def stop(session: Session, lease: Lease) -> None:
    """Mark a job cancelled after its worker has stopped; raises LeaseLost."""
    _end(session, lease, JobState.CANCELLED)


def fail(
    session: Session, lease: Lease, error: str, *, attempts: int, retry_seconds: float, final: bool
) -> bool:
    """Put the job back for another attempt with jitter, or make it a dead letter.

    The wait is below `retry_seconds`, doubled at each attempt, times the queue's PATIENCE. `final`
    means that trying again cannot help. Returns whether the job is dead now; raises LeaseLost.
    """
    if final or lease.attempt >= attempts:
        _end(session, lease, JobState.DEAD, error=error)
        return True
    again = func.now() + timedelta(seconds=_pause(lease, retry_seconds))
    back = _change(
        lease,
        state=JobState.QUEUED,
        available_at=again,
        announced_at=None,
        run_id=None,
        lease_until=None,
        error=error,
    )
    _put_down(session, back)
    return False


def _pause(lease: Lease, retry_seconds: float) -> float:
    """Return a random wait: retries of one outage must not all come back at once."""
    bound = retry_seconds * 2 ** (lease.attempt - 1)
    if lease.queue not in PATIENCE:
        return random.uniform(0, bound)  # noqa: S311
    patient = bound * PATIENCE[lease.queue]
    return random.uniform(patient / 2, patient)  # noqa: S311


def _take(
    session: Session, job_id: UUID, condition: ColumnElement[bool], **values: object
) -> Lease | None:
    tenant_id, run_id = tenant_of(session), uuid7()
    mine = and_(Job.tenant_id == tenant_id, Job.id == job_id, Job.state == JobState.QUEUED)
    taken = update(Job).where(mine, condition).values(run_id=run_id, **values)
    row = session.execute(
        taken.returning(Job.kind, Job.queue, Job.subject_id, Job.person_id, Job.attempts)
    ).one_or_none()
    if row is None:
        return None
    changes.record(session, Job, job_id)
    return Lease(tenant_id, job_id, run_id, *row)


def _holds(lease: Lease) -> ColumnElement[bool]:
    return and_(
        Job.tenant_id == lease.tenant_id,
        Job.id == lease.job_id,
        Job.run_id == lease.run_id,
        Job.state == JobState.RUNNING,
    )


def _hold(row: Row[bool] | None) -> Hold:
    if row is None:
        return Hold.LOST
    return Hold.UNWANTED if row.cancel_requested else Hold.KEPT


def _change(lease: Lease, **values: object) -> Update:
    return update(Job).where(_holds(lease)).values(**values)


def _end(session: Session, lease: Lease, state: JobState, **values: object) -> None:
    ended = _change(lease, state=state, finished_at=func.now(), lease_until=None, **values)
    _put_down(session, ended)


def _put_down(session: Session, change: Update) -> None:
    """Give the job up by a change that only its lease allows; raises LeaseLost."""
    job_id = session.scalar(change.returning(Job.id))
    if job_id is None:
        raise LeaseLost
    changes.record(session, Job, job_id)
    wake(session)
