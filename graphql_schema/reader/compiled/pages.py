"""Connections as SQL text: each parent's own page of its children."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_named_type
from sqlalchemy import ARRAY, ColumnElement, FromClause, Select, Text, cast, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from graphql_schema.reader.asking import own
from graphql_schema.reader.compiled.text import (
    CURSOR,
    CURSOR_END,
    Pieces,
    concat,
    key,
    listed,
    or_null,
    text,
)
from graphql_schema.reader.declaration import Many
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.paging import Order

if TYPE_CHECKING:
    from graphql_schema.reader.compiled.objects import Objects

INFO = {"hasNextPage", "hasPreviousPage", "startCursor", "endCursor"}
Part = tuple[str, str, Any]
"""Response key, kind of the part, and what it holds."""


@dataclass
class Wanted:
    """What a selection wants of a connection, part by part in the order of the response.

    `lines` are the distinct texts that every row gives: nodes, and edges.
    """

    parts: list[Part] = field(default_factory=list)
    lines: list[Pieces] = field(default_factory=list)
    counted: bool = False
    reads_rows: bool = False
    """Whether any part is made of the page's rows."""
    peeks: bool = False
    """Whether it is asked if rows follow: one more than the page is read then."""


@dataclass(frozen=True)
class PageQuery:
    """The rows of one page, in the order of reading, and what names and counts them."""

    number: int
    order: Order
    lines: Select[Any]
    """Columns line_0, line_1 and so on, and `cursor`."""
    wanted: Wanted
    total: Select[Any]


def page_query(
    objects: Objects,
    listing: Listing,
    connection: GraphQLObjectType,
    target: str,
    asked: list[FieldNode],
    arguments: dict[str, Any],
    mine: Callable[[FromClause], list[ColumnElement[bool]]],
    parent: FromClause | None = None,
) -> PageQuery:
    """Compile a page of the rows for which `mine` holds."""
    asking = objects.asking
    child, kind = objects.rows(target)
    number = asking.page(listing, arguments)
    order = Order.of(listing, arguments)
    filtered = [*mine(child), *listing.criteria(asking, child, arguments.get("filter") or {})]
    columns = order.columns(listing, child)
    values = func.json_build_array(*(cast(column, Text) for column, _ in columns))
    cursor: Pieces = [f'"{CURSOR}{number}:', cast(values, Text), f'{CURSOR_END}"']
    wanted = _wanted(objects, connection, kind, asked, child, cursor)
    # Straight from the table: a role may be granted no more than the columns that are asked for.
    lines = select(
        *(concat(line).label(f"line_{place}") for place, line in enumerate(wanted.lines)),
        concat(cursor).label("cursor"),
    ).where(*filtered)
    if order.beyond_cursor:
        lines = lines.where(order.beyond(columns, asking.cursor(number, len(columns))))
    lines = lines.order_by(*order.clauses(columns))
    lines = lines.limit(asking.size(number, int(wanted.peeks)))
    total = select(func.count()).select_from(child).where(*filtered)
    return PageQuery(number, order, _beside(lines, parent), wanted, _beside(total, parent))


def nested(
    objects: Objects, read: Many, field: GraphQLField, asked: list[FieldNode], row: FromClause
) -> Pieces:
    """A connection below a row, as one correlated value."""
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
    page = page_query(
        objects,
        read.listing,
        connection,
        read.target,
        asked,
        objects.selection.arguments(field, asked[0]),
        lambda child: [read.where(child, row), *own(objects.asking, child, row)],
        row,
    )
    lines = page.lines.subquery()
    placed = select(func.row_number().over().label("place"), *lines.c).select_from(lines)
    gathered = _Gathered(objects, page, _beside(placed, row).subquery())
    entries = [[key(name), *gathered.part(kind, what)] for name, kind, what in page.wanted.parts]
    if not page.wanted.reads_rows:
        return listed(entries, "{", "}")
    whole = select(concat(listed(entries, "{", "}"))).select_from(gathered.lines)
    # One row even where nothing is gathered, as of a page that only tells what its cursor means.
    whole = whole.having(func.count() >= 0)
    return [_beside(whole, row).scalar_subquery()]


