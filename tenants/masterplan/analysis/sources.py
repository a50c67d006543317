"""The documents that a city's statements cite."""

from __future__ import annotations

from typing import Any, TypedDict, Unpack
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import tenant_of
from kotacerdas.values import link_value, refuse
from tenants.masterplan.analysis.citations import year_faults
from tenants.masterplan.analysis.models import Citation, SourceDocument, SourceKind
from tenants.masterplan.analysis.texts import Text, cleaned

TEXTS = {
    "title": Text("title", required=True, one_line=True),
    "number": Text("number", one_line=True),
}


class SourceFields(TypedDict, total=False):
    """What a caller may set of a source document; a field left out keeps its value."""

    kind: SourceKind
    title: str
    number: str
    year: int | None
    link: str | None


class SourceCited(DomainError):
    """A document that statements still cite."""

    code = "SOURCE_CITED"
    id = (
        "Dokumen ini masih dirujuk {count} pernyataan. Ganti atau hapus rujukannya lebih dahulu,"
        " atau perbaiki data dokumennya."
    )
    en = (
        "{count} citations still name this document. Change or remove them first, or correct the"
        " document's own data."
    )


def create_source(
    session: Session, *, idempotency_key: str | None = None, **fields: Unpack[SourceFields]
) -> SourceDocument:
    """Add a document of the city that statements can cite."""
    require(session, Permission.MASTERPLAN_WRITE)
    request = {"do": "source_document.create", **fields}

    def create() -> UUID:
        clean = _checked({"title": "", "kind": SourceKind.OTHER, **fields})
        row = SourceDocument(tenant_id=tenant_of(session), id=uuid7(), **clean)
        session.add(row)
        session.flush()  # the key's row and the caller look it up
        audit.record(session, "source_document.create", "source_document", row.id, after=clean)
        return row.id

    return locked(session, SourceDocument, once(session, idempotency_key, request, create))


def update_source(
    session: Session, source_id: UUID, *, expected_version: int, **changes: Unpack[SourceFields]
) -> SourceDocument:
    """Correct a document's data; all that cite it follow."""
    require(session, Permission.MASTERPLAN_WRITE)
    row = locked(session, SourceDocument, source_id, expected_version=expected_version)
    clean = _checked(changes)
    before = {name: getattr(row, name) for name in clean}
    for name, value in clean.items():
        setattr(row, name, value)
    audit.record(
        session, "source_document.update", "source_document", row.id, before=before, after=clean
    )
    session.flush()  # the caller reads the new version
    return row


def delete_source(session: Session, source_id: UUID, *, expected_version: int) -> UUID:
    """Delete a document that nothing cites, else raise SourceCited; returns its id."""
    require(session, Permission.MASTERPLAN_WRITE)
    row = locked(session, SourceDocument, source_id, expected_version=expected_version)
    own = (Citation.tenant_id == row.tenant_id) & (Citation.source_document_id == row.id)
    count = session.scalar(select(func.count()).select_from(Citation).where(own)) or 0
    if count:
        raise SourceCited(path=("id",), count=count)
    before = {"title": row.title, "number": row.number, "year": row.year}
    session.delete(row)
    audit.record(session, "source_document.delete", "source_document", source_id, before=before)
    session.flush()  # a citation made meanwhile is met here
    return source_id


def _checked(fields: Any) -> dict[str, Any]:  # noqa: ANN401  (SourceFields, or a part of them)
    errors: list[DomainError] = []
    clean = cleaned(fields, TEXTS, errors)
    errors += year_faults(clean.get("year"), "year")
    if "link" in clean:
        try:
            clean["link"] = link_value(clean["link"], path=("link",))
        except DomainError as error:
            errors.append(error)
    refuse(errors)
    return clean
