"""One request's answer in parts: bytes that are known, and values that calls will give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from graphql_schema.context import Context
from graphql_schema.ids import Key
from graphql_schema.reader.compiled.binding import Request
from graphql_schema.reader.compiled.fields import NULL, Compiled, Results
from graphql_schema.reader.compiled.plan import Entry, Group, Plan
from graphql_schema.reader.compiled.sealing import sealed
from graphql_schema.reader.compiled.slots import Variables
from graphql_schema.reader.roots import RootGroup, RootNodes, RootRow
from graphql_schema.reader.seeking import RootFound
from graphql_schema.reader.targets import asked_keys, node_scope
from graphql_schema.reader.unfit import Unfit
from kotacerdas.identity.policy import permitted
from kotacerdas.pipeline.statements import text_of
from kotacerdas.scope import Scope


class Call(NamedTuple):
    """A compiled field with what one request binds; as a part, the value that it gives."""

    compiled: Compiled
    request: Request

    @property
    def calls(self) -> tuple[Call]:
        """What has to be read."""
        return (self,)

    def value(self, results: Sequence[Results]) -> bytes:
        """Return the value's JSON from the results of each call."""
        return sealed(self.compiled.assemble(results[0], self.request), self.request.pages)


Place = tuple[str, int | None]
"""Type and tenant of an id."""


@dataclass(frozen=True)
class Nodes:
    """Objects behind ids, in their order; ids of one type and tenant are one call."""

    keys: list[Key | None]
    groups: dict[Place, Call]
    several: bool

    @property
    def calls(self) -> tuple[Call, ...]:
        """What has to be read."""
        return tuple(self.groups.values())

    def value(self, results: Sequence[Results]) -> bytes:
        """Return the objects' JSON."""
        found: dict[tuple[Place, bytes | None], bytes] = {}
        for (place, call), (result, *_) in zip(self.groups.items(), results, strict=True):
            for line in range(result.ntuples):
                row = sealed(result.get_value(line, 1) or NULL, call.request.pages)
                found[place, result.get_value(line, 0)] = row
        each = [
            NULL if key is None else found.get((_place(key), text_of(key.row_id)), NULL)
            for key in self.keys
        ]
        return b"[" + b",".join(each) + b"]" if self.several else each[0]


Part = bytes | Call | Nodes


def bound(plan: Plan, context: Context, variables: Variables) -> list[Part]:
    """Return an object's JSON in parts; raises Unfit or DomainError for what it cannot answer."""
    parts: list[Part] = []
    for piece in plan:
        if isinstance(piece, bytes):
            parts.append(piece)
        elif isinstance(piece, Entry):
            parts.append(_value(piece, context, variables))
        else:
            parts += _inner(piece, context, variables)
    return parts


def _inner(group: Group, context: Context, variables: Variables) -> list[Part]:
    held = permitted(group.root.scope(context), group.root.requires)
    return bound(group.plan, context, variables) if held else [NULL]


def _value(entry: Entry, context: Context, variables: Variables) -> Part:
    root = entry.root
    match root:
        case RootRow():
            found = root.find(context, entry.fill(variables))
            if found is None:
                return NULL
            return _call(entry, context, found.scope, variables, found.id)
        case RootNodes():
            keys = asked_keys(root, entry.fill(variables))
            return _nodes(entry, context, variables, keys, several=root.several)
        case RootGroup() | RootFound():
            raise Unfit
        case _:
            return _call(entry, context, root.scope(context), variables)


def _nodes(
    entry: Entry,
    context: Context,
    variables: Variables,
    keys: list[Key | None],
    *,
    several: bool,
) -> Nodes:
    schema = entry.selection.schema
    rows: dict[Place, list[Any]] = {}
    for key in keys:
        if key is not None:
            rows.setdefault(_place(key), []).append(key.row_id)
    groups: dict[Place, Call] = {}
    for (prefix, tenant_id), ids in rows.items():
        type_name = schema.extensions["prefixes"].get(prefix)
        if type_name is None:
            continue
        scope = node_scope(context, schema.type_map[type_name], tenant_id)
        if scope is not None:
            call = _call(entry, context, scope, variables, ids, type_name)
            groups[prefix, tenant_id] = call
    return Nodes(keys, groups, several)


def _place(key: Key) -> Place:
    return key.prefix, key.tenant_id


def _call(
    entry: Entry,
    context: Context,
    scope: Scope,
    variables: Variables,
    key: Any = None,
    type_name: str = "",
) -> Call:
    compiled = entry.form(scope, type_name)
    pages = [each.page(variables, context.cursor_key) for each in compiled.pages]
    request = Request(scope, text_of(scope.tenant_id), variables, pages, key)
    for check in compiled.checks:
        check(request)
    return Call(compiled, request)
