"""A demo city as it stands before its year begins: registered, with units and people."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, tenant_of
from tenants.cities.models import City, Unit, UnitKind
from tenants.cities.registration import register_city
from tenants.cities.units import create_unit
from tenants.demo.cast import EXPERT, MINISTRY_ADMIN, Cast, Newcomer
from tenants.demo.files import DemoCity

BEFORE_UNITS = frozenset({Role.CITY_ADMIN, Role.BAPPEDA})


@dataclass(frozen=True)
class Settled:
    """A registered city: its tenant, and its units' ids by their short names."""

    tenant_id: int
    content: DemoCity
    units: dict[str, UUID]


def settle(cast: Cast, content: DemoCity) -> Settled:
    """Register the city, let its administrator add the units, and give everybody a role."""
    with cast.acting(MINISTRY_ADMIN, NATION) as session:
        tenant_id = _city(session, content)
    cast.enrol(tenant_id, [_expert(), *_staff(content, {})])
    with cast.acting(content.email("admin"), tenant_id) as session:
        units = _units(session, content)
    cast.enrol(tenant_id, _staff(content, units))
    return Settled(tenant_id, content, units)


def _city(session: Session, content: DemoCity) -> int:
    known = session.scalar(select(City.id).where(City.region_code == content.code))
    if known is not None:
        return known
    city = register_city(
        session,
        region_code=content.code,
        slug=content.facts["slug"],
        unit_label=content.facts["unit_label"],
        is_demo=True,
    )
    return city.id


def _units(session: Session, content: DemoCity) -> dict[str, UUID]:
    rows = select(Unit.short_name, Unit.id).where(Unit.tenant_id == tenant_of(session))
    known = dict(session.execute(rows).all())
    for row in content.units:
        name, short_name = row["name"], row["short_name"]
        if short_name not in known:
            unit = create_unit(
                session, name=name, short_name=short_name, kind=UnitKind(row["kind"])
            )
            known[short_name] = unit.id
    return known


def _expert() -> Newcomer:
    return Newcomer(EXPERT, "Tenaga Ahli", Role.EXPERT, language="en")


def _staff(content: DemoCity, units: dict[str, UUID]) -> list[Newcomer]:
    """Before there are units, the people of the whole city; with units, those of the units."""
    found = []
    for one in content.people:
        role = Role(one["role"])
        if (role in BEFORE_UNITS) == (not units):
            unit_id = units[one["unit"]] if units else None
            email = content.email(one["local_part"])
            found.append(Newcomer(email, one["display_name"], role, unit_id))
    return found
