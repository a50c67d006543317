"""Which rows have the words, and how well they fit: keys and ranks alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from typing import cast as typed

from sqlalchemy import (
    ARRAY,
    REAL,
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    all_,
    any_,
    bindparam,
    cast,
    func,
    literal,
    or_,
    select,
    union_all,
)

from kotacerdas.searching import VECTOR, search_query
from kotacerdas.tenancy import table_of
from tenants.cities.models import City, Region
from tenants.editions.models import Dimension
from tenants.masterplan.models import ItemKind, Programme, PublishedItem
from tenants.search.asking import Asked
from tenants.submissions.models import Innovation

WEIGHTS = [0.1, 0.2, 0.4, 1.0]
"""Of the classes D to A: the name is A, the texts are C."""
SHORTER_FIRST = 1
"""Divides the rank by one and the logarithm of the length."""
STEPS = 1_000_000
"""Ranks are whole numbers, so that a cursor tells them exactly."""

WORKING: dict[ItemKind, Table] = {
    ItemKind.INNOVATION: table_of(Innovation),
    ItemKind.PROGRAMME: table_of(Programme),
}


def working(asked: Asked, tenant_id: int | None) -> CompoundSelect[Any]:
    """A city's own rows, or all cities' through the ministry's door."""
    tables = [table for kind, table in WORKING.items() if kind in asked.kinds]
    parts = [_matches(asked, table.alias(), literal(table.name, Text)) for table in tables]
    if tenant_id is not None:
        own = bindparam("tenant", tenant_id, Integer(), unique=False)
        parts = [part.where(part.selected_columns.tenant_id == own) for part in parts]
    return union_all(*parts)


def published(asked: Asked, but: Sequence[int] = ()) -> CompoundSelect[Any]:
    """What everybody may find, without these cities'."""
    item = table_of(PublishedItem).alias()
    kind = cast(item.c.kind, Text)
    found = _matches(asked, item, kind)
    if len(asked.kinds) < len(ItemKind):
        found = found.where(kind == any_(asked.bound("kinds", ARRAY(Text))))
    if but:
        others = bindparam("but", list(but), ARRAY(Integer), unique=False)
        found = found.where(item.c.tenant_id != all_(others))
    return union_all(found)


def counted(matches: CompoundSelect[Any]) -> Select[Any]:
    """How many there are."""
    return select(func.count()).select_from(matches.subquery())


def _matches(asked: Asked, row: FromClause, kind: ColumnElement[str]) -> Select[Any]:
    query = search_query(asked.words)
    weights = literal(WEIGHTS, ARRAY(REAL))
    rank = func.ts_rank(weights, row.c[VECTOR], query, SHORTER_FIRST) * STEPS
    found: Any = select(
        row.c.tenant_id, row.c.id, kind.label("kind"), cast(rank, Integer).label("rank")
    ).where(row.c[VECTOR].op("@@", is_comparison=True)(query), *_narrowed(asked, row))
    return typed("Select[Any]", found)  # to pyright, named columns are no Select[Any]


def _narrowed(asked: Asked, row: FromClause) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    if asked.dimension is not None:
        pillar = table_of(Dimension)
        code = asked.bound("dimension", Text())
        named = or_(pillar.c.code == code, code == any_(pillar.c.aliases))
        parts.append(row.c.dimension_id.in_(select(pillar.c.id).where(named)))
    if asked.province is not None or asked.region_code is not None:
        city, region = table_of(City), table_of(Region)
        there = select(city.c.id).join(region, region.c.code == city.c.region_code)
        if asked.province is not None:
            there = there.where(func.lower(region.c.province) == asked.bound("province", Text()))
        if asked.region_code is not None:
            there = there.where(region.c.code == asked.bound("region_code", Text()))
        parts.append(row.c.tenant_id.in_(there))
    return parts
