"""What the rules ask of an innovation's remarks."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.scope import tenant_of
from tenants.submissions.models import Remark, RemarkState


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
