"""What the commitment sheet still lacks: the paper, its head's signature, each department's."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from kotacerdas.scope import tenant_of
from tenants.cities.commitments import missing_sheet, paper_of
from tenants.cities.missing import Missing
from tenants.cities.models import CommitmentKind, Participation, SignatoryParty, Unit
from tenants.cities.queries import is_kota
from tenants.cities.signatures import standing


class HeadUnsigned(DomainError):
    """The head of the region signs the commitment sheet."""

    code = "SHEET_UNSIGNED_BY_HEAD"
    id = "{head_id} belum menandatangani lembar komitmen. Catat tanda tangannya."
    en = "The {head_en} has not signed the commitment sheet. Record the signature."


class UnitUnsigned(DomainError):
    """The head of every department signs the commitment sheet."""

    code = "SHEET_UNSIGNED_BY_UNIT"
    id = "Kepala {unit} belum menandatangani lembar komitmen. Catat tanda tangannya."
    en = "The head of {unit} has not signed the commitment sheet. Record the signature."


def missing_signatures(session: Session, row: Participation) -> list[Missing]:
    """Name the commitment sheet, or who has not signed it: the head, and each department's head."""
    sheet = paper_of(session, row.id, CommitmentKind.COMMITMENT_SHEET)
    if sheet is None:
        return missing_sheet(session, row)
    signed = standing(session, sheet.id)
    missing: list[Missing] = []
    if all(each.party is not SignatoryParty.REGION_HEAD for each in signed):
        head_id, head_en = ("Wali Kota", "mayor") if is_kota(session) else ("Bupati", "regent")
        head = HeadUnsigned(path=("to",), head_id=head_id, head_en=head_en)
        missing.append(Missing(head, Role.CITY_ADMIN))
    done = {each.unit_id for each in signed}
    return missing + [
        Missing(UnitUnsigned(path=("to",), unit=unit.name), Role.UNIT_HEAD, unit.id)
        for unit in _active_units(session)
        if unit.id not in done
    ]


def _active_units(session: Session) -> list[Unit]:
    rows = select(Unit).where(Unit.tenant_id == tenant_of(session), Unit.valid_to.is_(None))
    return list(session.scalars(rows.order_by(Unit.name)))
