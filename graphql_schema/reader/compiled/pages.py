"""Connections as SQL text: each parent's own page of its children."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_named_type
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Text,
    case,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects.postgresql import aggregate_order_by

from graphql_schema.reader.asking import own
from graphql_schema.reader.compiled.children import Joins
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
from graphql_schema.reader.paging import LARGEST_PAGE, Order

if TYPE_CHECKING:
    from graphql_schema.reader.compiled.objects import Objects

MOST = literal_column(str(LARGEST_PAGE + 1), Integer)
"""Rows of the largest page and one more, written out: of a bound limit, PostgreSQL expects a tenth
of all rows, and may then sort them all."""
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
    marks: bool = False
    """Whether it is asked where the page begins or ends."""


@dataclass(frozen=True)
class PageQuery:
    """The rows of one page, in the order of reading, and what names and counts them."""

    number: int
    order: Order
    lines: Select[Any]
    """Columns line_0, line_1 and so on, then the order's: key_0, key_1, if they are asked for."""
    keys: list[str]
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
    cursor = mark(number, [column for column, _ in columns])
    joins = Joins()
    wanted = _wanted(objects, connection, kind, asked, child, cursor, joins)
    keys = [f"key_{place}" for place in range(len(columns) if wanted.marks else 0)]
    # Straight from the table: a role may be granted no more than the columns that are asked for.
    rows: Select[Any] = select(
        *(concat(line).label(f"line_{place}") for place, line in enumerate(wanted.lines)),
        *(column.label(name) for name, (column, _) in zip(keys, columns, strict=False)),
    ).select_from(joins.onto(child))
    rows = rows.where(*filtered).order_by(*order.clauses(columns)).limit(MOST)
    if order.beyond_cursor:
        rows = rows.where(order.beyond(columns, asking.cursor(number, len(columns))))
    total = select(func.count()).select_from(child).where(*filtered)
    page = _beside(rows, parent).subquery()
    lines = select(*page.c).select_from(page).limit(asking.size(number, int(wanted.peeks)))
    return PageQuery(number, order, lines, keys, wanted, _beside(total, parent))


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
    lines: FromClause = _beside(page.lines, row).subquery()
    if page.wanted.peeks or page.order.backward:
        place = func.row_number().over().label("place")
        lines = _beside(select(place, *lines.c).select_from(lines), row).subquery()
    gathered = _Gathered(objects, page, lines)
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
                first = (of == "startCursor") is not order.backward
                place: Any = 1 if first else func.least(self._size, func.count())
                cursor = concat(mark(self.page.number, [key[place] for key in self._keys]))
                return [or_null(case((func.count() > 0, cursor)), nullable=True)]
            case _:
                return [of]

    @property
    def _keys(self) -> list[Any]:
        """Order values as arrays over the rows, in the order of reading."""
        return [self._array(self.lines.c[name]) for name in self.page.keys]

    def _array(self, column: ColumnElement[Any]) -> Any:
        entry: Any = column
        if self.page.order.backward:  # another aggregate's order would change it
            entry = aggregate_order_by(column, self.lines.c.place)
        return func.array_agg(entry, type_=ARRAY(column.type))

    @property
    def _size(self) -> ColumnElement[int]:
        return self.objects.asking.size(self.page.number, 0)


def mark(number: int, values: Sequence[ColumnElement[Any]]) -> Pieces:
    """Return the pieces that mark order values for the server to seal."""
    texts = func.json_build_array(*(cast(value, Text) for value in values))
    return [f'"{CURSOR}{number}:', cast(texts, Text), f'{CURSOR_END}"']


def _beside(query: Select[Any], parent: FromClause | None) -> Select[Any]:
    return query if parent is None else query.correlate(parent)


def _wanted(
    objects: Objects,
    connection: GraphQLObjectType,
    kind: GraphQLObjectType,
    asked: list[FieldNode],
    row: FromClause,
    cursor: Pieces,
    joins: Joins,
) -> Wanted:
    """Read the selection of a connection; rows are compiled over `row`."""
    selection, wanted = objects.selection, Wanted()
    for name, nodes in selection.fields(connection, asked).items():
        match nodes[0].name.value:
            case "nodes":
                wanted.lines.append(objects.pieces(kind, nodes, row, joins))
                wanted.parts.append((name, "lines", len(wanted.lines) - 1))
            case "edges":
                line = _edge(objects, connection, kind, nodes, row, cursor, joins)
                wanted.lines.append(line)
                wanted.parts.append((name, "lines", len(wanted.lines) - 1))
            case "pageInfo":
                info = selection.fields(inner(connection, "pageInfo"), nodes)
                of = [(key, _info_kind(each[0].name.value)) for key, each in info.items()]
                wanted.reads_rows = wanted.reads_rows or any(kind in INFO for _, kind in of)
                wanted.peeks = wanted.peeks or any(kind.startswith("has") for _, kind in of)
                wanted.marks = wanted.marks or any(kind.endswith("Cursor") for _, kind in of)
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
    joins: Joins,
) -> Pieces:
    edge = inner(connection, "edges")
    entries: list[Pieces] = []
    for name, nodes in objects.selection.fields(edge, asked).items():
        match nodes[0].name.value:
            case "cursor":
                entries.append([key(name), *cursor])
            case "node":
                entries.append([key(name), *objects.pieces(kind, nodes, row, joins)])
            case _:
                entries.append([f'{key(name)}"{edge.name}"'])
    return listed(entries, "{", "}")


def inner(connection: GraphQLObjectType, field: str) -> GraphQLObjectType:
    """The object type behind a field of a connection."""
    kind = get_named_type(connection.fields[field].type)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (of our own schema)
    return kind
