"""Forming, renaming and dissolving the city's bodies."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked, unique
from kotacerdas.scope import tenant_of
from kotacerdas.values import line_value, refuse
from tenants.cities.dates import future_date
from tenants.cities.queries import city_of
from tenants.institutions.models import Institution, InstitutionKind
from tenants.institutions.texts import BODIES


class InstitutionStands(DomainError):
    """A city has one body of each kind at a time."""

    code = "INSTITUTION_STANDS"
    id = "{body_id} sudah ada. Catat keputusan perubahannya, atau bubarkan yang lama dahulu."
    en = "There is a {body_en} already. Record the decree that changes it, or dissolve it first."


class InstitutionDissolved(WrongState):
    """A body that was dissolved is history."""

    code = "INSTITUTION_DISSOLVED"
    id = "{name} sudah dibubarkan pada {valid_to}. Bentuk lembaga baru, lalu catat di sana."
    en = "{name} was dissolved on {valid_to}. Form a new body and record it there."


def form_institution(
    session: Session,
    *,
    kind: InstitutionKind,
    name: str,
    idempotency_key: str | None = None,
) -> Institution:
    """Enter a body; the decree that forms it is recorded as a regulation.

    Raises InstitutionStands, or Invalid for the name.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    title = line_value(name, path=("name",), required=True)
    request = {"do": "institution.form", "kind": kind, "name": title}

    def create() -> UUID:
        row = Institution(tenant_id=tenant_of(session), id=uuid7(), kind=kind, name=title)
        body_id, body_en = BODIES[kind]
        stands = InstitutionStands(path=("kind",), body_id=body_id, body_en=body_en)
        with unique(session, stands):
            session.add(row)
        after = {"kind": kind, "name": title}
        audit.record(session, "institution.form", "institution", row.id, after=after)
        return row.id

    return locked(session, Institution, once(session, idempotency_key, request, create))


def rename_institution(
    session: Session, institution_id: UUID, *, name: str, expected_version: int
) -> Institution:
    """Change a body's name.

    Raises NotFound, StaleVersion, InstitutionDissolved, or Invalid for the name.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    row = standing(session, institution_id, expected_version=expected_version)
    title = line_value(name, path=("name",), required=True)
    before, row.name = row.name, title
    audit.record(
        session,
        "institution.rename",
        "institution",
        row.id,
        before={"name": before},
        after={"name": title},
    )
    return row


def dissolve_institution(
    session: Session, institution_id: UUID, *, on: date, expected_version: int
) -> Institution:
    """End a body on a day; its members and decrees stay as history.

    Raises NotFound, StaleVersion, InstitutionDissolved, DateInFuture, or Invalid for a day before
    the body began.
    """
    require(session, Permission.INSTITUTION_MANAGE)
    row = standing(session, institution_id, expected_version=expected_version)
    refuse(future_date(city_of(session), on, path=("on",)))
    if row.valid_from is not None and on <= row.valid_from:
        raise Invalid(
            "on",
            f"harus sesudah {row.valid_from}, tanggal keputusan pembentukannya.",
            f"it must be after {row.valid_from}, the day of the decree that formed it.",
        )
    row.valid_to = on
    audit.record(session, "institution.dissolve", "institution", row.id, after={"valid_to": on})
    return row


def standing(
    session: Session, institution_id: UUID, *, expected_version: int | None = None
) -> Institution:
    """Return a body that was not dissolved, locked.

    Raises NotFound, StaleVersion or InstitutionDissolved.
    """
    row = locked(session, Institution, institution_id, expected_version=expected_version)
    if row.valid_to is not None:
        raise InstitutionDissolved(name=row.name, valid_to=row.valid_to)
    return row


def standing_bodies(session: Session) -> dict[InstitutionKind, Institution]:
    """Return the city's bodies that stand, by kind."""
    rows = select(Institution).where(
        Institution.tenant_id == tenant_of(session), Institution.valid_to.is_(None)
    )
    return {row.kind: row for row in session.scalars(rows)}
