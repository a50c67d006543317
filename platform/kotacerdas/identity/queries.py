"""Who belongs to the session's tenant, and who holds which role there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Integer, Text, Uuid, any_, bindparam, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from kotacerdas.identity.models import Account, Membership
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.prepared import Prepared
from kotacerdas.scope import tenant_of
from kotacerdas.tenancy import table_of

MEMBERSHIP = table_of(Membership)
CURRENT = (
    select(MEMBERSHIP.c.person_id)
    .where(MEMBERSHIP.c.tenant_id == bindparam("tenant_id", type_=Integer()))
    .where(MEMBERSHIP.c.ended_at.is_(None))
    .distinct()
    .order_by(MEMBERSHIP.c.person_id)
)
WITH_ROLE = CURRENT.where(MEMBERSHIP.c.role == any_(bindparam("roles", type_=ARRAY(Text()))))
OF_CITY = Prepared(WITH_ROLE)
OF_UNIT = Prepared(WITH_ROLE.where(MEMBERSHIP.c.unit_id == bindparam("unit_id", type_=Uuid())))
AMONG = Prepared(
    CURRENT.where(MEMBERSHIP.c.person_id == any_(bindparam("people", type_=ARRAY(Uuid()))))
)


def members_with(
    session: Session, roles: Iterable[Role], unit_id: UUID | None = None
) -> list[UUID]:
    """People of the tenant who hold one of `roles` now, each once; of one unit if it is given."""
    given = {"tenant_id": tenant_of(session), "roles": [role.value for role in roles]}
    if unit_id is None:
        return [person for (person,) in OF_CITY.rows(session, **given)]
    return [person for (person,) in OF_UNIT.rows(session, **given, unit_id=unit_id)]


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
    found = AMONG.rows(session, tenant_id=tenant_of(session), people=list(people))
    return [person for (person,) in found]
