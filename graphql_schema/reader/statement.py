"""A selection compiled to SQL: JSON arrays by position, and how to name their parts again."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_named_type
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Numeric,
    Select,
    Text,
    Uuid,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
)

from graphql_schema import ids
from graphql_schema.reader.asking import Known, own
from graphql_schema.reader.connection import Finish, Piece, Shape
from graphql_schema.reader.declaration import (
    READ,
    Column,
    Computed,
    Gathered,
    Identity,
    Listed,
    Many,
    One,
    Read,
    Ruled,
    Source,
    identity,
)
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.paging import Page
from graphql_schema.reader.selection import Selection
from kotacerdas.identity.policy import permitted
from kotacerdas.scope import NATION, Scope

WIDEST = 100
"""PostgreSQL passes at most 100 arguments to a function."""

TYPE = ""
"""Where a row tells its type: no field can be renamed to it."""

NOTHING = Piece(null())


@dataclass(frozen=True)
class Compiler:
    """Compiles selections for one operation and one scope."""

    selection: Selection
    scope: Scope
    cursor_key: bytes = field(repr=False)

    def rows(self, type_name: str) -> tuple[FromClause, Source, GraphQLObjectType]:
        """A fresh alias of the table behind a type, its declaration, and the GraphQL type."""
        kind = self.selection.schema.type_map[type_name]
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (declared targets are objects)
        source: Source = kind.extensions["reads"]
        return source.model.__table__.alias(), source, kind

    @property
    def asking(self) -> Known:
        """What expressions take from the scope."""
        return Known(self.scope)

    def own(self, row: FromClause, parent: FromClause | None = None) -> list[ColumnElement[bool]]:
        """The tenant predicate of `row`."""
        return own(self.asking, row, parent)

    def object(self, kind: GraphQLObjectType, nodes: list[FieldNode], row: FromClause) -> Piece:
        """All selected fields of one row, as a JSON array by position."""
        pieces: dict[str, Piece] = {}
        for key, asked in self.selection.fields(kind, nodes).items():
            name = asked[0].name.value
            if name != "__typename":
                pieces[key] = self._field(kind.fields[name], asked, row)
        names, finishes = list(pieces), [piece.finish for piece in pieces.values()]
        columns = [piece.sql for piece in pieces.values()]
        if len(columns) <= WIDEST:
            array = func.json_build_array(*columns)
            return Piece(array, partial(_named, kind.name, names, finishes))
        parts = [columns[start : start + WIDEST] for start in range(0, len(columns), WIDEST)]
        array = func.json_build_array(*(func.json_build_array(*part) for part in parts))
        return Piece(array, partial(_named_in_parts, kind.name, names, finishes))

    def _field(self, field: GraphQLField, asked: list[FieldNode], row: FromClause) -> Piece:
        read: Read = field.extensions[READ]
        if not self._allowed(read, field):
            return NOTHING
        match read:
            case Identity():
                prefix = field.extensions["prefix"]
                return Piece(ids.sql(prefix, row))
            case Column() if get_named_type(field.type).name == "JSON":
                return Piece(cast(row.c[read.name], Text))
            case Column():
                return Piece(_value(row.c[read.name]))
            case Computed():
                return Piece(_value(read.expression(row, self.asking)))
            case One():
                return self._one(read, asked, row)
            case Listed():
                return self._listed(read, asked, row)
            case Many():
                return self._many(read, field, asked, row)
            case Ruled():
                return Piece(_place(row))
            case Gathered():
                return Piece(cast(row.c.id, Text))

    def _allowed(self, read: Read, field: GraphQLField) -> bool:
        if self.scope.by_token and isinstance(read, Listed | Many) and read.own:
            return False
        requires = read.requires or field.extensions.get("requires")
        return requires is None or permitted(self.scope, requires)

    def _one(self, read: One, asked: list[FieldNode], row: FromClause) -> Piece:
        child, _, kind = self.rows(read.target)
        piece = self.object(kind, asked, child)
        query = select(piece.sql).where(read.where(child, row), *self.own(child, row)).limit(1)
        if read.latest:
            query = query.order_by(identity(child).desc())
        return Piece(query.correlate(row).scalar_subquery(), _unless_null(piece.finish))

    def _listed(self, read: Listed, asked: list[FieldNode], row: FromClause) -> Piece:
        child = read.source(row, self.asking).correlate(row).subquery()
        kind = self.selection.schema.type_map[read.target]
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (declared targets are objects)
        piece = self.object(kind, asked, child)
        lines = select(piece.sql.label("line")).select_from(child).correlate(row).subquery()
        return Piece(_gathered(lines), partial(_each, piece.finish))

    def _many(
        self, read: Many, field: GraphQLField, asked: list[FieldNode], row: FromClause
    ) -> Piece:
        child, _, kind = self.rows(read.target)
        arguments = self.selection.arguments(field, asked[0])
        mine = [read.where(child, row), *self.own(child, row)]
        connection = get_named_type(field.type)
        assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
        return self.connection(read.listing, connection, kind, asked, child, mine, arguments, row)

    def connection(
        self,
        listing: Listing,
        connection: GraphQLObjectType,
        kind: GraphQLObjectType,
        asked: list[FieldNode],
        child: FromClause,
        mine: list[ColumnElement[bool]],
        arguments: dict[str, Any],
        row: FromClause | None = None,
    ) -> Piece:
        """One page: rows as [order values, selected objects...], and the total if asked for."""
        page = Page.of(listing, arguments, self.cursor_key)
        shape = Shape.of(
            self.selection, connection, asked, lambda nodes: self.object(kind, nodes, child)
        )
        given = arguments.get("filter") or {}
        filtered = [*mine, *listing.criteria(self.asking, child, given)]
        columns = page.order.columns(listing, child)
        line = func.json_build_array(
            func.json_build_array(*(cast(column, Text) for column, _ in columns)),
            *(piece.sql for piece in shape.objects),
        )
        lines = select(line.label("line")).where(*filtered)
        if page.beyond is not None:
            texts = [literal(value, Text) for value in page.beyond]
            lines = lines.where(page.order.beyond(columns, texts))
        lines = lines.order_by(*page.order.clauses(columns)).limit(page.size + 1)
        total: ColumnElement[Any] = null()
        if shape.counted:
            count = select(func.count()).select_from(child).where(*filtered)
            total = _correlated(count, row).scalar_subquery()
        rows = _gathered(_correlated(lines, row).subquery())
        return Piece(func.json_build_array(rows, total), shape.finish(page))


def _correlated(query: Select[Any], row: FromClause | None) -> Select[Any]:
    return query if row is None else query.correlate(row)


def _gathered(lines: FromClause) -> ColumnElement[Any]:
    """All lines of a subquery, in its order, as one JSON array; no line gives []."""
    whole = func.coalesce(func.json_agg(lines.c.line), literal_column("'[]'::json"))
    return select(whole).select_from(lines).scalar_subquery()


def _value(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A value as the API writes it: exact decimals without trailing zeros."""
    if isinstance(column.type, Numeric) and column.type.asdecimal:
        return cast(func.trim_scale(column), Text)
    return column


def _named(type_name: str, names: list[str], finishes: list[Finish | None], values: Any) -> Any:
    named = {TYPE: type_name}
    for name, finish, value in zip(names, finishes, values, strict=True):
        named[name] = finish(value) if finish else value
    return named


def _named_in_parts(
    type_name: str, names: list[str], finishes: list[Finish | None], parts: Any
) -> Any:
    return _named(type_name, names, finishes, [value for part in parts for value in part])


def _unless_null(finish: Finish | None) -> Finish | None:
    return finish and (lambda value: None if value is None else finish(value))


def _each(finish: Finish | None, values: list[Any]) -> list[Any]:
    return [finish(value) if finish else value for value in values]


def _place(row: FromClause) -> ColumnElement[Any]:
    """The tenant and the key of a row, for a rule in Python; a city is its own tenant.

    What belongs to no city is the nation's.
    """
    if "tenant_id" in row.c:
        return func.json_build_array(row.c.tenant_id, row.c.id)
    if isinstance(row.c.id.type, Uuid):
        return func.json_build_array(NATION, row.c.id)
    return func.json_build_array(row.c.id, null())
