"""Pages of what is found in several scopes at once, merged by rank."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

import orjson
from graphql import FieldNode, GraphQLObjectType, get_named_type, print_ast
from sqlalchemy import Select, Text, cast, func, literal_column, null, select

from graphql_schema.context import Context, ResolveInfo
from graphql_schema.reader.connection import Piece, Shape
from graphql_schema.reader.listing import Direction, Listing
from graphql_schema.reader.paging import Order, Page
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.statement import Compiler
from kotacerdas.pipeline.connection import Statement, Step
from kotacerdas.pipeline.statements import Places, compiled, encoder
from kotacerdas.scope import Scope
from tenants.search.asking import Beyond

Line = list[Any]
"""[[rank, id], object, ...]"""


@dataclass(frozen=True)
class Place:
    """A scope, and what is found there: `rows(size, beyond)` is a page, `count()` how many in all.

    `form` tells statements apart whose text differs; all else that they bind is in `values` by
    name, but size and end of the page.
    """

    scope: Scope
    rows: Callable[[int, Beyond | None], Select[Any]]
    count: Callable[[], Select[Any]]
    form: Hashable
    values: Mapping[str, Any]


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
    beyond = None if page.beyond is None else Beyond(int(page.beyond[0]), UUID(page.beyond[1]))
    key = (id(info.field_nodes[0]), place.form, beyond is None, _sight(place.scope))
    known = _KNOWN.get(key)
    if known is None:
        known = _sought(place, info, connection, kind, page, beyond)
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        if known.statement.name:
            _KNOWN[key] = known
    values = {**place.values, "size": page.size + 1}
    if beyond is not None:
        values |= {"beyond_rank": beyond.rank, "beyond_id": beyond.id}
    (result,) = await info.context.database.batch(
        place.scope, [known.step(values)], fresh=info.context.fresh
    )
    found, total = orjson.loads(result.get_value(0, 0) or b"[[],0]")
    return [[each[0], *_finished(known.shape, each[1:])] for each in found], total


@dataclass(frozen=True)
class _Sought:
    """A statement that was compiled once, and how its rows become the answer.

    `node` is the selection in the document: while it is kept, no other has its identity.
    """

    node: FieldNode
    statement: Statement
    places: Places
    shape: Shape

    def step(self, values: Mapping[str, Any]) -> Step:
        """The statement with the values of a request; what has no name is always the same."""
        each = [encoder(kind)(values.get(name, value)) for name, kind, value in self.places]
        return Step(self.statement, each)


NAMES = count()
MOST_KNOWN = 200
_KNOWN: dict[Hashable, _Sought] = {}
"""Building such a statement takes longer than PostgreSQL takes to answer it."""


def _sight(scope: Scope) -> Hashable:
    """What of a scope the statement is made for; its tenant is bound."""
    grants = frozenset(
        (grant.role, grant.unit_id, grant.allowed)
        for grant in scope.grants
        if grant.reaches(scope.tenant_id)
    )
    confined = scope.tenant_id is not None
    return scope.door, confined, scope.person_id, grants, scope.by_token, scope.language


def _same_always(info: ResolveInfo) -> bool:
    """Whether the selection is the same in every request: it names no variable."""
    parts = [node.selection_set for node in info.field_nodes if node.selection_set]
    fragments = [getattr(each, "definition", each) for each in info.fragments.values()]
    return len(info.field_nodes) == 1 and "$" not in "".join(map(print_ast, [*parts, *fragments]))


def _sought(
    place: Place,
    info: ResolveInfo,
    connection: GraphQLObjectType,
    kind: GraphQLObjectType,
    page: Page,
    beyond: Beyond | None,
) -> _Sought:
    compiler = Compiler(Selection.of(info), place.scope, info.context.cursor_key)
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
    count: Any = place.count().scalar_subquery() if shape.counted else literal_column("0")
    both = func.json_build_array(lines.scalar_subquery(), count)
    text, places = compiled(select(cast(both, Text)))
    name = b"f%d" % next(NAMES) if _same_always(info) else b""
    return _Sought(info.field_nodes[0], Statement(name, text.encode()), places, shape)


def _finished(shape: Shape, values: Line) -> Line:
    return [
        piece.finish(value) if piece.finish else value
        for piece, value in zip(shape.objects, values, strict=True)
    ]


def _best(line: Line) -> tuple[int, str]:
    rank, row_id = line[0]
    return int(rank), row_id
