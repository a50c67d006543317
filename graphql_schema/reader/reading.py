"""Answering a field of the API by one statement: a row, a page, or the row behind a node id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import orjson
from graphql import GraphQLObjectType, OperationType, get_named_type
from sqlalchemy import ColumnElement, FromClause, Select, Text, cast, func, select, true

from graphql_schema.context import ResolveInfo
from graphql_schema.ids import Key
from graphql_schema.reader.connection import Piece
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.statement import Compiler
from kotacerdas.identity.policy import permitted
from kotacerdas.scope import Scope

Where = Callable[[FromClause], list[ColumnElement[bool]]]
"""Which row or rows, given the alias of their table; the tenant apart."""


async def read_one(info: ResolveInfo, scope: Scope, where: Where) -> dict[str, Any] | None:
    """Return the row of the field's type for which `where` holds, or None."""
    kind = get_named_type(info.return_type)
    return await read_type(info, scope, kind.name, where)


async def read_type(
    info: ResolveInfo,
    scope: Scope,
    type_name: str,
    where: Where,
) -> dict[str, Any] | None:
    """The same for a named type, where the field's own type is abstract."""
    compiler = _compiler(info, scope)
    row, _, kind = compiler.rows(type_name)
    piece = compiler.object(kind, info.field_nodes, row)
    criteria = [*where(row), *compiler.own(row)]
    found: dict[str, Any] | None = await _fetch(
        info, scope, piece, select(cast(piece.sql, Text)).where(*criteria).limit(1)
    )
    return found


async def read_page(
    info: ResolveInfo,
    scope: Scope,
    target: str,
    listing: Listing,
    where: Where,
) -> dict[str, Any]:
    """Return a page of `target` rows for a connection field, by the field's own arguments.

    Raises Invalid or BadCursor for arguments that no page can answer.
    """
    compiler = _compiler(info, scope)
    child, _, kind = compiler.rows(target)
    field = info.parent_type.fields[info.field_name]
    arguments = compiler.selection.arguments(field, info.field_nodes[0])
    connection = get_named_type(info.return_type)
    assert isinstance(connection, GraphQLObjectType)  # noqa: S101  (a connection is an object)
    mine = [*where(child), *compiler.own(child)]
    piece = compiler.connection(listing, connection, kind, info.field_nodes, child, mine, arguments)
    page: dict[str, Any] = await _fetch(info, scope, piece, select(cast(piece.sql, Text)))
    return page


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
    context = info.context
    kind = info.schema.type_map[type_name]
    own = kind.extensions["reads"].own
    scope = context.person() if own else context.scope(tenant_id)
    requires = kind.extensions["requires"]
    if (own and scope.by_token) or (requires and not permitted(scope, requires)):
        return {}
    compiler = _compiler(info, scope)
    row, _, target = compiler.rows(type_name)
    piece = compiler.object(target, info.field_nodes, row)
    ids = {str(key.tenant_id if key.id is None else key.id): key for key in keys}
    theirs = row.c.person_id == scope.person_id if own else true()
    line = func.json_build_array(cast(row.c.id, Text), piece.sql)
    statement = select(cast(func.json_agg(line), Text)).where(
        row.c.id.in_(_values(keys)), theirs, *compiler.own(row)
    )
    lines = await _fetch(info, scope, Piece(line), statement)
    finish = piece.finish or (lambda value: value)
    return {ids[name]: finish(value) for name, value in lines or ()}


def _values(keys: list[Key]) -> list[UUID | int | None]:
    return [key.tenant_id if key.id is None else key.id for key in keys]


def _compiler(info: ResolveInfo, scope: Scope) -> Compiler:
    context = info.context
    return Compiler(Selection.of(info), scope, context.cursor_key)


async def _fetch(info: ResolveInfo, scope: Scope, piece: Piece, statement: Select[Any]) -> Any:
    context = info.context
    changing = info.operation.operation is OperationType.MUTATION
    body = await context.database.read(scope, statement, fresh=changing)
    value = None if body is None else orjson.loads(body)
    return piece.finish(value) if value is not None and piece.finish else value
