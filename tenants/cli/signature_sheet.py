"""Signatures under a paper as a CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.scope import Scope, tenant_of
from kotacerdas.values import collect
from tenants.cities.models import Commitment, SignatoryParty, SignatureKind
from tenants.cities.signatures import Signatory, sign
from tenants.cli.lines import Fault, Heading, Sheet, bring, day_meant, unit_meant
from tenants.cli.sheets import value_meant

PARTIES = {
    SignatoryParty.REGION_HEAD: ("kepala daerah", "head of region"),
    SignatoryParty.DEPUTY_HEAD: ("wakil kepala daerah", "deputy head of region"),
    SignatoryParty.LEGISLATURE: ("DPRD", "legislature"),
    SignatoryParty.MINISTRY: ("kementerian", "ministry"),
    SignatoryParty.UNIT_HEAD: ("kepala perangkat daerah", "head of department"),
    SignatoryParty.OTHER: ("lainnya", "other"),
}
SIGNATURES = {
    SignatureKind.WET: ("basah", "wet ink"),
    SignatureKind.SCANNED: ("pindaian", "scanned"),
    SignatureKind.ELECTRONIC: ("TTE", "electronic"),
}
SHEET = Sheet(
    columns=(
        Heading("party", ("Pihak", "Party")),
        Heading("name", ("Nama", "Name")),
        Heading("position", ("Jabatan", "Position")),
        Heading("unit", ("Perangkat daerah", "Department")),
        Heading("signature", ("Tanda tangan", "Signature")),
        Heading("signedOn", ("Tanggal", "Signed on")),
        Heading("certificateSerial", ("Nomor seri sertifikat", "Certificate serial")),
        Heading("certificateIssuer", ("Penerbit sertifikat", "Certificate issuer")),
    ),
    needed=("party", "name", "position"),
    path="signatories",
)


def bring_in(
    database: Database, scope: Scope, file: Path, paper_id: UUID, dry_run: bool
) -> tuple[int, list[Fault]]:
    """Record the signatures of a file; return how many lines, and what is wrong at which."""

    def rule(session: Session, lines: list[Signatory]) -> object:
        paper = session.get_one(Commitment, (tenant_of(session), paper_id))
        return sign(session, paper.id, signatories=lines, expected_version=paper.version)

    return bring(database, scope, file, SHEET, reader=_reader, rule=rule, dry_run=dry_run)


def _reader(session: Session) -> Callable[[Mapping[str, str]], Signatory]:
    unit = unit_meant(session)

    def read(row: Mapping[str, str]) -> Signatory:
        word = row.get("unit", "")
        values = collect(
            {
                "party": lambda: value_meant(SignatoryParty, row["party"], "party", PARTIES),
                "signature": lambda: _signature(row.get("signature", "")),
                "unit_id": lambda: unit(word, "unit") if word.strip() else None,
                "signed_on": lambda: day_meant(row.get("signedOn", ""), "signedOn"),
            }
        )
        return Signatory(
            name=row["name"],
            position=row["position"],
            certificate_serial=row.get("certificateSerial") or None,
            certificate_issuer=row.get("certificateIssuer") or None,
            **values,
        )

    return read


def _signature(text: str) -> SignatureKind:
    if not text.strip():
        return SignatureKind.WET
    return value_meant(SignatureKind, text, "signature", SIGNATURES)
