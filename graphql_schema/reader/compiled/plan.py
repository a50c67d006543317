"""The plan of an operation: its root fields with what each was compiled to, for each sight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as slot
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    OperationDefinitionNode,
    get_named_type,
)

from graphql_schema.reader.compiled import fields
from graphql_schema.reader.compiled.binding import Deferred
from graphql_schema.reader.compiled.fields import Compiled
from graphql_schema.reader.compiled.objects import Objects, Sight
from graphql_schema.reader.compiled.slots import Filling, filling
from graphql_schema.reader.roots import (
    ROOT,
    Root,
    RootGroup,
    RootNodes,
    RootOnly,
    RootPage,
    RootRow,
    RootRows,
)
from graphql_schema.reader.seeking import RootFound
from graphql_schema.reader.selection import Selection
from graphql_schema.reader.unfit import Unfit
from kotacerdas.identity.policy import held
from kotacerdas.scope import Scope


@dataclass(frozen=True)
class Entry:
    """A root field: its declaration, what gives its arguments, and its compiled forms."""

    root: Root
    field: GraphQLField
    asked: list[FieldNode]
    arguments: dict[str, Any]
    """With slots."""
    fill: Filling
    selection: Selection
    compiled: dict[Any, Compiled | None] = slot(default_factory=dict)

    def form(self, scope: Scope, type_name: str = "") -> Compiled:
        """Return the form for a scope's sight; `type_name` is what a node's id says.

        Raises Unfit for what cannot be compiled, which is found out once.
        """
        sight = (held(scope), scope.tenant_id is not None, scope.by_token)
        if (type_name, *sight) not in self.compiled:
            objects = Objects(self.selection, Sight(*sight), Deferred(sight[1]))
            try:
                self.compiled[(type_name, *sight)] = self._compile(objects, type_name)
            except Unfit:
                self.compiled[(type_name, *sight)] = None
        known = self.compiled[(type_name, *sight)]
        if known is None:
            raise Unfit
        return known

    def _compile(self, objects: Objects, type_name: str) -> Compiled:
        match self.root:
            case RootRow():
                return fields.row(objects, self.root, self.asked)
            case RootPage():
                return fields.page(objects, self.root, self.field, self.asked, self.arguments)
            case RootRows():
                return fields.rows(objects, self.root, self.asked)
            case RootOnly():
                return fields.only(objects, self.root, self.asked)
            case RootNodes():
                return fields.keyed(objects, type_name, self.asked)
            case RootGroup() | RootFound():
                raise Unfit


@dataclass(frozen=True)
class Group:
    """A room of other roots."""

    root: RootGroup
    plan: Plan


Plan = tuple[bytes | Entry | Group, ...]
"""An object's JSON: what is the same in every answer, and fields that are read."""


def planned(selection: Selection, node: OperationDefinitionNode) -> Plan:
    """Plan an operation; raises Unfit for fields that are no reads of ours."""
    kind = selection.schema.get_root_type(node.operation)
    assert kind is not None  # noqa: S101  (the operation was validated)
    return _entries(selection, kind, selection.top(kind, node))


def _entries(
    selection: Selection, kind: GraphQLObjectType, asked: Mapping[str, list[FieldNode]]
) -> Plan:
    known, plan = "{", list[bytes | Entry | Group]()
    for place, (name, nodes) in enumerate(asked.items()):
        known += f'{"," if place else ""}"{name}":'
        entry = _entry(selection, kind, nodes)
        if isinstance(entry, str):
            known += entry
        else:
            plan += (known.encode(), entry)
            known = ""
    return (*plan, f"{known}}}".encode())


def _entry(
    selection: Selection, kind: GraphQLObjectType, asked: list[FieldNode]
) -> str | Entry | Group:
    """Plan a field; a text is its value already."""
    field_name = asked[0].name.value
    if field_name == "__typename":
        return f'"{kind.name}"'
    field = kind.fields.get(field_name)
    root: Root | None = None if field is None else field.extensions.get(ROOT)
    if field is None or root is None:
        raise Unfit
    if isinstance(root, RootFound):
        raise Unfit("several scopes are merged in Python")
    if isinstance(root, RootGroup):
        inner = get_named_type(field.type)
        assert isinstance(inner, GraphQLObjectType)  # noqa: S101  (a group is an object)
        return Group(root, _entries(selection, inner, selection.fields(inner, asked)))
    arguments = selection.arguments(field, asked[0])
    return Entry(root, field, asked, arguments, filling(arguments), selection)
