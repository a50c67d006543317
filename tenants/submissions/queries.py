"""What is asked of an innovation: its unit, and its remarks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.submissions.models import Innovation, Remark, RemarkState


def unit_of(session: Session, innovation_id: UUID) -> UUID | None:
    """Return the department that proposes an innovation; None if there is no such innovation."""
    mine = select(Innovation.unit_id).where(
        Innovation.tenant_id == tenant_of(session), Innovation.id == innovation_id
    )
    return session.scalar(mine)


def remark_anchors(
    session: Session,
    innovation_id: UUID,
    states: Iterable[RemarkState],
    *,
    blocking_only: bool = False,
) -> list[str]:
    """Return the field of each remark in one of the states, over all reviews of the innovation."""
    anchors = select(Remark.anchor).where(
        Remark.tenant_id == tenant_of(session),
        Remark.innovation_id == innovation_id,
        Remark.state.in_(list(states)),
    )
    if blocking_only:
        anchors = anchors.where(Remark.blocking)
    return list(session.scalars(anchors))
