"""Pages of what is found in several scopes at once, merged by rank."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLObjectType, get_named_type
from sqlalchemy import Select, Text, cast, func, literal_column, null, select

from graphql_schema.context import Context, ResolveInfo
from graphql_schema.reader.connection import Piece, Shape
from graphql_schema.reader.listing import Direction, Listing
from graphql_schema.reader.paging import Order, Page
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.statement import Compiler
from kotacerdas.scope import Scope
from tenants.search.asking import Beyond

Line = list[Any]
"""[[rank, id], object, ...]"""


@dataclass(frozen=True)
class Place:
    """A scope, and what is found there: `rows(size, beyond)` is a page, `count` how many in all."""

    scope: Scope
    rows: Callable[[int, Beyond | None], Select[Any]]
    count: Select[Any]


@dataclass(frozen=True)
class RootFound:
    """Pages of what is found in the places that `places` names, best first."""

    target: str
    places: Callable[[Context, Mapping[str, Any]], list[Place]]


async def seek(root: RootFound, info: ResolveInfo, arguments: dict[str, Any]) -> Any:
    """Return one page of the connection; raises Invalid, BadCursor, or what `places` raises."""
    places = root.places(info.context, arguments)
    page = _page(root, info, arguments)
    kind = info.schema.type_map[root.target]
    connection = get_named_type(info.return_type)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (declared targets are objects)
    assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
    whole = Shape.of(Selection.of(info), connection, info.field_nodes, lambda _nodes: Piece(null()))
    each = await asyncio.gather(*(_found(place, info, connection, kind, page) for place in places))
    lines = sorted((line for lines, _ in each for line in lines), key=_best, reverse=True)
    total = sum(count for _, count in each) if whole.counted else None
    return whole.finish(page)([lines[: page.size + 1], total])


def _page(root: RootFound, info: ResolveInfo, arguments: Mapping[str, Any]) -> Page:
    sliced = {name: arguments[name] for name in ("first", "after") if name in arguments}
    rest = {name: value for name, value in arguments.items() if name not in sliced}
    order = Order((("RANK", Direction.DESC),), False, sliced.get("after") is not None)
    listing = Listing(root.target, filters={}, orders={})
    return Page.of(listing, {**sliced, "filter": rest}, info.context.cursor_key, order)


async def _found(
    place: Place,
    info: ResolveInfo,
    connection: GraphQLObjectType,
    kind: GraphQLObjectType,
    page: Page,
) -> tuple[list[Line], int]:
    compiler = Compiler(Selection.of(info), place.scope, info.context.cursor_key)
    beyond = None if page.beyond is None else Beyond(int(page.beyond[0]), UUID(page.beyond[1]))
    row = place.rows(page.size + 1, beyond).subquery()
    shape = Shape.of(
        compiler.selection,
        connection,
        info.field_nodes,
        lambda nodes: compiler.object(kind, nodes, row),
    )
    keys = func.json_build_array(cast(row.c.rank, Text), cast(row.c.id, Text))
    objects = [piece.sql for piece in shape.objects]
    line = func.json_build_array(keys, *objects).label("line")
    best = select(line).select_from(row).order_by(row.c.rank.desc(), row.c.id.desc()).subquery()
    lines = select(func.coalesce(func.json_agg(best.c.line), literal_column("'[]'::json")))
    count: Any = place.count.scalar_subquery() if shape.counted else literal_column("0")
    both = func.json_build_array(lines.scalar_subquery(), count)
    body = await info.context.database.read(
        place.scope, select(cast(both, Text)), fresh=info.context.fresh
    )
    found, total = orjson.loads(body or b"[[],0]")
    return [[each[0], *_finished(shape, each[1:])] for each in found], total


def _finished(shape: Shape, values: Line) -> Line:
    return [
        piece.finish(value) if piece.finish else value
        for piece, value in zip(shape.objects, values, strict=True)
    ]


def _best(line: Line) -> tuple[int, str]:
    rank, row_id = line[0]
    return int(rank), row_id
