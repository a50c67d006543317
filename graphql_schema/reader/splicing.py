"""Objects behind keys, read by the compiled reader and put into an answer of graphql-core.

A mutation's payload holds the key of what was changed. graphql-core runs the mutation without what
is selected of such objects; each is then read as a query of its own and its JSON spliced in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import orjson
from graphql import (
    ArgumentNode,
    DocumentNode,
    ExecutionResult,
    FieldNode,
    GraphQLError,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    TypeInfo,
    TypeInfoVisitor,
    VariableDefinitionNode,
    VariableNode,
    Visitor,
    visit,
)

from graphql_schema.context import Context, Reading
from graphql_schema.preparing import Document, Operation
from graphql_schema.problems import CHANGED
from graphql_schema.reader.compiled.reader import Reader

KEY, OBJECT = "__key", "it"
"""The variable that holds the id, which no client can name so, and the query's response key."""
TYPENAME = SelectionSetNode(selections=(FieldNode(name=NameNode(value="__typename")),))
Run = Callable[[Operation, Context], Awaitable[ExecutionResult]]


@dataclass(frozen=True)
class Pruned:
    """A document without what is selected of objects behind keys; `whole` has the whole nodes."""

    document: DocumentNode
    whole: dict[int, FieldNode]

    @classmethod
    def of(cls, document: Document, schema: GraphQLSchema) -> Pruned:
        """Prune a document, once."""
        known: Pruned | None = document.compiled.get(cls)
        if known is None:
            info, pruning = TypeInfo(schema), _Pruning()
            pruning.info = info
            pruned = visit(document.node, TypeInfoVisitor(info, pruning))
            known = document.compiled[cls] = cls(pruned, pruning.whole)
        return known


class _Pruning(Visitor):
    """Takes the selections of objects behind keys out of a document."""

    info: TypeInfo

    def __init__(self) -> None:
        super().__init__()
        self.whole: dict[int, FieldNode] = {}

    def leave_field(self, node: FieldNode, *_place: Any) -> FieldNode | None:
        field = self.info.get_field_def()
        definition = field.extensions.get("strawberry-definition") if field else None
        if definition is None or CHANGED not in definition.metadata:
            return None
        pruned = FieldNode(
            alias=node.alias,
            name=node.name,
            arguments=node.arguments,
            directives=node.directives,
            selection_set=TYPENAME,
            loc=node.loc,
        )
        self.whole[id(pruned)] = node
        return pruned


async def splice(
    result: ExecutionResult, operation: Operation, context: Context, reader: Reader, run: Run
) -> ExecutionResult:
    """Put what the execution noted to be read into its data; errors are added to its own."""
    readings = context.readings or []
    if result.data is None or not readings:
        return result
    pruned: Pruned = operation.document.compiled[Pruned]
    later = replace(context, readings=None, fresh=True)
    found = await asyncio.gather(
        *(_read(reading, pruned, operation, later, reader, run) for reading in readings)
    )
    errors = list(result.errors or ())
    for reading, (value, faults) in zip(readings, found, strict=True):
        *way, last = reading.path
        place: Any = result.data
        for step in way:
            place = place[step]
        place[last] = value
        errors += faults
    return ExecutionResult(result.data, errors or None)


async def _read(
    reading: Reading,
    pruned: Pruned,
    operation: Operation,
    context: Context,
    reader: Reader,
    run: Run,
) -> tuple[Any, list[GraphQLError]]:
    nodes = [pruned.whole[id(node)] for node in reading.nodes]
    query = _query(operation, reading.type_name, nodes)
    query = replace(query, variables={**operation.variables, KEY: str(reading.key)})
    try:
        body = await reader.answer(query, context)
        if body is not None:
            return orjson.Fragment(body[len(f'{{"{OBJECT}":') : -1]), []
        result = await run(query, context)
    except Exception as failure:
        # The change stands and is told; what failed is told, or logged, beside it.
        return None, [GraphQLError("", nodes, path=reading.path, original_error=failure)]
    faults = [_at(reading.path, error) for error in result.errors or ()]
    return (result.data or {}).get(OBJECT), faults


def _at(path: list[str | int], error: GraphQLError) -> GraphQLError:
    """Return an error of the query as one of the operation that it reads for."""
    inner = [*path, *(error.path or ())[1:]]
    return GraphQLError(error.message, error.nodes, path=inner, original_error=error.original_error)


def _query(operation: Operation, type_name: str, nodes: list[FieldNode]) -> Operation:
    """Return the query of one object with the selection of `nodes`, made once."""
    place = (type_name, *map(id, nodes))
    known: Document | None = operation.document.compiled.get(place)
    if known is None:
        known = _document(operation, type_name, nodes)
        operation.document.compiled[place] = known
    return Operation(known, known.operations[None], None, {}, 0)


def _document(operation: Operation, type_name: str, nodes: list[FieldNode]) -> Document:
    key = VariableNode(name=NameNode(value=KEY))
    text = NonNullTypeNode(type=NamedTypeNode(name=NameNode(value="ID")))
    selections = [
        each for node in nodes if node.selection_set for each in node.selection_set.selections
    ]
    target = InlineFragmentNode(
        type_condition=NamedTypeNode(name=NameNode(value=type_name)),
        selection_set=SelectionSetNode(selections=tuple(selections)),
    )
    field = FieldNode(
        alias=NameNode(value=OBJECT),
        name=NameNode(value="node"),
        arguments=(ArgumentNode(name=NameNode(value="id"), value=key),),
        selection_set=SelectionSetNode(selections=(target,)),
    )
    query = OperationDefinitionNode(
        operation=OperationType.QUERY,
        variable_definitions=(
            *(operation.node.variable_definitions or ()),
            VariableDefinitionNode(variable=key, type=text),
        ),
        selection_set=SelectionSetNode(selections=(field,)),
    )
    fragments = operation.document.fragments.values()
    return Document.of("", DocumentNode(definitions=(query, *fragments)))
