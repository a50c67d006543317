"""The reserve list of a cohort."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from tenants.assessment.models import SelectionVerdict
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage


def waiting(cohort_id: ColumnElement[UUID] | UUID) -> Select[Any]:
    """Return the query of the participations in reserve, in the order in which they are called."""
    row, verdict = Participation.__table__.alias(), SelectionVerdict.__table__.alias()
    return (
        select(row)
        .join(
            verdict,
            (verdict.c.tenant_id == row.c.tenant_id) & (verdict.c.participation_id == row.c.id),
        )
        .where(row.c.cohort_id == cohort_id, row.c.stage == Stage.RESERVE)
        .order_by(verdict.c.reserve_rank, row.c.id)
    )


def reserve_list(session: Session, cohort_id: UUID) -> list[UUID]:
    """Return the ids of the reserve list. For the ministry's door."""
    return [row.id for row in session.execute(waiting(cohort_id))]


def is_published(session: Session, participation_id: UUID) -> bool:
    """Whether the city has been shown its score."""
    mine = select(SelectionVerdict.is_published)
    return bool(session.scalar(mine.where(SelectionVerdict.participation_id == participation_id)))
