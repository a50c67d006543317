"""Memberships: who holds which role in a tenant."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import column, select, table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit, changes
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.identity import policy
from kotacerdas.identity.models import Membership
from kotacerdas.identity.policy import NATIONAL_ROLES, UNIT_ROLES, Grant, Permission, Role
from kotacerdas.identity.role_names import ROLE_NAMES
from kotacerdas.scope import NATION, scope_of, tenant_of

# The foundation knows of units only that they are there: the table belongs to `tenants.cities`.
UNIT = table("unit", column("tenant_id"), column("id"), column("valid_to"))


class RoleNotGrantable(DomainError):
    """The actor's roles do not let them give or end this one."""

    code = "ROLE_NOT_GRANTABLE"
    id = "Anda tidak dapat memberi atau mencabut peran {role_id}. Minta admin yang berwenang."
    en = "You cannot give or end the role {role_en}. Ask an administrator who may."

    def __init__(self, role: Role, *, path: tuple[str, ...] = ()) -> None:
        name = ROLE_NAMES[role]
        super().__init__(path=path, role_id=name.id, role_en=name.en)


class OwnMembership(DomainError):
    """Ending one's own role could leave a city without an administrator."""

    code = "OWN_MEMBERSHIP"
    id = "Peran sendiri tidak dapat dicabut. Minta admin lain melakukannya."
    en = "You cannot end your own role. Ask another administrator to do it."


def end_membership(
    session: Session, membership_id: UUID, *, now: datetime | None = None
) -> Membership:
    """End a role; from the next request on its holder has it no more.

    Raises NotFound, RoleNotGrantable or OwnMembership; a role that has ended stays as it is.
    """
    policy.require(session, Permission.MEMBER_MANAGE)
    membership = session.get(Membership, (tenant_of(session), membership_id), with_for_update=True)
    if membership is None:
        raise NotFound
    if membership.role not in policy.grantable(scope_of(session)):
        raise RoleNotGrantable(membership.role)
    if membership.person_id == scope_of(session).person_id:
        raise OwnMembership
    if membership.ended_at is None:
        membership.ended_at = now or datetime.now(UTC)
        facts = {"person_id": membership.person_id, "role": membership.role}
        audit.record(session, "membership.end", "membership", membership_id, before=facts)
    return membership


def give_role(
    session: Session, *, person_id: UUID, role: Role, unit_id: UUID | None = None
) -> bool:
    """Give a role in the session's tenant; returns False where the person holds it already.

    It asks no permission: an accepted invitation or the operator's console stands behind it.
    """
    check_role(tenant_of(session), role, unit_id)
    membership_id = uuid7()
    new = insert(Membership).values(
        tenant_id=tenant_of(session),
        id=membership_id,
        person_id=person_id,
        role=role,
        unit_id=unit_id,
    )
    written = session.scalar(new.on_conflict_do_nothing().returning(Membership.id))
    if written is not None:
        changes.record(session, Membership, person_id)
        facts = {"person_id": person_id, "role": role, "unit_id": unit_id}
        audit.record(session, "membership.give", "membership", membership_id, after=facts)
    return written is not None


def grants_of(session: Session, person_id: UUID) -> tuple[Grant, ...]:
    """Return a person's current roles in every tenant. For IDENTITY's door."""
    current = select(Membership.tenant_id, Membership.role, Membership.unit_id).where(
        Membership.person_id == person_id, Membership.ended_at.is_(None)
    )
    return tuple(Grant(*row) for row in session.execute(current))


def check_role(tenant_id: int, role: Role, unit_id: UUID | None) -> None:
    """Refuse a national role in a city and the reverse, and a unit where none belongs, or none."""
    if (role in NATIONAL_ROLES) != (tenant_id == NATION):
        raise Invalid(
            "role",
            "peran nasional hanya di kementerian, peran kota hanya di kota. Pilih yang sesuai.",
            "national roles belong to the ministry, city roles to a city. Choose a fitting one.",
        )
    if role in UNIT_ROLES and unit_id is None:
        raise Invalid(
            "unitId",
            "peran ini terikat pada satu perangkat daerah. Pilih perangkat daerahnya.",
            "this role is bound to one unit. Choose the unit.",
        )
    if role not in UNIT_ROLES and unit_id is not None:
        raise Invalid(
            "unitId",
            "peran ini tidak terikat pada perangkat daerah. Kosongkan.",
            "this role is bound to no unit. Leave it empty.",
        )


def check_unit(session: Session, unit_id: UUID | None) -> None:
    """Refuse a unit that is not there in the session's tenant (NotFound) or has ended (Invalid)."""
    if unit_id is None:
        return
    mine = (UNIT.c.tenant_id == tenant_of(session)) & (UNIT.c.id == unit_id)
    found = session.execute(select(UNIT.c.valid_to).where(mine)).first()
    if found is None:
        raise NotFound(path=("unitId",))
    if found.valid_to is not None:
        raise Invalid(
            "unitId",
            "perangkat daerah ini sudah berakhir. Pilih yang menggantikannya.",
            "this unit has ended. Choose the one that took over.",
        )
