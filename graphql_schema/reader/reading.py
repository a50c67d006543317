"""Answering a field by graphql-core: one statement for a row, a page, or the rows behind ids."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLObjectType, OperationType, get_named_type
from sqlalchemy import ARRAY, ColumnElement, Select, Text, any_, cast, func, literal, select, true

from graphql_schema.context import ResolveInfo
from graphql_schema.ids import Key
from graphql_schema.reader.connection import Piece
from graphql_schema.reader.roots import (
    Root,
    RootGroup,
    RootNodes,
    RootOnly,
    RootPage,
    RootRow,
    RootRows,
)
from graphql_schema.reader.seeking import RootFound, seek
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.statement import Compiler
from graphql_schema.reader.targets import asked_keys, node_scope
from kotacerdas.identity.policy import permitted
from kotacerdas.scope import Scope


async def read_root(root: Root, info: ResolveInfo) -> Any:
    """Return the value of a field that begins a read.

    Raises Invalid or BadCursor for arguments that nothing can answer.
    """
    field = info.parent_type.fields[info.field_name]
    arguments = Selection.of(info).arguments(field, info.field_nodes[0])
    match root:
        case RootRow():
            await root.learn(info.context, arguments)
            found = root.find(info.context, arguments)
            return None if found is None else await _row(info, root, found.scope, found.id)
        case RootPage():
            return await _page(info, root, arguments)
        case RootRows() | RootOnly():
            return await _source(info, root)
        case RootNodes():
            keys = asked_keys(root, arguments)
            rows = await read_keys(info, [key for key in keys if key is not None])
            found_rows = iter(rows)
            each = [None if key is None else next(found_rows) for key in keys]
            return each if root.several else each[0]
        case RootFound():
            return await seek(root, info, arguments)
        case RootGroup():
            return root.make() if permitted(root.scope(info.context), root.requires) else None


async def _row(info: ResolveInfo, root: RootRow, scope: Scope, row_id: UUID | int) -> Any:
    compiler = _compiler(info, scope)
    row, _, kind = compiler.rows(root.target)
    piece = compiler.object(kind, info.field_nodes, row)
    query = select(cast(piece.sql, Text)).where(row.c.id == row_id, *compiler.own(row))
    return await _fetch(info, scope, piece, query)


async def _page(info: ResolveInfo, root: RootPage, arguments: dict[str, Any]) -> Any:
    scope = root.scope(info.context)
    compiler = _compiler(info, scope)
    child, _, kind = compiler.rows(root.target)
    connection = get_named_type(info.return_type)
    assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
    mine = [*root.where(child), *compiler.own(child)]
    piece = compiler.connection(
        root.listing, connection, kind, info.field_nodes, child, mine, arguments
    )
    return await _fetch(info, scope, piece, select(cast(piece.sql, Text)))


async def _source(info: ResolveInfo, root: RootRows | RootOnly) -> Any:
    scope = root.scope(info.context)
    compiler = _compiler(info, scope)
    row = root.source(compiler.asking).subquery()
    kind = info.schema.type_map[root.target]
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (declared targets are objects)
    piece = compiler.object(kind, info.field_nodes, row)
    if isinstance(root, RootOnly):
        return await _fetch(info, scope, piece, select(cast(piece.sql, Text)).select_from(row))
    lines_in_order = (
        select(piece.sql.label("line")).select_from(row).order_by(*(row.c[n] for n in root.order))
    ).subquery()
    query = select(cast(func.json_agg(lines_in_order.c.line), Text))
    lines = await _fetch(info, scope, Piece(piece.sql), query)
    return [piece.finish(line) if piece.finish else line for line in lines or ()]


async def read_key(info: ResolveInfo, key: Key) -> dict[str, Any] | None:
    """Return the row behind an opaque id, or None if there is none that may be seen."""
    (row,) = await read_keys(info, [key])
    return row


async def read_keys(info: ResolveInfo, keys: list[Key]) -> list[dict[str, Any] | None]:
    """Return the rows behind opaque ids, in their order, by one statement per type and tenant."""
    groups: dict[tuple[str, int | None], list[Key]] = {}
    for key in keys:
        groups.setdefault((key.prefix, key.tenant_id), []).append(key)
    found: dict[Key, dict[str, Any]] = {}
    for (prefix, tenant_id), mine in groups.items():
        type_name = info.schema.extensions["prefixes"].get(prefix)
        if type_name is not None:
            found |= await _group(info, type_name, tenant_id, mine)
    return [found.get(key) for key in keys]


async def _group(
    info: ResolveInfo, type_name: str, tenant_id: int | None, keys: list[Key]
) -> dict[Key, dict[str, Any]]:
    scope = node_scope(info.context, info.schema.type_map[type_name], tenant_id)
    if scope is None:
        return {}
    compiler = _compiler(info, scope)
    row, source, target = compiler.rows(type_name)
    piece = compiler.object(target, info.field_nodes, row)
    ids = {str(key.row_id): key for key in keys}
    theirs: ColumnElement[bool] = row.c.person_id == scope.person_id if source.own else true()
    line = func.json_build_array(cast(row.c.id, Text), piece.sql)
    wanted = literal([key.row_id for key in keys], ARRAY(row.c.id.type))
    statement = select(cast(func.json_agg(line), Text)).where(
        row.c.id == any_(wanted), theirs, *compiler.own(row)
    )
    lines = await _fetch(info, scope, Piece(line), statement)
    finish = piece.finish or (lambda value: value)
    return {ids[name]: finish(value) for name, value in lines or ()}


def _compiler(info: ResolveInfo, scope: Scope) -> Compiler:
    return Compiler(Selection.of(info), scope, info.context.cursor_key)


async def _fetch(info: ResolveInfo, scope: Scope, piece: Piece, statement: Select[Any]) -> Any:
    fresh = info.context.fresh or info.operation.operation is OperationType.MUTATION
    body = await info.context.database.read(scope, statement, fresh=fresh)
    value = None if body is None else orjson.loads(body)
    return piece.finish(value) if value is not None and piece.finish else value
