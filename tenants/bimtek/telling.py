"""Who is told of sessions and outputs."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from kotacerdas.identity.queries import members_with
from tenants.bimtek.models import Workshop, WorkshopOutput
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind

EVERYBODY = (Role.CITY_ADMIN, Role.BAPPEDA, Role.UNIT_HEAD, Role.EXPERT)
OFFICE = (Role.CITY_ADMIN, Role.BAPPEDA)


def tell_city(session: Session, kind: NotificationKind, row: Workshop, **data: str) -> None:
    """Tell the city's people and its experts of a session."""
    _tell_workshop(session, kind, row, members_with(session, EVERYBODY), **data)


def tell_absent(session: Session, row: Workshop, unit_id: UUID, unit: str) -> None:
    """Tell a department's head that nobody of it was there."""
    people = members_with(session, [Role.UNIT_HEAD], unit_id)
    _tell_workshop(session, NotificationKind.WORKSHOP_MISSED, row, people, unit=unit)


def tell_office(session: Session, kind: NotificationKind, row: WorkshopOutput) -> None:
    """Tell the city's administrators and Bappeda what was decided about an output."""
    data = {"name": row.name, "ordinal": str(row.ordinal), "reason": row.reason or ""}
    people = members_with(session, OFFICE)
    tell(session, kind, subject_id=row.id, data=data, people=people, key=f"v{row.version}")


def _tell_workshop(
    session: Session,
    kind: NotificationKind,
    row: Workshop,
    people: Iterable[UUID],
    **data: str,
) -> None:
    facts = {
        "ordinal": str(row.ordinal),
        "starts_at": row.starts_at.isoformat(),
        "place": row.place,
        **data,
    }
    key = f"{row.starts_at.isoformat()} {row.place}"
    tell(session, kind, subject_id=row.id, data=facts, people=people, key=key)
