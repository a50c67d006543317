"""Who acts on an innovation and who is told of it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.identity.policy import UNIT_ROLES, Permission, Role, require
from kotacerdas.identity.queries import members_with, still_members
from kotacerdas.rows import locked, refuse_stale
from tenants.cities.models import Unit
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.remarks.models import Remark
from tenants.submissions.models import Innovation, Review
from tenants.submissions.queries import Standing

ENDORSERS = (Role.CITY_ADMIN, Role.BAPPEDA)


def of_unit(
    session: Session, innovation_id: UUID, permission: Permission, expected_version: int
) -> Innovation:
    """Return the innovation, locked, for somebody who holds the permission in its unit.

    Raises Forbidden, NotFound or StaleVersion.
    """
    require(session, permission)
    row = locked(session, Innovation, innovation_id)
    require(session, permission, unit_id=row.unit_id)
    refuse_stale(row, expected_version)
    return row


def tell_endorsers(session: Session, row: Innovation, standing: Standing) -> None:
    """Tell the city that a revision awaits its endorsement."""
    facts = {"name": row.name, "unit": standing.unit, "revision": str(row.revision)}
    tell(
        session,
        NotificationKind.SUBMITTED,
        subject_id=row.id,
        data=facts,
        people=standing.endorsers,
        key=f"r{row.revision}",
    )


def tell_experts(session: Session, row: Innovation) -> None:
    """Tell the city's experts that a revision awaits its review."""
    _tell(session, NotificationKind.ENDORSED, row, members_with(session, [Role.EXPERT]))


def tell_unit(
    session: Session, kind: NotificationKind, row: Innovation, *, key: str = "", **data: str
) -> None:
    """Tell the unit's people and who entered the innovation, if they are still of the city."""
    people = members_with(session, UNIT_ROLES, row.unit_id)
    author = still_members(session, [row.created_by])
    _tell(session, kind, row, [*people, *author], key=key, **data)


def tell_reviewer(session: Session, row: Innovation, review: Review, remark: Remark) -> None:
    """Tell the expert, once for each review, that remarks were answered."""
    people = still_members(session, [review.reviewer_id])
    facts = {"anchor": remark.anchor, "text": remark.answer or ""}
    _tell(session, NotificationKind.REMARKS_ANSWERED, row, people, key=str(review.id), **facts)


def _tell(
    session: Session,
    kind: NotificationKind,
    row: Innovation,
    people: Iterable[UUID],
    *,
    key: str = "",
    **data: str,
) -> None:
    unit = session.get_one(Unit, (row.tenant_id, row.unit_id))
    facts = {"name": row.name, "unit": unit.name, **data}
    once = key or f"r{row.revision}"
    tell(session, kind, subject_id=row.id, data=facts, people=people, key=once)
