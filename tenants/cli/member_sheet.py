"""A body's members as a CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.scope import Scope, tenant_of
from kotacerdas.values import collect, refuse
from tenants.cities.models import Unit
from tenants.cli.lines import Fault, Heading, Sheet, bring, day_meant, unit_meant
from tenants.cli.sheets import value_meant
from tenants.institutions.members import Seat, add_member
from tenants.institutions.models import Element, InstitutionMember, MemberPart
from tenants.institutions.texts import ELEMENTS

PARTS = {
    MemberPart.PATRON: ("pembina", "patron"),
    MemberPart.DIRECTOR: ("pengarah", "director"),
    MemberPart.CHAIR: ("ketua", "chair"),
    MemberPart.DEPUTY: ("wakil ketua", "deputy"),
    MemberPart.SECRETARY: ("sekretaris", "secretary"),
    MemberPart.COORDINATOR: ("koordinator", "coordinator"),
    MemberPart.MEMBER: ("anggota", "member"),
}
SHEET = Sheet(
    columns=(
        Heading("name", ("Nama", "Name")),
        Heading("position", ("Jabatan", "Position")),
        Heading("part", ("Kedudukan", "Part")),
        Heading("element", ("Unsur", "Element")),
        Heading("unit", ("Perangkat daerah", "Department")),
        Heading("joinedOn", ("Mulai", "Joined on")),
    ),
    needed=("name", "position", "part", "element"),
    path="members",
)


def bring_in(
    database: Database, scope: Scope, file: Path, body_id: UUID, dry_run: bool
) -> tuple[int, list[Fault]]:
    """Seat everybody of a file; return how many lines, and what is wrong at which."""

    def rule(session: Session, lines: list[Seat]) -> None:
        there = _seated(session, body_id)
        errors: list[DomainError] = []
        for place, seat in enumerate(lines):
            if " ".join(seat.get("name", "").casefold().split()) in there:
                continue  # the same file brought in twice has one effect
            try:
                with session.begin_nested():
                    add_member(session, body_id, **seat)
            except DomainErrors as several:
                errors += [_at(place, each) for each in several.errors]
            except DomainError as error:
                errors.append(_at(place, error))
        refuse(errors)

    return bring(database, scope, file, SHEET, reader=_reader, rule=rule, dry_run=dry_run)


def listed(session: Session, body_id: UUID) -> list[dict[str, Any]]:
    """Return everybody who has or had a seat, in the order of entry."""
    of = and_(Unit.tenant_id == InstitutionMember.tenant_id, Unit.id == InstitutionMember.unit_id)
    rows = (
        select(
            InstitutionMember.name,
            InstitutionMember.position,
            InstitutionMember.part,
            InstitutionMember.element,
            Unit.short_name.label("unit"),
            InstitutionMember.joined_on,
            InstitutionMember.left_on,
        )
        .outerjoin(Unit, of)
        .where(InstitutionMember.tenant_id == tenant_of(session))
        .where(InstitutionMember.institution_id == body_id)
        .order_by(InstitutionMember.id)
    )
    return [dict(row._mapping) for row in session.execute(rows)]


def _seated(session: Session, body_id: UUID) -> set[str]:
    rows = select(InstitutionMember.name).where(
        InstitutionMember.tenant_id == tenant_of(session),
        InstitutionMember.institution_id == body_id,
        InstitutionMember.left_on.is_(None),
    )
    return {" ".join(name.casefold().split()) for name in session.scalars(rows)}


def _at(place: int, error: DomainError) -> DomainError:
    error.path = (SHEET.path, str(place), *error.path)
    return error


def _reader(session: Session) -> Callable[[Mapping[str, str]], Seat]:
    unit = unit_meant(session)

    def read(row: Mapping[str, str]) -> Seat:
        word = row.get("unit", "")
        values = collect(
            {
                "part": lambda: value_meant(MemberPart, row["part"], "part", PARTS),
                "element": lambda: value_meant(Element, row["element"], "element", ELEMENTS),
                "unit_id": lambda: unit(word, "unit") if word.strip() else None,
                "joined_on": lambda: day_meant(row.get("joinedOn", ""), "joinedOn"),
            }
        )
        seat: Seat = {"name": row["name"], "position": row["position"]}
        seat.update(cast(Seat, values))
        return seat

    return read
