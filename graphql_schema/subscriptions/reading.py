"""Reading what an event shows, by the compiled reader: as a query of what its fields stand for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakValueDictionary

import orjson
from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLObjectType,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableDefinitionNode,
    VariableNode,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_variable_values

from graphql_schema.context import Context
from graphql_schema.preparing import Document, Operation
from graphql_schema.problems import CHANGED
from graphql_schema.reader.compiled.reader import Reader
from graphql_schema.reader.roots import ROOT
from graphql_schema.reader.selection import Selection
from graphql_schema.schema import core
from graphql_schema.subscriptions.events import ChangeEvent

KEY = VariableNode(name=NameNode(value="__key"))
"""The variable that holds the id of what an event is about; no client can name it so."""

Fields = dict[str, list[FieldNode]]


@dataclass(frozen=True)
class EventQuery:
    """What one subscription selects of its events.

    `plain` are the fields that the event itself answers, by response key; `operation` is the query
    that reads all others, None where there are none.
    """

    root: str
    keys: tuple[str, ...]
    plain: Mapping[str, str]
    operation: Operation | None

    async def read(self, event: ChangeEvent, context: Context, reader: Reader) -> Any:
        """Return the data of an event, or None where graphql-core has to read it."""
        values = {key: _own(event, name) for key, name in self.plain.items()}
        if self.operation is not None:
            variables = {**self.operation.variables, KEY.name.value: str(event.key or "")}
            body = await reader.answer(replace(self.operation, variables=variables), context)
            if body is None:
                return None
            values |= orjson.loads(body)
        return {self.root: {key: values[key] for key in self.keys}}


def event_query(operation: Operation) -> EventQuery | None:
    """Return what a subscription reads, or None for one whose variables do not fit."""
    document, node = operation.document, operation.node
    values = get_variable_values(core, node.variable_definitions or (), dict(operation.variables))
    if isinstance(values, list):
        return None
    selection = Selection(core, document.fragments, VariableValues(values.sources, values.coerced))
    assert core.subscription_type is not None  # noqa: S101  (whose operation this is)
    ((root, nodes),) = selection.top(core.subscription_type, node).items()
    kind = _type_of(core.subscription_type, nodes[0])
    fields = selection.fields(kind, nodes)
    read = {key: each for key, each in fields.items() if _is_read(kind, each[0])}
    plain = {key: each[0].name.value for key, each in fields.items() if key not in read}
    asked = _operation(operation, kind, read) if read else None
    return EventQuery(root, tuple(fields), {**plain}, asked)


def _type_of(parent: GraphQLObjectType, node: FieldNode) -> GraphQLObjectType:
    kind = get_named_type(parent.fields[node.name.value].type)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (events are objects)
    return kind


def _is_read(kind: GraphQLObjectType, node: FieldNode) -> bool:
    return bool(_metadata(kind, node).keys() & {CHANGED, ROOT})


def _metadata(kind: GraphQLObjectType, node: FieldNode) -> Mapping[str, Any]:
    field = kind.fields.get(node.name.value)
    return field.extensions["strawberry-definition"].metadata if field else {}


def _own(event: ChangeEvent, name: str) -> Any:
    match name:
        case "__typename":
            return type(event).__strawberry_definition__.name  # type: ignore[attr-defined]  # Strawberry's
        case "cause":
            return event.cause.name
        case _:
            return None if event.key is None else str(event.key)


QUERIES: WeakValueDictionary[Any, Document] = WeakValueDictionary()
"""Queries of the streams that are open: those of one document share one, and its plans."""


def _operation(operation: Operation, kind: GraphQLObjectType, read: Fields) -> Operation:
    shape = tuple((key, *map(id, nodes)) for key, nodes in read.items())
    document = QUERIES.get((id(operation.document), shape))
    if document is None:
        document = _document(operation, kind, read)
        QUERIES[id(operation.document), shape] = document
    return replace(operation, document=document, node=document.operations[None], name=None)


def _document(operation: Operation, kind: GraphQLObjectType, read: Fields) -> Document:
    needed = VariableDefinitionNode(variable=KEY, type=NonNullTypeNode(type=_named("ID")))
    query = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=(*(operation.node.variable_definitions or ()), needed),
        selection_set=SelectionSetNode(selections=tuple(_selections(kind, read))),
    )
    fragments = operation.document.fragments.values()
    return Document.of("", DocumentNode(definitions=(query, *fragments)))


def _selections(kind: GraphQLObjectType, read: Fields) -> Iterator[FieldNode]:
    for key, nodes in read.items():
        sets = [node.selection_set for node in nodes if node.selection_set]
        inner = SelectionSetNode(selections=tuple(each for one in sets for each in one.selections))
        alias = NameNode(value=key)
        if ROOT in _metadata(kind, nodes[0]):
            yield FieldNode(alias=alias, name=nodes[0].name, selection_set=inner)
            continue
        target = NamedTypeNode(name=NameNode(value=_type_of(kind, nodes[0]).name))
        of_type = InlineFragmentNode(type_condition=target, selection_set=inner)
        yield FieldNode(
            alias=alias,
            name=NameNode(value="node"),
            arguments=(ArgumentNode(name=NameNode(value="id"), value=KEY),),
            selection_set=SelectionSetNode(selections=(of_type,)),
        )


def _named(name: str) -> NamedTypeNode:
    return NamedTypeNode(name=NameNode(value=name))
