"""The people of a demo city: offices instead of names, one account and one role each."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from kotacerdas.identity.models import Account, Membership, Person
from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.demo.national import words
from tenants.demo.national.rows import Rows

EXPERTS = 24
DOMAIN = "demo"
UNITS = (7, 9)
"""Fewest and most departments of a city: about 1,500 in all."""


@dataclass(frozen=True)
class Office:
    """A department with its head and its operator."""

    id: UUID
    name: str
    head: UUID
    operator: UUID


@dataclass(frozen=True)
class Staff:
    """Who acts in a city."""

    admin: UUID
    planner: UUID
    offices: tuple[Office, ...]


def enrol_experts(rows: Rows, password_hash: str) -> list[UUID]:
    """Add the experts of all cities; their roles follow with their assignments."""
    return [
        _person(
            rows,
            f"Tenaga Ahli {number} (demo)",
            f"ahli-{number:02}@kementerian.demo",
            password_hash,
        )
        for number in range(1, EXPERTS + 1)
    ]


def staff(rows: Rows, city: str, slug: str, password_hash: str) -> Staff:
    """Add a city's departments and people."""

    def person(office: str, local_part: str, role: Role, unit_id: UUID | None = None) -> UUID:
        email = f"{local_part}@{slug}.{DOMAIN}"
        person_id = _person(rows, f"{office}, {city} (demo)", email, password_hash)
        give_role(rows, person_id, role, unit_id)
        return person_id

    admin = person("Admin", "admin", Role.CITY_ADMIN)
    planner = person("Perencana Bappeda", "bappeda", Role.BAPPEDA)
    person("Kepala daerah", "kepala", Role.REGION_HEAD)
    random = rows.random("units")
    standing, others = words.OFFICES[:2], words.OFFICES[2:]
    chosen = (*standing, *random.sample(others, random.randint(*UNITS) - len(standing)))
    offices = []
    for short_name, name, kind in chosen:
        facts = {"name": name, "short_name": short_name, "kind": kind}
        unit_id, local = rows.new(Unit, **facts), short_name.lower()
        head = person(f"Kepala {name}", f"kepala.{local}", Role.UNIT_HEAD, unit_id)
        operator = person(f"Operator {name}", f"operator.{local}", Role.UNIT_OPERATOR, unit_id)
        offices.append(Office(unit_id, name, head, operator))
    return Staff(admin, planner, tuple(offices))


def give_role(rows: Rows, person_id: UUID, role: Role, unit_id: UUID | None = None) -> None:
    """Add a role in the city."""
    rows.new(Membership, person_id=person_id, role=role, unit_id=unit_id)


def _person(rows: Rows, name: str, email: str, password_hash: str) -> UUID:
    person_id = rows.new(Person, name=name)
    facts = {"email": email, "language": "id", "password_hash": password_hash, "active": True}
    rows.add(Account, person_id=person_id, **facts)
    return person_id
