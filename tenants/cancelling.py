"""Which background work people may stop, and what becomes of what it was to make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.identity import policy
from kotacerdas.jobs import Job, JobNotYours, JobState, Kind
from kotacerdas.jobs import cancel as cancel_job
from kotacerdas.scope import scope_of, tenant_of
from tenants.documents import actions as documents
from tenants.exports import actions as exports


@dataclass(frozen=True)
class Stoppable:
    """A kind of job that people ask for; `settle` notes that its subject will not be made."""

    kind: Kind
    settle: Callable[[Session, UUID], None]


STOPPABLE: dict[str, Stoppable] = {
    each.kind.name: each
    for each in (
        Stoppable(documents.RENDER, documents.abandon),
        Stoppable(exports.WRITE, exports.abandon),
    )
}

PERMISSIONS = tuple(sorted({each.kind.permission for each in STOPPABLE.values()}))
"""What stopping asks for; which one counts depends on the job."""


def cancel(session: Session, job_id: UUID) -> Job:
    """Cancel what somebody asked for: a waiting job at once, a running one within seconds.

    Raises Forbidden, NotFound, JobNotYours for a job that nobody asked for, and what
    `kotacerdas.jobs.cancel` raises.
    """
    _refuse_bystander(session)
    found = session.get(Job, (tenant_of(session), job_id))
    if found is None:
        raise NotFound
    if found.kind not in STOPPABLE:
        raise JobNotYours
    stoppable = STOPPABLE[found.kind]
    job = cancel_job(session, job_id, stoppable.kind)
    if job.state is JobState.CANCELLED:
        stoppable.settle(session, job.subject_id)
    return job


def _refuse_bystander(session: Session) -> None:
    """Refuse whoever could stop no kind of job, before anything is told of this one."""
    asked = [each.kind.permission for each in STOPPABLE.values()]
    if not any(policy.permitted(scope_of(session), each) for each in asked):
        policy.require(session, asked[0])
