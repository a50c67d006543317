"""Signed papers of participations, and who signed them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry
from sqlalchemy import FromClause, Select, exists, select

from graphql_schema.cities.lazy import LazyCity, LazyUnit
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from tenants.cities import models as rows


def _unsigned(paper: FromClause, asking: Asking) -> Select[Any]:
    """Departments that have not ended and whose head's signature does not stand."""
    unit = rows.Unit.__table__.alias()
    signed = rows.CommitmentSignature.__table__.alias()
    tenant_id = asking.tenant(paper.c.tenant_id)
    done = exists().where(
        signed.c.tenant_id == tenant_id,
        signed.c.commitment_id == paper.c.id,
        signed.c.unit_id == unit.c.id,
        signed.c.voided_at.is_(None),
    )
    # Two levels up stands the paper, which is not correlated by itself: any paper would do.
    done = done.correlate(unit, paper)
    active = (unit.c.tenant_id == tenant_id, unit.c.valid_to.is_(None))
    return select(unit).where(*active, ~done).order_by(unit.c.name)


@reads(rows.CommitmentSignature, "sig", description="A signature under a paper.")
class CommitmentSignature(Node):
    """A signature under a paper."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.CommitmentSignature.tenant_id, "City of the paper.")
    party: rows.SignatoryParty = column(rows.CommitmentSignature.party, "For whom it is.")
    unit: LazyUnit | None = one(
        "Unit", rows.CommitmentSignature.unit_id, "Department whose head signed."
    )
    name: str = column(rows.CommitmentSignature.name, "Name with academic titles.")
    position: str = column(rows.CommitmentSignature.position, "Office of the signatory.")
    signature: rows.SignatureKind = column(rows.CommitmentSignature.signature, "Kind of signature.")
    certificate_serial: str | None = column(
        rows.CommitmentSignature.certificate_serial, "Serial number of the certificate."
    )
    certificate_issuer: str | None = column(
        rows.CommitmentSignature.certificate_issuer, "Who issued the certificate."
    )
    signed_on: date = column(rows.CommitmentSignature.signed_on, "Day of signing.")
    voided_at: datetime | None = column(
        rows.CommitmentSignature.voided_at, "When an edit of the paper voided it; null: it counts."
    )


@reads(rows.Commitment, "com", description="A signed paper of a participation.")
class Commitment(Node):
    """A signed paper of a participation."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Commitment.tenant_id, "City that signed it.")
    kind: rows.CommitmentKind = column(rows.Commitment.kind, "Memorandum or commitment sheet.")
    number: str = column(rows.Commitment.number, "Number that the paper bears.")
    signed_on: date = column(rows.Commitment.signed_on, "Day of signing.")
    place: str | None = column(rows.Commitment.place, "Where it was signed.")
    parties: str = column(rows.Commitment.parties, "Who signed.")
    signature: rows.SignatureKind = column(rows.Commitment.signature, "Kind of signature.")
    source_url: str | None = column(rows.Commitment.source_url, "Where it can be read.")
    version: int = column(rows.Commitment.version, "Version for `expectedVersion`.")
    signatures: list[CommitmentSignature] = listed(
        "CommitmentSignature",
        rows_of(rows.CommitmentSignature, "commitment_id", "id"),
        "Who signed, in the order of entry; voided signatures stay as history.",
    )
    unsigned_units: list[LazyUnit] = listed(
        "Unit", _unsigned, "Departments of today whose heads have not signed."
    )
