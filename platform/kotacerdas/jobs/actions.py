"""Writing, cancelling and querying jobs: what the rules of the domain need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import NotFound, WrongState
from kotacerdas.jobs.models import Job, JobState, Queue
from kotacerdas.scope import scope_of, tenant_of

WAKE = "job"
"""PostgreSQL channel on which the relay listens."""


@dataclass(frozen=True)
class Kind:
    """A kind of job: its stable name and the Celery queue that carries it."""

    name: str
    queue: Queue


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
    values = {
        "tenant_id": tenant_of(session),
        "id": uuid7(),
        "kind": kind.name,
        "queue": kind.queue,
        "subject_id": subject_id,
        "person_id": scope_of(session).person_id,
        "dedupe_key": dedupe_key,
        "available_at": func.now() if available_at is None else available_at,
    }
    new = insert(Job).values(values).on_conflict_do_nothing().returning(Job.id)
    written = session.scalar(new)
    if written is not None:
        wake(session)
    return written


def wake(session: Session) -> None:
    """Wake the relay when the transaction commits: there is work, or room for more of it."""
    session.execute(text(f"notify {WAKE}"))


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
