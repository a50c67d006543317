"""Who holds which role in the session's tenant."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of


def members_with(
    session: Session, roles: Iterable[Role], unit_id: UUID | None = None
) -> list[UUID]:
    """People of the tenant who hold one of `roles` now, each once; of one unit if it is given."""
    people = (
        select(Membership.person_id)
        .where(Membership.tenant_id == tenant_of(session))
        .where(Membership.role.in_(list(roles)), Membership.ended_at.is_(None))
        .distinct()
        .order_by(Membership.person_id)
    )
    if unit_id is not None:
        people = people.where(Membership.unit_id == unit_id)
    return list(session.scalars(people))
