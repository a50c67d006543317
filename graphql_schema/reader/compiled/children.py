"""What hangs on a row: one row of another type, or a short list of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_nullable_type
from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Text,
    and_,
    case,
    func,
    literal_column,
    select,
)

from graphql_schema.reader.asking import own
from graphql_schema.reader.compiled.text import Pieces, concat, or_null, text
from graphql_schema.reader.declaration import Listed, One, identity
from graphql_schema.reader.grouping import CountsBy

if TYPE_CHECKING:
    from graphql_schema.reader.compiled.objects import Objects

ONE = literal_column("1", Integer)
"""Written out: of a bound limit, PostgreSQL expects a tenth of all rows."""


@dataclass
class Joins:
    """What is joined to rows: what their keys name, and children that are read for all at once.

    `every` tells that the rows are all there are, so that counts are worth making for all of them.
    """

    every: bool = False
    clauses: list[tuple[FromClause, ColumnElement[bool]]] = field(default_factory=list)

    def onto(self, row: FromClause) -> FromClause:
        """Return the rows with what is joined to them; none is lost and none comes twice."""
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
    theirs = own(objects.asking, child, row)
    condition = and_(read.where(child, row), *theirs)
    nullable = get_nullable_type(field.type) is field.type
    whole_key = read.by_key and (bool(theirs) or "tenant_id" not in child.c)
    if joins is not None and whole_key:
        joins.clauses.append((child, condition))
        whole = concat(objects.pieces(kind, asked, child, joins))
        return [or_null(case((identity(child).is_not(None), whole)), nullable=nullable)]
    query = select(concat(objects.pieces(kind, asked, child))).where(condition)
    if read.latest:
        query = query.order_by(identity(child).desc())
    if not whole_key:
        query = query.limit(ONE)
    return [or_null(query.correlate(row).scalar_subquery(), nullable=nullable)]


def listed(
    objects: Objects, read: Listed, asked: list[FieldNode], row: FromClause, joins: Joins | None
) -> Pieces:
    """All rows of a short list, in its order."""
    kind = objects.kind(read.target)
    if joins is not None and joins.every and isinstance(read.source, CountsBy):
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
