"""The reserve list of a cohort."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.assessment.models import SelectionVerdict
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage


def reserve_list(session: Session, cohort_id: UUID) -> list[UUID]:
    """Return the participations in reserve, in the order in which they are called."""
    waiting = (
        select(Participation.id)
        .join(
            SelectionVerdict,
            (SelectionVerdict.tenant_id == Participation.tenant_id)
            & (SelectionVerdict.participation_id == Participation.id),
        )
        .where(Participation.cohort_id == cohort_id, Participation.stage == Stage.RESERVE)
        .order_by(SelectionVerdict.reserve_rank, Participation.id)
    )
    return list(session.scalars(waiting))


def is_published(session: Session, participation_id: UUID) -> bool:
    """Whether the city has been shown its score."""
    mine = select(SelectionVerdict.is_published)
    return bool(session.scalar(mine.where(SelectionVerdict.participation_id == participation_id)))
