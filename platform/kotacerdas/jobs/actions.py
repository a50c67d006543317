"""Writing, cancelling and reviving jobs: what the rules of the domain need."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.columns import with_defaults
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.jobs.models import Job, JobState, Queue
from kotacerdas.prepared import Prepared
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.tenancy import table_of

STATES: dict[JobState, tuple[str, str]] = {
    JobState.QUEUED: ("menunggu", "waiting"),
    JobState.RUNNING: ("berjalan", "running"),
    JobState.DONE: ("selesai", "done"),
    JobState.DEAD: ("gagal", "dead"),
    JobState.CANCELLED: ("dibatalkan", "cancelled"),
}
"""Names of states, in Indonesian and English."""

WAKE = "job"
"""PostgreSQL channel on which the relay listens."""


NOTIFY = Prepared(text(f"notify {WAKE}"))
GIVEN = ("tenant_id", "id", "kind", "queue", "subject_id", "person_id", "dedupe_key")
JOB = table_of(Job)


def _insertion() -> ReturningInsert[Any]:
    given = {name: bindparam(f"new_{name}", type_=JOB.c[name].type) for name in GIVEN}
    at = bindparam("at", type_=JOB.c.available_at.type)
    values = with_defaults(JOB, {**given, "available_at": func.coalesce(at, func.now())})
    return insert(JOB).values(values).on_conflict_do_nothing().returning(JOB.c.id)


INSERT = Prepared(_insertion())


@dataclass(frozen=True)
class Kind:
    """A kind of job: its stable name, the Celery queue that carries it, and who may cancel it.

    People cancel only what people asked for; all else is the operator's. What is `personal` is
    cancelled by the one who asked, or by who manages jobs.
    """

    name: str
    queue: Queue
    permission: Permission = Permission.JOB_MANAGE
    personal: bool = False


class JobFinished(WrongState):
    """A finished job cannot be cancelled."""

    code = "JOB_FINISHED"
    id = (
        "Pekerjaan ini sudah berakhir ({state_id}) dan tidak dapat dibatalkan."
        " Lihat hasilnya, atau minta pekerjaan baru bila masih diperlukan."
    )
    en = (
        "This job has ended ({state_en}) and cannot be cancelled."
        " See its result, or ask for a new one if it is still needed."
    )


class JobNotYours(DomainError):
    """A job that the platform itself needs, not one that somebody asked for."""

    code = "JOB_NOT_YOURS"
    id = "Pekerjaan ini bagian dari sistem dan tidak dapat dibatalkan di sini. Hubungi operator."
    en = "This job belongs to the platform and cannot be cancelled here. Ask the operator."


class JobOfAnother(DomainError):
    """A job that somebody else asked for, for themselves."""

    code = "JOB_OF_ANOTHER"
    id = "Pekerjaan ini diminta orang lain. Minta orang itu atau operator membatalkannya."
    en = "Somebody else asked for this job. Ask that person or the operator to cancel it."


class JobNotDead(WrongState):
    """Only a dead letter can be put back."""

    code = "JOB_NOT_DEAD"
    id = (
        "Hanya pekerjaan yang gagal dapat diulang; pekerjaan ini {state_id}."
        " Tunggu sampai berakhir, atau minta pekerjaan baru bila sudah."
    )
    en = (
        "Only a job that failed can be put back; this one is {state_en}."
        " Wait for its end, or ask for a new one if it has ended."
    )


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
    written = INSERT.rows(
        session,
        new_tenant_id=tenant_of(session),
        new_id=uuid7(),
        new_kind=kind.name,
        new_queue=kind.queue,
        new_subject_id=subject_id,
        new_person_id=scope_of(session).person_id,
        new_dedupe_key=dedupe_key,
        at=available_at,
    )
    if not written:
        return None
    wake(session)
    new_id: UUID = written[0][0]
    return new_id


def wake(session: Session) -> None:
    """Wake the relay when the transaction commits: there is work, or room for more of it."""
    NOTIFY.send(session)


def cancel(session: Session, job_id: UUID, kind: Kind) -> Job:
    """Cancel a waiting job of `kind` at once and ask a running one to stop.

    What the job was to make is the caller's to settle where the job is CANCELLED on return; else
    the handler's stage `cancelled` does. Raises NotFound, JobNotYours for another kind,
    JobOfAnother, or JobFinished when it has ended already.
    """
    policy.require(session, kind.permission)
    job = _locked(session, job_id)
    if job.kind != kind.name:
        raise JobNotYours
    if kind.personal and job.person_id != scope_of(session).person_id:
        _refuse_other(session)
    match job.state:
        case JobState.QUEUED:
            job.state, job.finished_at = JobState.CANCELLED, datetime.now(UTC)
        case JobState.RUNNING:
            job.cancel_requested = True
        case JobState.DONE | JobState.DEAD | JobState.CANCELLED:
            raise _in_state(JobFinished, job)
    audit.record(session, "job.cancel", "job", job_id)
    return job


def revive(session: Session, job_id: UUID) -> Job:
    """Put a dead letter back with all its attempts. Raises NotFound or JobNotDead."""
    policy.require(session, Permission.JOB_MANAGE)
    job = _locked(session, job_id)
    if job.state is not JobState.DEAD:
        raise _in_state(JobNotDead, job)
    before = {"attempts": job.attempts, "error": job.error}
    job.state, job.attempts, job.available_at = JobState.QUEUED, 0, datetime.now(UTC)
    job.announced_at = job.finished_at = job.run_id = job.lease_until = job.error = None
    job.cancel_requested = False
    audit.record(session, "job.revive", "job", job_id, before=before)
    wake(session)
    return job


def _refuse_other(session: Session) -> None:
    if not policy.permitted(scope_of(session), Permission.JOB_MANAGE):
        raise JobOfAnother


def _in_state(refusal: type[WrongState], job: Job) -> WrongState:
    state_id, state_en = STATES[job.state]
    return refusal(state_id=state_id, state_en=state_en)


def _locked(session: Session, job_id: UUID) -> Job:
    job = session.get(Job, (tenant_of(session), job_id), with_for_update=True)
    if job is None:
        raise NotFound
    return job
