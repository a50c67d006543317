"""The record of the steps that a participation has taken."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.models import Participation, ParticipationStep
from tenants.cities.workflow import Stage


def enter(
    session: Session,
    row: Participation,
    stage: Stage,
    occurred_on: date,
    *,
    document_number: str = "",
    note: str = "",
) -> None:
    """Note that the participation entered the stage on that day, by the actor."""
    session.add(
        ParticipationStep(
            tenant_id=row.tenant_id,
            participation_id=row.id,
            stage=stage,
            occurred_on=occurred_on,
            document_number=document_number or None,
            note=note or None,
            person_id=scope_of(session).person_id,
        )
    )


def last_date(session: Session, participation_id: UUID) -> date | None:
    """Return the day of the latest step, before which no other can have happened."""
    steps = select(func.max(ParticipationStep.occurred_on)).where(
        ParticipationStep.tenant_id == tenant_of(session),
        ParticipationStep.participation_id == participation_id,
    )
    return session.scalar(steps)
