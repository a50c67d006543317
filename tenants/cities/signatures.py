"""Who signed a paper, and what an edit after signing does to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import line_value, refusals, refuse
from tenants.cities.commitments import open_participation
from tenants.cities.dates import future_date
from tenants.cities.models import (
    Commitment,
    CommitmentSignature,
    SignatoryParty,
    SignatureKind,
)
from tenants.cities.queries import city_of
from tenants.cities.units import refuse_ended, unit_of

MOST = 200
"""Signatures of one call: more than any city has departments."""


class SignatureRecorded(DomainError):
    """A department's head, or the head of the region, signs a paper once."""

    code = "SIGNATURE_RECORDED"
    id = "{name} sudah menandatangani dokumen ini untuk pihak itu. Hapus baris ini."
    en = "{name} has signed this paper for that party already. Remove this line."


class CertificateMissing(DomainError):
    """A certified electronic signature names its certificate."""

    code = "CERTIFICATE_MISSING"
    id = "Tanda tangan elektronik memerlukan nomor seri dan penerbit sertifikat. Isi keduanya."
    en = "An electronic signature needs its certificate's serial number and issuer. Fill in both."


@dataclass(frozen=True)
class Signatory:
    """Somebody's signature as it is entered; without a day of its own it bears the paper's."""

    party: SignatoryParty
    name: str
    position: str
    signature: SignatureKind = SignatureKind.WET
    unit_id: UUID | None = None
    signed_on: date | None = None
    certificate_serial: str | None = None
    certificate_issuer: str | None = None


def sign(
    session: Session,
    commitment_id: UUID,
    *,
    signatories: Sequence[Signatory],
    expected_version: int,
) -> Commitment:
    """Record who signed a paper; all faults of all lines are raised together.

    Raises NotFound, StaleVersion, ParticipationClosed, and for each line SignatureRecorded,
    CertificateMissing, UnitEnded, DateInFuture or Invalid.
    """
    require(session, Permission.PARTICIPATION_ADVANCE)
    paper = locked(session, Commitment, commitment_id, expected_version=expected_version)
    open_participation(session, paper.participation_id)
    _refuse_count(signatories)
    taken = {_place(row): row.name for row in standing(session, paper.id)}
    errors: list[DomainError] = []
    for index, line in enumerate(signatories):
        errors += _faults(session, line, ("signatories", str(index)), taken)
        taken.setdefault((line.party, line.unit_id), line.name)
    refuse(errors)
    for line in signatories:
        session.add(_row(paper, line))
    paper.updated_at = datetime.now(UTC)  # so that the paper's version rises with its signatures
    after = {"signed": [f"{line.party}: {line.name}" for line in signatories]}
    audit.record(session, "commitment.sign", "commitment", paper.id, after=after)
    return paper


def standing(session: Session, commitment_id: UUID) -> list[CommitmentSignature]:
    """Return the signatures that no later edit has voided."""
    rows = select(CommitmentSignature).where(
        CommitmentSignature.tenant_id == tenant_of(session),
        CommitmentSignature.commitment_id == commitment_id,
        CommitmentSignature.voided_at.is_(None),
    )
    return list(session.scalars(rows))


def _refuse_count(signatories: Sequence[Signatory]) -> None:
    if not 1 <= len(signatories) <= MOST:
        raise Invalid(
            "signatories",
            f"isi 1 sampai {MOST} tanda tangan sekaligus.",
            f"send 1 to {MOST} signatures at once.",
        )


def _place(row: CommitmentSignature) -> tuple[SignatoryParty, UUID | None]:
    return row.party, row.unit_id


def _faults(
    session: Session,
    line: Signatory,
    path: tuple[str, ...],
    taken: dict[tuple[SignatoryParty, UUID | None], str],
) -> list[DomainError]:
    errors: list[DomainError] = []
    for field, value in (("name", line.name), ("position", line.position)):
        errors += refusals(lambda: line_value(value, path=(*path, field), required=True))  # noqa: B023  (called at once)
    errors += refusals(lambda: _refuse_unit(session, line, (*path, "unitId")))
    if line.signed_on is not None:
        errors += future_date(city_of(session), line.signed_on, path=(*path, "signedOn"))
    if line.signature is SignatureKind.ELECTRONIC and not (
        line.certificate_serial and line.certificate_issuer
    ):
        errors.append(CertificateMissing(path=(*path, "certificateSerial")))
    for field, given in (
        ("certificateSerial", line.certificate_serial),
        ("certificateIssuer", line.certificate_issuer),
    ):
        errors += refusals(lambda: line_value(given or "", path=(*path, field)))  # noqa: B023  (called at once)
    if line.party is not SignatoryParty.OTHER and (line.party, line.unit_id) in taken:
        name = taken[line.party, line.unit_id]
        errors.append(SignatureRecorded(path=path, name=name))
    return errors


def _refuse_unit(session: Session, line: Signatory, path: tuple[str, ...]) -> None:
    """A head of department signs for one; nobody else does."""
    if line.party is not SignatoryParty.UNIT_HEAD and line.unit_id is not None:
        raise Invalid(
            "unitId",
            "kosongkan; hanya kepala perangkat daerah menandatangani untuk perangkat daerah.",
            "leave it out; only a head of department signs for a department.",
            path=path,
        )
    if line.party is SignatoryParty.UNIT_HEAD:
        if line.unit_id is None:
            raise Invalid(
                "unitId",
                "sebutkan perangkat daerahnya.",
                "name the department.",
                path=path,
            )
        refuse_ended(unit_of(session, line.unit_id, path=path), path=path)


def _row(paper: Commitment, line: Signatory) -> CommitmentSignature:
    return CommitmentSignature(
        tenant_id=paper.tenant_id,
        id=uuid7(),
        commitment_id=paper.id,
        party=line.party,
        unit_id=line.unit_id,
        name=line_value(line.name, path=("name",)),
        position=line_value(line.position, path=("position",)),
        signature=line.signature,
        certificate_serial=line.certificate_serial or None,
        certificate_issuer=line.certificate_issuer or None,
        signed_on=line.signed_on or paper.signed_on,
    )
