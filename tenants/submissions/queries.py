"""What is asked of an innovation: its unit, its remarks, and all that handing it in takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Integer, Uuid, bindparam, func, select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from kotacerdas.identity.queries import WITH_ROLE
from kotacerdas.prepared import Prepared
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import table_of
from tenants.cities.models import Participation, Unit
from tenants.cities.workflow import Stage
from tenants.editions.models import Dimension
from tenants.remarks.models import Remark, RemarkState
from tenants.submissions.models import Innovation


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


class Standing(NamedTuple):
    """What decides whether an innovation may be handed in, what is kept of it, and who is told."""

    stage: Stage
    unit: str
    ended: date | None
    dimension: str
    unanswered: list[str]
    endorsers: list[UUID]


def standing_of(session: Session, innovation_id: UUID, endorsers: Iterable[Role]) -> Standing:
    """Return it in one statement; `unit` is its name, `ended` when it was replaced."""
    roles = [role.value for role in endorsers]
    given = {"tenant_id": tenant_of(session), "innovation_id": innovation_id, "roles": roles}
    stage, *others = STANDING.rows(session, **given)[0]
    return Standing(Stage(stage), *others)


def _standing() -> Prepared:
    innovation, participation = table_of(Innovation).c, table_of(Participation).c
    unit, dimension, remark = table_of(Unit).c, table_of(Dimension).c, table_of(Remark).c
    tenant = bindparam("tenant_id", type_=Integer())
    unanswered = select(remark.anchor).where(
        remark.tenant_id == tenant,
        remark.innovation_id == innovation.id,
        remark.state == RemarkState.OPEN,
        remark.blocking,
    )
    return Prepared(
        select(
            participation.stage,
            unit.name,
            unit.valid_to,
            dimension.code,
            func.array(unanswered.scalar_subquery()),
            func.array(WITH_ROLE.scalar_subquery()),
        ).where(
            innovation.tenant_id == tenant,
            innovation.id == bindparam("innovation_id", type_=Uuid()),
            participation.tenant_id == tenant,
            participation.id == innovation.participation_id,
            unit.tenant_id == tenant,
            unit.id == innovation.unit_id,
            dimension.id == innovation.dimension_id,
        )
    )


STANDING = _standing()
