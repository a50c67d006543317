"""Joining the declarations to the built schema: rows answer fields by response key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
)

from graphql_schema.context import Reading, ResolveInfo
from graphql_schema.ids import Key
from graphql_schema.problems import CHANGED
from graphql_schema.reader.declaration import (
    READ,
    Gathered,
    Identity,
    Listed,
    Many,
    One,
    Ruled,
    Source,
)
from graphql_schema.reader.paging import Connection, Edge, PageInfo
from graphql_schema.reader.reading import read_key, read_root
from graphql_schema.reader.roots import ROOT, Root
from graphql_schema.reader.statement import TYPE
from kotacerdas.identity.policy import Permission
from kotacerdas.tenancy import TenantOwned

PLUMBING = (Connection, Edge, PageInfo)


def wire(schema: strawberry.Schema) -> GraphQLSchema:
    """Let rows of the reader answer the fields of all declared types.

    Raises LookupError for a declared type with a field that is declared nowhere.
    """
    core = schema._schema
    prefixes: dict[str, str] = {}
    for kind in core.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = _type_of
        if isinstance(kind, GraphQLInputObjectType):
            kind.is_one_of = kind.extensions["strawberry-definition"].is_one_of
        if not isinstance(kind, GraphQLObjectType) or kind.name.startswith("__"):
            continue
        origin = getattr(kind.extensions.get("strawberry-definition"), "origin", None)
        source: Source | None = getattr(origin, "__reads__", None)
        if source is not None:
            _wire_type(kind, source, core)
            if source.prefix and kind.interfaces:
                prefixes[source.prefix] = kind.name
        elif isinstance(origin, type) and issubclass(origin, PLUMBING):
            _answer_by_key(kind)
        else:
            for field in kind.fields.values():
                _wire_root(field, field.extensions["strawberry-definition"].metadata)
    core.extensions["prefixes"] = prefixes
    return core


def _wire_root(field: GraphQLField, metadata: Mapping[str, Any]) -> None:
    """A field of an object without a row: it begins a read, or reads what a mutation changed."""
    if ROOT in metadata:
        field.extensions[ROOT] = metadata[ROOT]
        field.resolve = partial(_begin, metadata[ROOT])
    elif CHANGED in metadata:
        field.resolve = _behind_key


async def _begin(root: Root, _parent: Any, info: ResolveInfo, **_arguments: Any) -> Any:
    return await read_root(root, info)


def _wire_type(kind: GraphQLObjectType, source: Source, core: GraphQLSchema) -> None:
    kind.extensions["reads"] = source
    kind.extensions["requires"] = _required(source)
    _answer_by_key(kind)
    for name, field in kind.fields.items():
        definition = field.extensions["strawberry-definition"]
        read = definition.metadata.get(READ)
        if read is None:
            raise LookupError(f"{kind.name}.{name} is not declared: say which column it is")
        field.extensions[READ] = read
        if isinstance(read, Ruled):
            field.resolve = partial(_by_rule, read)
        if isinstance(read, Gathered):
            field.resolve = partial(_everywhere, read)
        if isinstance(read, Identity):
            field.extensions["prefix"] = source.prefix
        if isinstance(read, One | Listed | Many):
            target = core.type_map[read.target]
            origin = target.extensions["strawberry-definition"].origin
            own = isinstance(read, Listed | Many) and read.own
            field.extensions["requires"] = None if own else _required(origin.__reads__)


def _required(source: Source) -> Permission | None:
    """What reading the rows asks for: nothing if they are public, or the nation's for everybody."""
    gated = issubclass(source.model, TenantOwned) and not (source.public or source.own)
    ministrys = source.requires is Permission.NATIONAL_READ
    return source.requires if gated or ministrys else None


def _answer_by_key(kind: GraphQLObjectType) -> None:
    kind.is_type_of = None
    for field in kind.fields.values():
        field.resolve = _from_row


def _from_row(row: dict[str, Any], info: ResolveInfo, **_arguments: Any) -> Any:
    """Take the field's value from the row, by its response key."""
    return row[str(info.path.key)]


async def _by_rule(read: Ruled, row: dict[str, Any], info: ResolveInfo, **arguments: Any) -> Any:
    """Ask the rule about the row; null where the reader let nobody know which row it is."""
    place = row[str(info.path.key)]
    if place is None:
        return None
    tenant_id, row_id = place
    key = UUID(row_id) if row_id else UUID(int=0)
    return await _ruled(read, info, tenant_id, key, arguments)


async def _everywhere(
    read: Gathered, _row: dict[str, Any], info: ResolveInfo, **arguments: Any
) -> Any:
    """Ask the rule in each city of whoever asks."""
    grants = info.context.actor.grants
    cities = sorted({g.tenant_id for g in grants if g.tenant_id and g.holds(read.where)})
    each = [await _ruled(read, info, city, UUID(int=0), arguments) for city in cities]
    return read.together(each)


async def _ruled(
    read: Ruled | Gathered, info: ResolveInfo, tenant_id: int, key: UUID, arguments: dict[str, Any]
) -> Any:
    rule = partial(read.rule, **arguments)
    scope = info.context.scope(tenant_id)
    return await info.context.perform(scope, lambda session: rule(session, key))


def _type_of(row: dict[str, Any], *_rest: Any) -> str:
    if isinstance(row, dict):
        return str(row[TYPE])
    return str(type(row).__strawberry_definition__.name)


async def _behind_key(parent: Any, info: ResolveInfo) -> Any:
    """Read the row whose key the parent holds, or note that it is wanted; None without a key."""
    key: Key | None = parent.key
    if key is None or info.context.readings is None:
        return None if key is None else await read_key(info, key)
    type_name = info.schema.extensions["prefixes"].get(key.prefix)
    if type_name is None:
        return None
    info.context.readings.append(Reading(info.path.as_list(), key, type_name, info.field_nodes))
    return {TYPE: type_name}
