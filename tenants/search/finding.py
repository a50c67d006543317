"""One page of what is found with what is shown of each; pages of several scopes can be merged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import REGCONFIG

from kotacerdas.searching import LANGUAGE, marking_query
from kotacerdas.tenancy import table_of
from tenants.cities.models import Unit
from tenants.masterplan.items import INNOVATION_WORDS, PROGRAMME_WORDS
from tenants.masterplan.models import ItemKind, Programme, PublishedItem
from tenants.search.asking import Asked, Beyond
from tenants.search.matching import published, working
from tenants.submissions.models import Innovation

MARK = "\x02"
"""Stands before and behind each found word of `marked_name` and `fragment`; no text has it."""
NO_TAGS = "\x03\x04"
"""Stand for < and > while words are marked: PostgreSQL would leave out what looks like a tag."""
WHOLE = f"HighlightAll=true, StartSel={MARK}, StopSel={MARK}"
PART = f"MaxWords=24, MinWords=12, ShortWord=0, StartSel={MARK}, StopSel={MARK}"


class Shown(NamedTuple):
    """Where a page takes what it shows of a row."""

    name: ColumnElement[Any]
    body: ColumnElement[Any]
    dimension_id: ColumnElement[Any]
    unit_name: ColumnElement[Any]


def working_page(
    asked: Asked, tenant_id: int | None, size: int, beyond: Beyond | None = None
) -> Select[Any]:
    """Rows of a city, or of all, best first."""
    top = _best(working(asked, tenant_id), size, beyond)
    innovation, programme = table_of(Innovation).alias(), table_of(Programme).alias()
    unit, item = table_of(Unit).alias(), table_of(PublishedItem).alias()
    tenant: ColumnElement[int] = top.c.tenant_id
    if tenant_id is not None:
        tenant = bindparam("tenant", tenant_id, Integer(), unique=False)
    first = top.c.kind == ItemKind.INNOVATION.value
    unit_id = case((first, innovation.c.unit_id), else_=programme.c.lead_unit_id)
    shown = Shown(
        case((first, innovation.c.name), else_=programme.c.name),
        case(
            (first, _joined(innovation, INNOVATION_WORDS)),
            else_=_joined(programme, PROGRAMME_WORDS),
        ),
        case((first, innovation.c.dimension_id), else_=programme.c.dimension_id),
        unit.c.name,
    )
    joined: FromClause = top
    for table, key in (
        (innovation, top.c.id),
        (programme, top.c.id),
        (unit, unit_id),
        (item, None),
    ):
        its = table.c.id == (top.c.id if key is None else key)
        joined = joined.outerjoin(table, and_(table.c.tenant_id == tenant, its))
    return _page(top, shown, item, asked).select_from(joined)


def published_page(
    asked: Asked, but: Sequence[int], size: int, beyond: Beyond | None = None
) -> Select[Any]:
    """What everybody may find, without these cities', best first."""
    top = _best(published(asked, but), size, beyond)
    item = table_of(PublishedItem).alias()
    its = and_(item.c.tenant_id == top.c.tenant_id, item.c.id == top.c.id)
    shown = Shown(item.c.name, item.c.body, item.c.dimension_id, item.c.unit_name)
    return _page(top, shown, item, asked).select_from(top.join(item, its))


def _best(matches: CompoundSelect[Any], size: int, beyond: Beyond | None) -> FromClause:
    """The keys of the page, before anything else is read of its rows."""
    found = matches.subquery()
    best: Select[Any] = select(*found.c)
    if beyond is not None:
        rank = bindparam("beyond_rank", beyond.rank, Integer(), unique=False)
        last = tuple_(rank, bindparam("beyond_id", beyond.id, Uuid(), unique=False))
        best = best.where(tuple_(found.c.rank, found.c.id) < last)
    return (
        best.order_by(found.c.rank.desc(), found.c.id.desc())
        .limit(bindparam("size", size, Integer(), unique=False))
        .subquery()
    )


def _page(top: FromClause, shown: Shown, item: FromClause, asked: Asked) -> Select[Any]:
    query, words = marking_query(asked.words), cast(literal(LANGUAGE, Text), REGCONFIG)

    def marked(text: ColumnElement[Any], options: str) -> ColumnElement[str]:
        apart = func.translate(text, "<>", NO_TAGS)
        headline = func.ts_headline(words, apart, query, options)
        return func.translate(headline, NO_TAGS, "<>", type_=Text)

    page: Select[Any] = select(
        *top.c,
        shown.name.label("name"),
        shown.dimension_id.label("dimension_id"),
        shown.unit_name.label("unit_name"),
        item.c.id.is_not(None).label("is_published"),
        marked(shown.name, WHOLE).label("marked_name"),
        marked(shown.body, PART).label("fragment"),
    )
    return page.order_by(top.c.rank.desc(), top.c.id.desc())


def _joined(row: FromClause, names: Sequence[str]) -> ColumnElement[str]:
    return func.concat_ws("\n", *(func.nullif(row.c[name], "") for name in names), type_=Text)


def parts_of(marked: str) -> list[tuple[str, bool]]:
    """A marked text in parts, each with whether it was looked for."""
    parts = enumerate(marked.split(MARK))
    return [(text, place % 2 == 1) for place, text in parts if text]
