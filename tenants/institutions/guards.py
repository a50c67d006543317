"""What the stages find missing among bodies and regulations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of
from tenants.cities.editions import edition_of
from tenants.cities.missing import Missing
from tenants.cities.models import Participation
from tenants.editions.rules import rules_of
from tenants.institutions.bodies import standing_bodies
from tenants.institutions.models import (
    Institution,
    InstitutionKind,
    InstitutionMember,
    MemberPart,
    Regulation,
    RegulationSubject,
)
from tenants.institutions.texts import BODIES, ELEMENTS

VOICES = (InstitutionKind.COUNCIL, InstitutionKind.FORUM)
"""Bodies whose members together must stand for every element of the guide."""


class InstitutionMissing(DomainError):
    """The city has not formed the body."""

    code = "INSTITUTION_MISSING"
    id = "{body_id} belum dibentuk. Catat lembaga itu beserta keputusannya."
    en = "The {body_en} is not formed. Enter that body and its decree."


class DecreeMissing(DomainError):
    """A body stands on a decree of the head of the region."""

    code = "DECREE_MISSING"
    id = "{body_id} belum punya surat keputusan. Catat nomor dan tanggal keputusannya."
    en = "The {body_en} has no decree. Record the number and the day of its decree."


class ChairMissing(DomainError):
    """A body needs somebody to lead it."""

    code = "CHAIR_MISSING"
    id = "{body_id} belum punya ketua. Tambahkan ketuanya."
    en = "The {body_en} has no chair. Add its chair."


class MembersMissing(DomainError):
    """A body needs more than its chair."""

    code = "MEMBERS_MISSING"
    id = "{body_id} belum punya anggota selain ketuanya. Tambahkan anggotanya."
    en = "The {body_en} has no members beside its chair. Add them."


class ElementsMissing(DomainError):
    """Council and forum speak for all of society."""

    code = "ELEMENTS_MISSING"
    id = "Dewan dan Forum belum diwakili unsur {elements_id}. Tambahkan anggota dari unsur itu."
    en = "Council and forum have nobody for: {elements_en}. Add members who stand for these."


class RegulationMissing(DomainError):
    """A masterplan is adopted by a legal text."""

    code = "REGULATION_MISSING"
    id = "Peraturan yang menetapkan masterplan belum dicatat. Catat nomor dan tanggalnya."
    en = "The regulation that adopts the masterplan is not recorded. Record its number and day."


def missing_institutions(session: Session, row: Participation) -> list[Missing]:
    """Name what the guide's bodies lack: decree, chair, members, and the elements of society."""
    rule = rules_of(edition_of(session, row.id)).institutions
    bodies = standing_bodies(session)
    members = _members(session)
    errors = [error for kind in rule.bodies for error in _of_body(session, kind, bodies, members)]
    heard = {member.element for member in members if _kind(bodies, member) in VOICES}
    silent = [element for element in rule.elements if element not in heard]
    if silent:
        errors.append(
            ElementsMissing(
                path=("to",),
                elements_id=", ".join(ELEMENTS[element][0] for element in silent),
                elements_en=", ".join(ELEMENTS[element][1] for element in silent),
            )
        )
    return [Missing(error, Role.CITY_ADMIN) for error in errors]


def missing_regulation(session: Session, row: Participation) -> list[Missing]:
    """Name the regulation that adopts the masterplan, unless it is recorded."""
    adopts = exists().where(
        Regulation.tenant_id == row.tenant_id,
        Regulation.participation_id == row.id,
        Regulation.subject == RegulationSubject.MASTERPLAN,
    )
    if session.scalar(select(adopts)):
        return []
    return [Missing(RegulationMissing(path=("to",)), Role.CITY_ADMIN)]


def _of_body(
    session: Session,
    kind: InstitutionKind,
    bodies: dict[InstitutionKind, Institution],
    members: list[InstitutionMember],
) -> Iterator[DomainError]:
    body_id, body_en = BODIES[kind]
    names: dict[str, Any] = {"path": ("to",), "body_id": body_id, "body_en": body_en}
    body = bodies.get(kind)
    if body is None:
        yield InstitutionMissing(**names)
        return
    if not _decreed(session, body):
        yield DecreeMissing(**names)
    parts = [member.part for member in members if member.institution_id == body.id]
    if MemberPart.CHAIR not in parts:
        yield ChairMissing(**names)
    if all(part is MemberPart.CHAIR for part in parts):
        yield MembersMissing(**names)


def _decreed(session: Session, body: Institution) -> bool:
    decree = exists().where(
        Regulation.tenant_id == body.tenant_id, Regulation.institution_id == body.id
    )
    return bool(session.scalar(select(decree)))


def _members(session: Session) -> list[InstitutionMember]:
    rows = select(InstitutionMember).where(
        InstitutionMember.tenant_id == tenant_of(session), InstitutionMember.left_on.is_(None)
    )
    return list(session.scalars(rows))


def _kind(
    bodies: dict[InstitutionKind, Institution], member: InstitutionMember
) -> InstitutionKind | None:
    kinds = {body.id: kind for kind, body in bodies.items()}
    return kinds.get(member.institution_id)
