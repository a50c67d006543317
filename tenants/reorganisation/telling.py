"""Who is told of a reorganisation, and of what."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import UNIT_ROLES, Role
from kotacerdas.identity.queries import members_with
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.models import Unit
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.reorganisation.asking import Reorganisation

PLANNERS = (Role.CITY_ADMIN, Role.BAPPEDA)


def people_of(session: Session, ending: Iterable[Unit]) -> dict[UUID, list[UUID]]:
    """Return the people of each unit, asked before their roles move."""
    return {unit.id: members_with(session, UNIT_ROLES, unit.id) for unit in ending}


def tell_all(
    session: Session,
    asked: Reorganisation,
    ending: Iterable[Unit],
    taking: list[UUID],
    people: dict[UUID, list[UUID]],
) -> None:
    """Tell the people of each unit that ended, of those that take over, and the planners."""
    mine = select(Unit.id, Unit.name).where(Unit.tenant_id == tenant_of(session))
    names = dict(session.execute(mine.where(Unit.id.in_(taking))).all())
    kind = NotificationKind.UNIT_REORGANISED if taking else NotificationKind.UNIT_ENDED
    others = members_with(session, PLANNERS)
    for unit_id in taking:
        others += members_with(session, UNIT_ROLES, unit_id)
    actor = scope_of(session).person_id
    for unit in ending:
        told = dict.fromkeys([*people[unit.id], *others])
        tell(
            session,
            kind,
            subject_id=unit.id,
            data={
                "unit": unit.name,
                "successors": ", ".join(names[each] for each in taking),
                "occurred_on": asked.on.isoformat(),
            },
            people=[each for each in told if each != actor],
            key="",
        )
