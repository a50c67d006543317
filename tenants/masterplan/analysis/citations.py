"""What statements rest on: a document's page, or an indicator's value in a year."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.scope import tenant_of
from tenants.masterplan.analysis.models import Citation, SourceDocument, StatementKind
from tenants.masterplan.analysis.texts import Text, cleaned

MOST = 20
YEARS = range(1945, 2101)
TEXTS = {
    "page": Text("page", one_line=True),
    "indicator": Text("indicator", one_line=True),
    "value": Text("value", one_line=True),
}


@dataclass(frozen=True)
class CitationLine:
    """A page of a document, or an indicator by name with its value and year."""

    source_document_id: UUID | None = None
    page: str = ""
    indicator: str = ""
    value: str = ""
    year: int | None = None


class CitationAmbiguous(DomainError):
    """A citation that names neither a document nor an indicator, or both."""

    code = "CITATION_AMBIGUOUS"
    id = (
        "Rujukan harus menyebut satu dokumen sumber beserta halamannya, atau satu indikator beserta"
        " nilai dan tahunnya. Pilih salah satu; untuk keduanya buat dua rujukan."
    )
    en = (
        "A citation names one source document with its page, or one indicator with its value and"
        " year. Choose one of them; for both, make two citations."
    )


class TooManyCitations(DomainError):
    """More citations than a reader would follow."""

    code = "TOO_MANY_CITATIONS"
    id = "Paling banyak {most} rujukan untuk satu pernyataan. Hapus yang kurang penting."
    en = "At most {most} citations for one statement. Keep the most important ones."


def checked(
    session: Session,
    lines: Sequence[CitationLine],
    errors: list[DomainError],
    *path: str,
) -> list[CitationLine]:
    """Return the citations with clean texts; faults go to `errors`, below `path`."""
    where = path or ("citations",)
    if len(lines) > MOST:
        errors.append(TooManyCitations(path=where, most=MOST))
        return []
    known = _known(session, {line.source_document_id for line in lines})
    clean = []
    for place, line in enumerate(lines):
        faults: list[DomainError] = []
        clean.append(_line(line, known, faults))
        for fault in faults:
            fault.path = (*where, str(place), *fault.path)
        errors += faults
    return clean


def cite(
    session: Session,
    masterplan_id: UUID,
    about: StatementKind,
    statement_id: UUID,
    lines: Sequence[CitationLine],
) -> None:
    """Replace the citations of a statement by these, which are checked."""
    forget(session, about, {statement_id})
    of = {"masterplan_id": masterplan_id, "about": about, "statement_id": statement_id}
    tenant_id = tenant_of(session)
    rows: list[dict[str, Any]] = [
        {"tenant_id": tenant_id, "id": uuid7(), **of, "ordinal": ordinal, **asdict(line)}
        for ordinal, line in enumerate(lines, start=1)
    ]
    if rows:
        session.execute(insert(Citation), rows)


def forget(session: Session, about: StatementKind, statement_ids: Collection[UUID]) -> None:
    """Delete the citations of statements that vanish or get others."""
    session.execute(
        delete(Citation).where(
            Citation.tenant_id == tenant_of(session),
            Citation.about == about,
            Citation.statement_id.in_(statement_ids),
        )
    )


def citations_of(
    session: Session, about: StatementKind, statement_id: UUID
) -> tuple[CitationLine, ...]:
    """The stored citations of one statement, in their order."""
    own = {"tenant_id": tenant_of(session), "about": about, "statement_id": statement_id}
    columns = [getattr(Citation, name) for name in CitationLine.__dataclass_fields__]
    rows = session.execute(select(*columns).filter_by(**own).order_by(Citation.ordinal))
    return tuple(CitationLine(*row) for row in rows)


def _line(line: CitationLine, known: set[UUID], errors: list[DomainError]) -> CitationLine:
    texts = cleaned({name: getattr(line, name) for name in TEXTS}, TEXTS, errors)
    clean = replace(line, **texts)
    errors += _faults(clean, known)
    return clean


def _faults(line: CitationLine, known: set[UUID]) -> Iterator[DomainError]:
    document = line.source_document_id is not None
    foreign = (line.value or line.year is not None) if document else line.page
    if document == bool(line.indicator) or foreign:
        yield CitationAmbiguous()
    if line.source_document_id is not None and line.source_document_id not in known:
        yield NotFound(path=("sourceDocumentId",))
    yield from year_faults(line.year, "year")


def year_faults(year: int | None, field: str) -> Iterator[DomainError]:
    """Yield Invalid for a year that no document or figure of the republic has."""
    if year is not None and year not in YEARS:
        yield Invalid(
            field,
            f"tahun {year} tidak masuk akal. Isi tahun antara {YEARS[0]} dan {YEARS[-1]}.",
            f"the year {year} is not plausible. Enter one from {YEARS[0]} to {YEARS[-1]}.",
        )


def _known(session: Session, ids: Collection[UUID | None]) -> set[UUID]:
    mine = select(SourceDocument.id).where(
        SourceDocument.tenant_id == tenant_of(session), SourceDocument.id.in_(ids)
    )
    kept = mine.order_by(SourceDocument.id).with_for_update(read=True, key_share=True)
    return set(session.scalars(kept))  # none of them is deleted meanwhile
