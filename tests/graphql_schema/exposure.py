"""Which columns of the tables the API shows, read from the declarations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from graphql import GraphQLSchema
from sqlalchemy import BinaryExpression, ClauseElement, FromClause, Table
from sqlalchemy.sql import visitors

from graphql_schema.reader.asking import Known
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
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from kotacerdas.tenancy import Model

ASKING = Known(Scope(Door.CITY, 1, None, (Grant(1, Role.CITY_ADMIN),)))
"""Somebody, for expressions that ask who reads."""


def columns() -> set[str]:
    """Return every column of every table, as `table.column`."""
    return {f"{table.name}.{column.key}" for table in _tables() for column in table.c}


def _tables() -> list[Table]:
    return Model.metadata.sorted_tables


def exposed(core: GraphQLSchema) -> set[str]:
    """Return the columns whose values, or whose references, some declared field shows."""
    found: set[str] = set()
    for kind in core.type_map.values():
        source: Source | None = kind.extensions.get("reads")
        if source is not None:
            table = source.model.__table__
            reads = [field.extensions[READ] for field in kind.fields.values()]
            if not _counts(table, reads):
                found.update(*(_shown(table, read, core) for read in reads))
    return found


def _counts(table: FromClause, reads: list[Read]) -> bool:
    """Whether the type shows counts over the table's rows, not the rows."""
    return any(isinstance(read, Column) and read.name not in table.c for read in reads)


def _shown(table: FromClause, read: Read, core: GraphQLSchema) -> set[str]:
    row = table.alias()
    match read:
        case Identity():
            return {_name(table, column.key) for column in table.primary_key}
        case Ruled() | Gathered():
            return set()
        case Column(name=name):
            return {_name(table, name)}
        case Computed(expression=expression):
            parts = visitors.iterate(expression(row, ASKING))
            return {_name(table, c.key) for c in parts if getattr(c, "table", None) is row}
        case One(where=where, target=target) | Many(where=where, target=target):
            others = core.type_map[target].extensions["reads"].model.__table__
            other = others.alias()
            return set(_joined(where(other, row), row, {row: table, other: others}))
        case Listed(source=source):
            return set(_joined(source(row, ASKING), row, {row: table}))


def _joined(
    clause: ClauseElement, row: FromClause, known: Mapping[FromClause, FromClause]
) -> Iterator[str]:
    """Yield both sides of each comparison between the row and rows that the field reads."""
    for part in visitors.iterate(clause):
        sides = (part.left, part.right) if isinstance(part, BinaryExpression) else ()
        tables = [getattr(side, "table", None) for side in sides]
        if row in tables and None not in tables:
            for side, table in zip(sides, tables, strict=True):
                yield _name(known.get(table, getattr(table, "element", table)), side.key)


def _name(table: FromClause, column: str) -> str:
    return f"{table.name}.{column}"  # type: ignore[attr-defined]  # tables alone are declared
