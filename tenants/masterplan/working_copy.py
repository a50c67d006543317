"""A plan's rows as plain data: kept with each version, and put back where a version is forked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Column, DateTime, Enum, Numeric, Uuid, delete, insert, select
from sqlalchemy.orm import Session

from kotacerdas.tenancy import Json
from tenants.masterplan.analysis.models import (
    Citation,
    Gap,
    Readiness,
    SourceDocument,
    Strategy,
    StrategyPoint,
    SwotPoint,
)
from tenants.masterplan.books.models import Book, Chapter, Section
from tenants.masterplan.models import (
    Budget,
    Goal,
    Masterplan,
    Mission,
    Programme,
    ProgrammeSupport,
    YearTarget,
)

Row = dict[str, Any]

BELOW: dict[Any, tuple[str, Any]] = {
    Mission: ("masterplan_id", None),
    Goal: ("mission_id", Mission),
    Readiness: ("masterplan_id", None),
    Gap: ("masterplan_id", None),
    SwotPoint: ("masterplan_id", None),
    Strategy: ("masterplan_id", None),
    StrategyPoint: ("strategy_id", Strategy),
    Citation: ("masterplan_id", None),
    Programme: ("masterplan_id", None),
    ProgrammeSupport: ("programme_id", Programme),
    YearTarget: ("programme_id", Programme),
    Budget: ("programme_id", Programme),
}
"""Tables of a plan's own rows, what refers before what is referred to last; each with its owner.

Documents that are cited belong to the city, and sections keep their revisions: both are put back
by rules of their own.
"""


def taken(session: Session, plan: Masterplan) -> Json:
    """Return the plan's rows, table by table, and the documents that they cite."""
    copy = {model.__tablename__: _rows(session, plan, model) for model in BELOW}
    cited = {row["source_document_id"] for row in copy[Citation.__tablename__]} - {None}
    mine = (SourceDocument.tenant_id == plan.tenant_id) & SourceDocument.id.in_(map(UUID, cited))
    table = SourceDocument.__table__
    found = session.execute(select(*table.c).where(mine).order_by(SourceDocument.id))
    copy[SourceDocument.__tablename__] = _plain(found.mappings())
    copy[Section.__tablename__] = _sections(session, plan)
    return {"title": plan.title, "vision": plan.vision, **copy}


def put_back(session: Session, plan: Masterplan, copy: Json) -> None:
    """Replace the plan's rows by those of a copy; each keeps its id, and none an older version.

    The plan is locked. A row that somebody has open is stale afterwards.
    """
    _put_documents(session, plan, copy.get(SourceDocument.__tablename__, []))
    versions = {model: _next_version(session, plan, model, copy) for model in BELOW}
    for model in reversed(BELOW):
        session.execute(delete(model).where(*_own(plan, model)))
    for model in BELOW:
        rows = [_row(model, plan, each) for each in copy.get(model.__tablename__, [])]
        if "version" in model.__table__.c:
            rows = [{**row, "version": versions[model]} for row in rows]
        if rows:
            session.execute(insert(model.__table__), rows)
    plan.title, plan.vision = copy["title"], copy["vision"]


def _sections(session: Session, plan: Masterplan) -> list[Json]:
    """The texts as they stand; their owners and revisions stay with the sections themselves."""
    names = ("id", "chapter_id", "ordinal", "title", "body", "state")
    of_city = plan.tenant_id
    rows = (
        select(*(Section.__table__.c[name] for name in names))
        .join(Chapter, (Chapter.tenant_id == of_city) & (Chapter.id == Section.chapter_id))
        .join(Book, (Book.tenant_id == of_city) & (Book.id == Chapter.book_id))
        .where(Section.tenant_id == of_city, Book.masterplan_id == plan.id)
        .order_by(Section.id)
    )
    return _plain(session.execute(rows).mappings())


def _rows(session: Session, plan: Masterplan, model: Any) -> list[Json]:  # noqa: ANN401  (a table)
    found = session.execute(_select(plan, model))
    return _plain(found.mappings())


def _select(plan: Masterplan, model: Any) -> Any:  # noqa: ANN401  (a query of its columns)
    own = [each for each in model.__table__.c if each.computed is None]
    return select(*own).where(*_own(plan, model)).order_by(model.__table__.c.id)


def _own(plan: Masterplan, model: Any) -> Iterator[Any]:  # noqa: ANN401
    """Conditions that name the plan's rows of a table."""
    column, owner = BELOW[model]
    table = model.__table__
    yield table.c.tenant_id == plan.tenant_id
    if owner is None:
        yield table.c[column] == plan.id
    else:
        above = select(owner.__table__.c.id).where(*_own(plan, owner))
        yield table.c[column].in_(above)


def _next_version(session: Session, plan: Masterplan, model: Any, copy: Json) -> int:  # noqa: ANN401
    """A version that no row of the table has had, here or in the copy."""
    if "version" not in model.__table__.c:
        return 1
    held = [row["version"] for row in _rows(session, plan, model)]
    kept = [row["version"] for row in copy.get(model.__tablename__, [])]
    return max([*held, *kept], default=0) + 1


def _put_documents(session: Session, plan: Masterplan, kept: list[Json]) -> None:
    """Add the documents that were deleted since; one that stands keeps its corrections."""
    mine = select(SourceDocument.id).where(SourceDocument.tenant_id == plan.tenant_id)
    known = {str(each) for each in session.scalars(mine)}
    rows = [_row(SourceDocument, plan, each) for each in kept if each["id"] not in known]
    if rows:
        session.execute(insert(SourceDocument), rows)


def _plain(rows: Any) -> list[Json]:  # noqa: ANN401  (mappings of a result)
    """Write rows as JSON does: decimals as text, times in ISO, without the city's number."""
    kept = [{str(name): row[name] for name in row if name not in UNKEPT} for row in rows]
    plain: list[Json] = orjson.loads(orjson.dumps(kept, default=str))
    return plain


UNKEPT = frozenset({"tenant_id", "created_at", "updated_at"})


def _row(model: Any, plan: Masterplan, kept: Json) -> Row:  # noqa: ANN401  (a table)
    table = model.__table__
    values = {name: _value(table.c[name], value) for name, value in kept.items() if name in table.c}
    return {"tenant_id": plan.tenant_id, **values}


def _value(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  (a column's own type)
    if value is None:
        return None
    match column.type:
        case Uuid():
            return UUID(value)
        case Enum(enum_class=kind) if kind is not None:
            return kind(value)
        case Numeric():
            return Decimal(value)
        case DateTime():
            return datetime.fromisoformat(value)
        case _:
            return value
