"""Whose task a section is, and who may write it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, Forbidden, NotFound
from kotacerdas.identity.policy import UNIT_ROLES, Permission, Role, permitted, require
from kotacerdas.identity.queries import members_with
from kotacerdas.identity.role_names import ROLE_NAMES
from kotacerdas.scope import scope_of, tenant_of
from tenants.cities.models import Unit
from tenants.cities.units import refuse_ended
from tenants.masterplan.books.models import Chapter, Section

OWNING_ROLES = frozenset({Role.BAPPEDA, Role.CITY_ADMIN})
"""Roles that a section can be given to; other people write for their units."""

USUAL = Role.BAPPEDA
"""Whoever writes the plan owns what has no other owner."""


class OwnerUnfit(DomainError):
    """A section is given to one unit, or to one of the roles that write the plan."""

    code = "SECTION_OWNER_UNFIT"
    id = "Pilih satu pemilik: satu perangkat daerah, atau peran Bappeda atau admin daerah."
    en = "Choose one owner: one unit, or the role of Bappeda or of the city's administrator."


class SectionNotYours(Forbidden):
    """The actor writes for a unit that the section was not given to."""

    code = "SECTION_NOT_YOURS"
    id = "Subbab ini tugas {owner_id}. Minta Bappeda menugaskannya kepada perangkat daerah Anda."
    en = "This section is a task of {owner_en}. Ask Bappeda to give it to your unit."


@dataclass(frozen=True)
class Owner:
    """A unit, or everybody with a role."""

    role: Role | None
    unit_id: UUID | None = None


def owner_of(section: Section, chapter: Chapter) -> Owner:
    """Return the section's owner: its own, else its chapter's, else Bappeda."""
    for row in (section, chapter):
        if row.owner_unit_id or row.owner_role:
            return Owner(row.owner_role, row.owner_unit_id)
    return Owner(USUAL)


def checked_owner(session: Session, owner: Owner, *, path: tuple[str, ...] = ()) -> Owner:
    """Return the owner if a section can be given to it.

    Raises OwnerUnfit, NotFound for a unit of another city, UnitEnded.
    """
    if (owner.role is None) is (owner.unit_id is None):
        raise OwnerUnfit(path=(*path, "ownerRole"))
    if owner.role is not None and owner.role not in OWNING_ROLES:
        raise OwnerUnfit(path=(*path, "ownerRole"))
    if owner.unit_id is not None:
        unit = session.get(Unit, (tenant_of(session), owner.unit_id))
        if unit is None:
            raise NotFound(path=(*path, "ownerUnitId"))
        refuse_ended(unit, path=(*path, "ownerUnitId"))
    return owner


def require_writer(session: Session, section: Section, chapter: Chapter) -> None:
    """Refuse with Forbidden or SectionNotYours whoever may not write the section."""
    require(session, Permission.SECTION_WRITE)
    owner, scope = owner_of(section, chapter), scope_of(session)
    nobodys = UUID(int=0)  # no unit has it: whoever is bound to one writes nothing here
    if not permitted(scope, Permission.SECTION_WRITE, unit_id=owner.unit_id or nobodys):
        name_id, name_en = names_of(session, owner)
        raise SectionNotYours(
            permission=Permission.SECTION_WRITE.value, owner_id=name_id, owner_en=name_en
        )


def names_of(session: Session, owner: Owner) -> tuple[str, str]:
    """Return what the owner is called in Indonesian and in English."""
    if owner.unit_id is None:
        name = ROLE_NAMES[owner.role or USUAL]
        return name.id, name.en
    unit = session.get_one(Unit, (tenant_of(session), owner.unit_id))
    return unit.name, unit.name


def people_of(session: Session, owner: Owner) -> list[UUID]:
    """Return everybody whose task it is."""
    if owner.unit_id is None:
        return members_with(session, [owner.role or USUAL])
    return members_with(session, UNIT_ROLES, owner.unit_id)
