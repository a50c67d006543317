"""Roles in a city: who ends them, and whether they can be given again."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, Forbidden, NotFound
from kotacerdas.identity.members import (
    OwnMembership,
    RoleNotGrantable,
    end_membership,
    give_role,
    grants_of,
)
from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope


def audited(database: Database, tenant_id: int) -> list[str]:
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(AuditEntry.action).where(AuditEntry.tenant_id == tenant_id)
        return list(session.scalars(mine.order_by(AuditEntry.sequence)))


def _membership(database: Database, tenant_id: int, person_id: UUID) -> Membership:
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(Membership).where(
            Membership.tenant_id == tenant_id, Membership.person_id == person_id
        )
        return session.scalars(mine).one()


def test_an_ended_role_may_be_given_again(database, city):
    person_id = city.person(Role.COUNCIL)
    mine = _membership(database, city.id, person_id)
    for _ in range(2):
        with database.unit_of_work(city.scope()) as session:
            end_membership(session, mine.id)
    assert audited(database, city.id) == ["membership.end"]
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        assert give_role(session, person_id=person_id, role=Role.COUNCIL) is True
        assert give_role(session, person_id=person_id, role=Role.COUNCIL) is False
        assert grants_of(session, person_id) == (Grant(city.id, Role.COUNCIL),)


def test_a_role_is_ended_only_by_who_could_give_it_and_never_ones_own(database, make_city):
    city, other = make_city(), make_city()
    admin = city.scope()
    expert = _membership(database, city.id, city.person(Role.EXPERT))
    council = _membership(database, city.id, city.person(Role.COUNCIL))
    own = _membership(database, city.id, admin.person_id)
    cases: list[tuple[Scope, UUID, type[DomainError]]] = [
        (admin, expert.id, RoleNotGrantable),
        (admin, own.id, OwnMembership),
        (admin, UUID(int=5), NotFound),
        (other.scope(), council.id, NotFound),
        (city.scope(Role.BAPPEDA), council.id, Forbidden),
    ]
    for scope, membership_id, refusal in cases:
        with pytest.raises(refusal), database.unit_of_work(scope) as session:
            end_membership(session, membership_id)
    for untouched in (expert, council, own):
        assert _membership(database, city.id, untouched.person_id).ended_at is None
    assert audited(database, city.id) == []
