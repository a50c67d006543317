"""What the API asks of a job."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.jobs.models import Job, JobState
from kotacerdas.scope import tenant_of


def state_of(session: Session, job_id: UUID) -> JobState | None:
    """Return where a job of the session's tenant stands; None if there is none."""
    mine = select(Job.state).where(Job.tenant_id == tenant_of(session), Job.id == job_id)
    return session.scalar(mine)