@dataclass(frozen=True)
class _Gathered:
    """The lines of a page, gathered into the parts that the selection wants."""

    objects: Objects
    page: PageQuery
    lines: FromClause

    def part(self, kind: str, what: Any) -> Pieces:
        match kind:
            case "lines":
                return self._lines(what)
            case "info":
                entries = [[key(name), *self._info(of)] for name, of in what]
                return listed(entries, "{", "}")
            case "total":
                return [cast(self.page.total.scalar_subquery(), Text)]
            case _:
                return [what]

    def _lines(self, number: int) -> Pieces:
        line: Any = self.lines.c[f"line_{number}"]
        comma: Any = text(",")
        if self.page.order.backward:
            comma = aggregate_order_by(comma, self.lines.c.place.desc())
        entries: ColumnElement[Any] = func.string_agg(line, comma)
        if self.page.wanted.peeks:
            entries = entries.filter(self.lines.c.place <= self._size)
        return ["[", func.coalesce(entries, text(""), type_=Text), "]"]

    def _info(self, of: str) -> Pieces:
        order = self.page.order
        match of:
            case "hasNextPage" | "hasPreviousPage":
                ahead = (of == "hasNextPage") is not order.backward
                if not ahead:
                    return ["true" if order.beyond_cursor else "false"]
                return [cast(func.count() > self._size, Text)]
            case "startCursor" | "endCursor":
                cursors = func.array_agg(self._cursor, type_=ARRAY(Text))
                first = (of == "startCursor") is not order.backward
                place: Any = 1 if first else func.least(self._size, func.count())
                return [or_null(cursors[place], nullable=True)]
            case _:
                return [of]

    @property
    def _cursor(self) -> Any:
        """Cursors in the order of reading, which another aggregate's order would change."""
        cursor, place = self.lines.c.cursor, self.lines.c.place
        return aggregate_order_by(cursor, place) if self.page.order.backward else cursor

    @property
    def _size(self) -> ColumnElement[int]:
        return self.objects.asking.size(self.page.number, 0)


def _beside(query: Select[Any], parent: FromClause | None) -> Select[Any]:
    return query if parent is None else query.correlate(parent)


def _wanted(
    objects: Objects,
    connection: GraphQLObjectType,
    kind: GraphQLObjectType,
    asked: list[FieldNode],
    row: FromClause,
    cursor: Pieces,
) -> Wanted:
    """Read the selection of a connection; rows are compiled over `row`."""
    selection, wanted = objects.selection, Wanted()
    for name, nodes in selection.fields(connection, asked).items():
        match nodes[0].name.value:
            case "nodes":
                wanted.lines.append(objects.pieces(kind, nodes, row))
                wanted.parts.append((name, "lines", len(wanted.lines) - 1))
            case "edges":
                wanted.lines.append(_edge(objects, connection, kind, nodes, row, cursor))
                wanted.parts.append((name, "lines", len(wanted.lines) - 1))
            case "pageInfo":
                info = selection.fields(inner(connection, "pageInfo"), nodes)
                of = [(key, _info_kind(each[0].name.value)) for key, each in info.items()]
                wanted.reads_rows = wanted.reads_rows or any(kind in INFO for _, kind in of)
                wanted.peeks = wanted.peeks or any(kind.startswith("has") for _, kind in of)
                wanted.parts.append((name, "info", of))
            case "totalCount":
                wanted.counted = True
                wanted.parts.append((name, "total", None))
            case _:
                wanted.parts.append((name, "constant", f'"{connection.name}"'))
    wanted.reads_rows = wanted.reads_rows or bool(wanted.lines)
    return wanted


def _info_kind(field_name: str) -> str:
    return '"PageInfo"' if field_name == "__typename" else field_name


def _edge(
    objects: Objects,
    connection: GraphQLObjectType,
    kind: GraphQLObjectType,
    asked: list[FieldNode],
    row: FromClause,
    cursor: Pieces,
) -> Pieces:
    edge = inner(connection, "edges")
    entries: list[Pieces] = []
    for name, nodes in objects.selection.fields(edge, asked).items():
        match nodes[0].name.value:
            case "cursor":
                entries.append([key(name), *cursor])
            case "node":
                entries.append([key(name), *objects.pieces(kind, nodes, row)])
            case _:
                entries.append([f'{key(name)}"{edge.name}"'])
    return listed(entries, "{", "}")


def inner(connection: GraphQLObjectType, field: str) -> GraphQLObjectType:
    """The object type behind a field of a connection."""
    kind = get_named_type(connection.fields[field].type)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (of our own schema)
    return kind
