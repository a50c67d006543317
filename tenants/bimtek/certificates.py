"""Certificates of attendance: who has earned one, and the numbers given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import line_value, refuse
from tenants.bimtek.attendance import name_key
from tenants.bimtek.models import Attendance, Certificate, Presence, Workshop, WorkshopState
from tenants.cities.dates import future_date
from tenants.cities.editions import edition_of
from tenants.cities.models import Participation, Unit
from tenants.cities.queries import city_of
from tenants.editions.rules import rules_of


class CertificateUnearned(DomainError):
    """A certificate says that somebody was there."""

    code = "CERTIFICATE_UNEARNED"
    id = (
        "{name} hadir pada {attended} dari {held} sesi; sertifikat memerlukan {least}."
        " Periksa daftar hadirnya bila keliru."
    )
    en = (
        "{name} attended {attended} of {held} sessions; a certificate needs {least}."
        " Check the lists of attendance if that is wrong."
    )


class CertificateTaken(DomainError):
    """A number is given once, and a person has one certificate of a participation."""

    code = "CERTIFICATE_TAKEN"
    id = "Nomor {number} sudah dipakai, atau {name} sudah bersertifikat. Periksa daftarnya."
    en = "The number {number} is used, or {name} has a certificate already. Check the list."


@dataclass(frozen=True)
class Candidate:
    """Somebody's attendance over a participation's held sessions."""

    unit_id: UUID
    name: str
    attended: int
    held: int
    least: int

    @property
    def eligible(self) -> bool:
        """Whether a certificate may be given."""
        return self.attended >= self.least


def least_of(held: int, percent: int) -> int:
    """How many of the held sessions must have been attended; at least one."""
    return max(1, ceil(held * percent / 100))


def candidates(session: Session, participation_id: UUID) -> list[Candidate]:
    """Return everybody who was present at a held session, by department and name."""
    require(session, Permission.CITY_READ)
    return _candidates(session, participation_id)


def _candidates(session: Session, participation_id: UUID) -> list[Candidate]:
    held = _held(session, participation_id)
    least = _least(session, participation_id, len(held))
    rows = (
        select(Attendance.unit_id, func.max(Attendance.name), func.count())
        .where(
            Attendance.tenant_id == tenant_of(session),
            Attendance.workshop_id.in_(held),
            Attendance.presence == Presence.PRESENT,
        )
        .group_by(Attendance.unit_id, Attendance.name_key)
        .order_by(Attendance.unit_id, Attendance.name_key)
    )
    return [Candidate(*row, held=len(held), least=least) for row in session.execute(rows).all()]


def issue(
    session: Session,
    participation_id: UUID,
    *,
    unit_id: UUID,
    name: str,
    number: str,
    issued_on: date,
    idempotency_key: str | None = None,
) -> Certificate:
    """Give somebody who has earned it a certificate with a number.

    Raises NotFound, CertificateUnearned, CertificateTaken, DateInFuture, or Invalid for a text.
    """
    require(session, Permission.WORKSHOP_MANAGE)
    who = line_value(name, path=("name",), required=True)
    given = line_value(number, path=("number",), required=True)
    facts = {"unit_id": unit_id, "name": who, "number": given, "issued_on": issued_on}
    request = {"do": "certificate.issue", "of": participation_id, **facts}

    def create() -> UUID:
        participation = locked(session, Participation, participation_id)
        # Read and not locked: the ministry's door may not write units.
        if session.get(Unit, (participation.tenant_id, unit_id)) is None:
            raise NotFound(path=("unitId",))
        refuse(future_date(city_of(session), issued_on, path=("issuedOn",)))
        row = Certificate(
            tenant_id=tenant_of(session),
            id=uuid7(),
            participation_id=participation.id,
            name_key=name_key(who),
            sessions_attended=_earned(session, participation.id, unit_id, who),
            **facts,
        )
        with unique(session, CertificateTaken(path=("number",), number=given, name=who)):
            session.add(row)
        audit.record(session, "certificate.issue", "workshop_certificate", row.id, after=facts)
        return row.id

    return locked(session, Certificate, once(session, idempotency_key, request, create))


def _earned(session: Session, participation_id: UUID, unit_id: UUID, name: str) -> int:
    """Return how many sessions somebody attended; raises CertificateUnearned for too few."""
    wanted = unit_id, name_key(name)
    attended = next(
        (
            each.attended
            for each in _candidates(session, participation_id)
            if (each.unit_id, name_key(each.name)) == wanted
        ),
        0,
    )
    held = len(_held(session, participation_id))
    least = _least(session, participation_id, held)
    if attended < least:
        raise CertificateUnearned(
            path=("name",), name=name, attended=attended, held=held, least=least
        )
    return attended


def _least(session: Session, participation_id: UUID, held: int) -> int:
    rule = rules_of(edition_of(session, participation_id)).certificates
    return least_of(held, rule.attendance_percent)


def _held(session: Session, participation_id: UUID) -> list[UUID]:
    rows = select(Workshop.id).where(
        Workshop.tenant_id == tenant_of(session),
        Workshop.participation_id == participation_id,
        Workshop.state == WorkshopState.HELD,
    )
    return list(session.scalars(rows))
