"""What hangs on a row: one row of another type, or a short list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_nullable_type
from sqlalchemy import ColumnElement, FromClause, Text, and_, case, func, select

from graphql_schema.reader.asking import own
from graphql_schema.reader.compiled.text import Pieces, concat, or_null, text
from graphql_schema.reader.declaration import Listed, One
from graphql_schema.reader.grouping import CountsBy

if TYPE_CHECKING:
    from graphql_schema.reader.compiled.objects import Objects


@dataclass
class Joins:
    """Children of a long list: read once for all parents and joined, not once for each."""

    clauses: list[tuple[FromClause, ColumnElement[bool]]] = field(default_factory=list)

    def onto(self, row: FromClause) -> FromClause:
        """Return the parents with their children."""
        whole = row
        for clause, condition in self.clauses:
            whole = whole.outerjoin(clause, condition)
        return whole


def one(
    objects: Objects,
    read: One,
    field: GraphQLField,
    asked: list[FieldNode],
    row: FromClause,
    joins: Joins | None,
) -> Pieces:
    """The row that a key names, or for which a condition holds."""
    child, kind = objects.rows(read.target)
    condition = and_(read.where(child, row), *own(objects.asking, child, row))
    nullable = get_nullable_type(field.type) is field.type
    if joins is not None and read.by_key:
        joins.clauses.append((child, condition))
        whole = concat(objects.pieces(kind, asked, child, joins))
        found = list(child.primary_key)[-1].is_not(None)
        return [or_null(case((found, whole)), nullable=nullable)]
    query = select(concat(objects.pieces(kind, asked, child))).where(condition).limit(1)
    return [or_null(query.correlate(row).scalar_subquery(), nullable=nullable)]


def listed(
    objects: Objects, read: Listed, asked: list[FieldNode], row: FromClause, joins: Joins | None
) -> Pieces:
    """All rows of a short list, in its order."""
    kind = objects.kind(read.target)
    if joins is not None and isinstance(read.source, CountsBy):
        return _together(objects, read.source, kind, asked, row, joins)
    child = read.source(row, objects.asking).correlate(row).subquery()
    whole = concat(objects.pieces(kind, asked, child))
    entries = select(func.string_agg(whole, text(","))).select_from(child).correlate(row)
    return ["[", func.coalesce(entries.scalar_subquery(), text(""), type_=Text), "]"]


def _together(
    objects: Objects,
    source: CountsBy,
    kind: GraphQLObjectType,
    asked: list[FieldNode],
    row: FromClause,
    joins: Joins,
) -> Pieces:
    """Count for all parents at once; each takes its own by a hash join."""
    child = source.together().subquery()
    beside = Joins()
    entry = concat(objects.pieces(kind, asked, child, beside))
    grouped = (
        select(child.c.of, func.string_agg(entry, text(",")).label("entries"))
        .select_from(beside.onto(child))
        .group_by(child.c.of)
        .subquery()
    )
    joins.clauses.append((grouped, grouped.c.of == row.c.id))
    return ["[", func.coalesce(grouped.c.entries, text(""), type_=Text), "]"]
