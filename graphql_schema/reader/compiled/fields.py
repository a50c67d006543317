"""A root field compiled for one sight: its statements, and how their rows become bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLField, GraphQLObjectType, get_named_type
from psycopg.pq.abc import PGresult
from sqlalchemy import ARRAY, ColumnElement, Select, Text, Uuid, any_, cast, func, select, true

from graphql_schema.reader.asking import own
from graphql_schema.reader.compiled.binding import Binder, PageAsked, Prepared, Request
from graphql_schema.reader.compiled.children import Joins
from graphql_schema.reader.compiled.objects import Objects
from graphql_schema.reader.compiled.pages import PageQuery, page_query
from graphql_schema.reader.compiled.text import concat, key
from graphql_schema.reader.declaration import Source
from graphql_schema.reader.paging import Page
from graphql_schema.reader.roots import RootOnly, RootPage, RootRow, RootRows

NULL = b"null"
Results = Sequence[PGresult]
Assemble = Callable[[Results, Request], bytes]


@dataclass(frozen=True)
class Compiled:
    """Statements to send in one batch, and what makes the field's value of their results."""

    statements: tuple[Prepared, ...]
    pages: tuple[PageAsked, ...]
    checks: tuple[Binder, ...]
    assemble: Assemble


def row(objects: Objects, root: RootRow, asked: list[FieldNode]) -> Compiled:
    """One row by its id, or null."""
    table, kind = objects.rows(root.target)
    wanted = objects.asking.named(table.c.id.type, lambda request: request.key)
    whole = concat(objects.pieces(kind, asked, table))
    query = select(whole).where(table.c.id == wanted, *own(objects.asking, table, None))
    return _compiled(objects, [query], _one_value)


def only(objects: Objects, root: RootOnly, asked: list[FieldNode]) -> Compiled:
    """The one row of a source."""
    table = root.source(objects.asking).subquery()
    whole = concat(objects.pieces(objects.kind(root.target), asked, table))
    return _compiled(objects, [select(whole).select_from(table)], _one_value)


def rows(objects: Objects, root: RootRows, asked: list[FieldNode]) -> Compiled:
    """All rows of a source; what hangs on them is read once for all."""
    table, joins = root.source(objects.asking).subquery(), Joins(every=True)
    whole = concat(objects.pieces(objects.kind(root.target), asked, table, joins))
    order = [table.c[name] for name in root.order]
    query = select(whole).select_from(joins.onto(table)).order_by(*order)
    return _compiled(objects, [query], lambda results, _request: _array(_column(results[0], 0)))


def keyed(objects: Objects, type_name: str, asked: list[FieldNode]) -> Compiled:
    """Rows behind ids of one type and tenant: `id` and the object of each, in any order."""
    table, kind = objects.rows(type_name)
    source: Source = kind.extensions["reads"]
    ids = objects.asking.named(ARRAY(table.c.id.type), lambda request: request.key)
    theirs: ColumnElement[bool] = true()
    if source.own:
        theirs = table.c.person_id == objects.asking.value(lambda s: s.person_id, Uuid())
    whole = concat(objects.pieces(kind, asked, table))
    query: Any = select(cast(table.c.id, Text), whole).where(
        table.c.id == any_(ids), theirs, *own(objects.asking, table, None)
    )
    return _compiled(objects, [query], _one_value)


def page(
    objects: Objects,
    root: RootPage,
    field: GraphQLField,
    asked: list[FieldNode],
    arguments: dict[str, Any],
) -> Compiled:
    """A page: its lines as rows, joined here, which is cheaper than one large value."""
    connection = get_named_type(field.type)
    assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
    wanted = page_query(
        objects,
        root.listing,
        connection,
        root.target,
        asked,
        arguments,
        lambda child: [*root.where(child), *own(objects.asking, child, None)],
    )
    queries = [wanted.lines] if wanted.wanted.reads_rows else []
    if wanted.wanted.counted:
        queries.append(wanted.total.with_only_columns(cast(func.count(), Text)))
    return _compiled(objects, queries, _Page(wanted).assemble)


@dataclass(frozen=True)
class _Page:
    """How the rows of a page become the parts that the selection wants."""

    query: PageQuery

    def assemble(self, results: Results, request: Request) -> bytes:
        """Return the connection as JSON."""
        page = request.pages[self.query.number]
        shown = min(page.size, results[0].ntuples) if self.query.wanted.reads_rows else 0
        parts = [
            key(name).encode() + self._part(kind, what, results, page, shown)
            for name, kind, what in self.query.wanted.parts
        ]
        return b"{" + b",".join(parts) + b"}"

    def _part(self, kind: str, what: Any, results: Results, page: Page, shown: int) -> bytes:
        match kind:
            case "lines":
                lines = _column(results[0], what)[:shown]
                return _array(lines[::-1] if self.query.order.backward else lines)
            case "info":
                entries = [
                    key(name).encode() + self._info(of, results, page, shown) for name, of in what
                ]
                return b"{" + b",".join(entries) + b"}"
            case "total":
                return _one_value(results[-1:], None)
            case _:
                return str(what).encode()

    def _info(self, of: str, results: Results, page: Page, shown: int) -> bytes:
        order = self.query.order
        match of:
            case "hasNextPage" | "hasPreviousPage":
                ahead = (of == "hasNextPage") is not order.backward
                there = results[0].ntuples > page.size if ahead else order.beyond_cursor
                return b"true" if there else b"false"
            case "startCursor" | "endCursor":
                first = (of == "startCursor") is not order.backward
                return self._cursor(results[0], page, 0 if first else shown - 1) if shown else NULL
            case _:
                return of.encode()

    def _cursor(self, rows: PGresult, page: Page, place: int) -> bytes:
        """Seal the order values of a row, which stand after its lines."""
        columns = range(len(self.query.wanted.lines), rows.nfields)
        values = [(rows.get_value(place, column) or b"").decode() for column in columns]
        return b'"%s"' % page.seal(values).encode()


def _compiled(objects: Objects, queries: list[Select[Any]], assemble: Assemble) -> Compiled:
    statements = tuple(objects.asking.statement(query) for query in queries)
    asking = objects.asking
    return Compiled(statements, tuple(asking.pages), asking.checks(), assemble)


def _one_value(results: Results, _request: Request | None) -> bytes:
    result = results[0]
    return (result.get_value(0, 0) or NULL) if result.ntuples else NULL


def _column(result: PGresult, place: int) -> list[bytes]:
    value = result.get_value
    return [value(line, place) or NULL for line in range(result.ntuples)]


def _array(lines: list[bytes]) -> bytes:
    return b"[" + b",".join(lines) + b"]"
