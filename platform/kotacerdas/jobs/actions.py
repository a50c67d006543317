"""Writing, claiming and finishing jobs."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import NotFound, WrongState
from kotacerdas.jobs.models import Job, JobState, Queue
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.tenancy import Json

WAKE = "job"
"""PostgreSQL channel on which the relay listens."""


@dataclass(frozen=True)
class Kind:
    """A kind of job: its stable name and the Celery queue that carries it."""

    name: str
    queue: Queue


@dataclass(frozen=True)
class Lease:
    """The right to work on a job until it expires; `run_id` fences every later write."""

    tenant_id: int
    job_id: UUID
    run_id: UUID
    kind: str
    subject_id: UUID
    person_id: UUID | None
    attempt: int


class LeaseLost(Exception):
    """Another worker has taken the job over, or it was cancelled: discard this run's work."""


class JobFinished(WrongState):
    """A finished job cannot be cancelled."""

    code = "JOB_FINISHED"
    id = "Pekerjaan ini sudah selesai ({state}); tidak ada yang perlu dibatalkan."
    en = "This job has already ended ({state}); there is nothing to cancel."


def enqueue(
    session: Session,
    kind: Kind,
    subject_id: UUID,
    *,
    available_at: datetime | None = None,
    dedupe_key: str | None = None,
) -> UUID | None:
    """Write a job of the session's tenant; it exists if and only if the transaction commits.

    Returns its id, or None where a job with the same `dedupe_key` is there already.
    """
    job_id = uuid7()
    values = {
        "tenant_id": tenant_of(session),
        "id": job_id,
        "kind": kind.name,
        "queue": kind.queue,
        "subject_id": subject_id,
        "person_id": scope_of(session).person_id,
        "dedupe_key": dedupe_key,
        "available_at": available_at or datetime.now(UTC),
    }
    new = insert(Job).values(values).on_conflict_do_nothing().returning(Job.id)
    written = session.scalar(new)
    if written is not None:
        session.execute(text(f"notify {WAKE}"))
    return written


def claim(session: Session, job_id: UUID, *, lease_seconds: float) -> Lease | None:
    """Take a due job, or return None if it is done, taken, cancelled or not due."""
    now, run_id = datetime.now(UTC), uuid7()
    due = and_(_is(session, job_id), Job.state == JobState.QUEUED, Job.available_at <= now)
    taken = (
        update(Job)
        .where(due)
        .values(
            state=JobState.RUNNING,
            run_id=run_id,
            attempts=Job.attempts + 1,
            lease_until=now + timedelta(seconds=lease_seconds),
            step=None,
            error=None,
        )
    )
    row = session.execute(
        taken.returning(Job.kind, Job.subject_id, Job.person_id, Job.attempts)
    ).first()
    if row is None:
        return None
    return Lease(
        tenant_of(session), job_id, run_id, row.kind, row.subject_id, row.person_id, row.attempts
    )


def beat(session: Session, lease: Lease, *, lease_seconds: float, step: str | None) -> bool:
    """Extend the lease and note the step; False when it is lost or the job should stop."""
    held = _holds(lease)
    values: dict[str, object] = {
        "lease_until": datetime.now(UTC) + timedelta(seconds=lease_seconds)
    }
    if step is not None:
        values["step"] = step
    row = session.execute(
        update(Job).where(held).values(values).returning(Job.cancel_requested)
    ).first()
    return row is not None and not row.cancel_requested


def finish(session: Session, lease: Lease, *, result: Json | None = None) -> None:
    """Mark the job done in the transaction that keeps its results.

    Raises LeaseLost when this run no longer owns the job: then undo the whole transaction.
    """
    _end(session, lease, JobState.DONE, result=result)


def fail(
    session: Session, lease: Lease, error: str, *, attempts: int, retry_seconds: float, final: bool
) -> bool:
    """Put the job back for another attempt with full jitter, or make it a dead letter.

    `final` means that trying again cannot help. Returns whether the job is dead
    now; raises LeaseLost.
    """
    if final or lease.attempt >= attempts:
        _end(session, lease, JobState.DEAD, error=error)
        return True
    delay = random.uniform(0, retry_seconds * 2 ** (lease.attempt - 1))  # noqa: S311
    again = datetime.now(UTC) + timedelta(seconds=delay)
    back = (
        update(Job)
        .where(_holds(lease))
        .values(
            state=JobState.QUEUED, available_at=again, announced_at=None, run_id=None, error=error
        )
    )
    _must_hold(session.scalar(back.returning(Job.id)))
    return False


def stop(session: Session, lease: Lease) -> None:
    """Mark a job cancelled after its worker has stopped; raises LeaseLost."""
    _end(session, lease, JobState.CANCELLED)


def cancel(session: Session, job_id: UUID) -> Job:
    """Cancel a waiting job at once and ask a running one to stop.

    Raises NotFound, or JobFinished when it has ended already.
    """
    job = session.get(Job, (tenant_of(session), job_id), with_for_update=True)
    if job is None:
        raise NotFound
    match job.state:
        case JobState.QUEUED:
            job.state, job.finished_at = JobState.CANCELLED, datetime.now(UTC)
        case JobState.RUNNING:
            job.cancel_requested = True
        case JobState.DONE | JobState.DEAD | JobState.CANCELLED:
            raise JobFinished(state=job.state.value, allowed="-")
    audit.record(session, "job.cancel", "job", job_id)
    return job


def _is(session: Session, job_id: UUID) -> ColumnElement[bool]:
    return and_(Job.tenant_id == tenant_of(session), Job.id == job_id)


def _holds(lease: Lease) -> ColumnElement[bool]:
    return and_(
        Job.tenant_id == lease.tenant_id,
        Job.id == lease.job_id,
        Job.run_id == lease.run_id,
        Job.state == JobState.RUNNING,
    )


def _end(session: Session, lease: Lease, state: JobState, **values: object) -> None:
    ended = (
        update(Job)
        .where(_holds(lease))
        .values(state=state, finished_at=datetime.now(UTC), lease_until=None, **values)
    )
    _must_hold(session.scalar(ended.returning(Job.id)))


def _must_hold(job_id: UUID | None) -> None:
    if job_id is None:
        raise LeaseLost
