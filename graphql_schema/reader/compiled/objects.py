"""One object of the response as SQL text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_nullable_type
from sqlalchemy import Column as TableColumn
from sqlalchemy import ColumnElement, FromClause

from graphql_schema.reader.compiled import children, pages
from graphql_schema.reader.compiled.binding import Deferred
from graphql_schema.reader.compiled.text import BROKEN, Pieces, key, listed
from graphql_schema.reader.compiled.values import identity, written
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
)
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.unfit import Unfit
from kotacerdas.identity.policy import Permission


@dataclass(frozen=True)
class Sight:
    """What the compiled form depends on, of who asks: rights in the tenant, and by which means."""

    permissions: frozenset[Permission]
    has_tenant: bool
    by_token: bool


@dataclass(frozen=True)
class Objects:
    """Compiles selections of rows, for one operation and one sight."""

    selection: Selection
    sight: Sight
    asking: Deferred
    used: Counter[FromClause] = field(default_factory=Counter)
    """How many aliases of each table the statement has."""

    def kind(self, type_name: str) -> GraphQLObjectType:
        """The object type of a declaration's target."""
        kind = self.selection.schema.type_map[type_name]
        assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (declared targets are objects)
        return kind

    def rows(self, type_name: str) -> tuple[FromClause, GraphQLObjectType]:
        """An alias of the table behind a type, and the GraphQL type."""
        kind = self.kind(type_name)
        source: Source = kind.extensions["reads"]
        table = source.model.__table__
        self.used[table] += 1
        return _alias(table, self.used[table]), kind

    def pieces(
        self,
        kind: GraphQLObjectType,
        nodes: list[FieldNode],
        row: FromClause,
        joins: children.Joins | None = None,
    ) -> Pieces:
        """All selected fields of one row as a JSON object.

        With `joins`, children are read for all rows together.
        """
        entries: list[Pieces] = []
        for name, asked in self.selection.fields(kind, nodes).items():
            field_name = asked[0].name.value
            if field_name == "__typename":
                entries.append([f'{key(name)}"{kind.name}"'])
            else:
                value = self._field(kind.fields[field_name], asked, row, joins)
                entries.append([key(name), *value])
        return listed(entries, "{", "}")

    def allowed(self, read: Read, field: GraphQLField) -> bool:
        """Whether a gated field may be read; it is null otherwise."""
        if self.sight.by_token and isinstance(read, Listed | Many) and read.own:
            return False
        requires = read.requires or field.extensions.get("requires")
        return requires is None or requires in self.sight.permissions

    def _field(
        self,
        field: GraphQLField,
        asked: list[FieldNode],
        row: FromClause,
        joins: children.Joins | None,
    ) -> Pieces:
        read: Read = field.extensions[READ]
        if not self.allowed(read, field):
            self.selection.arguments(field, asked[0])  # core refuses values before it asks rights
            return ["null" if get_nullable_type(field.type) is field.type else BROKEN]
        match read:
            case Identity():
                return identity(field.extensions["prefix"], row)
            case Column():
                column = row.c[read.name]
                return written(field.type, column, may_be_null=_may_be_null(column))
            case Computed():
                return written(field.type, read.expression(row, self.asking), may_be_null=True)
            case One():
                return children.one(self, read, field, asked, row, joins)
            case Listed():
                return children.listed(self, read, asked, row, joins)
            case Many():
                return pages.nested(self, read, field, asked, row)
            case Ruled() | Gathered():
                raise Unfit("a rule answers in Python")


def _may_be_null(column: ColumnElement[object]) -> bool:
    return not isinstance(column, TableColumn) or bool(column.nullable)


@cache
def _alias(table: FromClause, _number: int) -> FromClause:
    """An alias by its number within a statement: making one costs more than all else of it."""
    return table.alias()
