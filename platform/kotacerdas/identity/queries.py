"""Who belongs to the session's tenant, and who holds which role there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.models import Account, Membership
from kotacerdas.identity.policy import Grant, Role
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


def grants_in(session: Session, person_id: UUID) -> tuple[Grant, ...]:
    """Roles that a person holds in the session's tenant now; none where the account is closed."""
    current = (
        select(Membership.tenant_id, Membership.role, Membership.unit_id)
        .join(Account, Account.person_id == Membership.person_id)
        .where(Membership.tenant_id == tenant_of(session), Membership.person_id == person_id)
        .where(Membership.ended_at.is_(None), Account.active)
    )
    return tuple(Grant(*row) for row in session.execute(current))


def still_members(session: Session, people: Iterable[UUID]) -> list[UUID]:
    """Those of `people` who hold any role in the tenant now: internal matter is for them alone."""
    current = (
        select(Membership.person_id)
        .where(Membership.tenant_id == tenant_of(session), Membership.ended_at.is_(None))
        .where(Membership.person_id.in_(set(people)))
        .distinct()
    )
    return list(session.scalars(current))
