"""From the text of a document to an operation that may run: parsed, limited and validated once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any

from graphql import (
    DocumentNode,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    validate,
)

from graphql_schema.limits.admission import Gate
from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.parsing import parsed
from graphql_schema.limits.values import SizeKey, sizes_of
from graphql_schema.transport.request_form import Asked

CACHED_BYTES = 512 * 1024
"""Text of all kept documents together; their trees take some sixty times as much memory."""

MOST_COSTS = 128
"""Costs that are kept of one document: pages of every size, and no more."""


class NotExecutable(Exception):
    """A document that cannot be executed: no GraphQL, not of this schema, or no such operation."""

    def __init__(self, errors: list[GraphQLError]) -> None:
        super().__init__(errors)
        self.errors = errors


@dataclass(eq=False)
class Document:
    """A parsed document; whether it fits the schema is found out once, after the limits."""

    text: str
    node: DocumentNode
    operations: dict[str | None, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    errors: list[GraphQLError] | None = None
    size_variables: tuple[str, ...] | None = None
    """Variables on whose values its cost depends; None before it is known."""
    costs: dict[tuple[Allowance, str | None, SizeKey], int] = field(default_factory=dict)
    """What it costs by sender, operation and sizes, as far as it was asked for."""
    compiled: dict[Any, Any] = field(default_factory=dict)
    """What the reader made of the operations."""

    @cached_property
    def digest(self) -> str:
        """The name under which it is logged, and registered if it is."""
        return f"sha256:{sha256(self.text.encode()).hexdigest()}"

    @classmethod
    def of(cls, text: str, node: DocumentNode) -> Document:
        """Note the document's operations by name."""
        operations: dict[str | None, OperationDefinitionNode] = {}
        fragments: dict[str, FragmentDefinitionNode] = {}
        for each in node.definitions:
            match each:
                case OperationDefinitionNode():
                    operations[each.name.value if each.name else None] = each
                case FragmentDefinitionNode():
                    fragments[each.name.value] = each
        return cls(text, node, operations, fragments)


@dataclass(frozen=True)
class Operation:
    """What a request asks for, ready to run."""

    document: Document
    node: OperationDefinitionNode
    name: str | None
    variables: Mapping[str, Any]
    cost: int

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.node.operation


class Preparation:
    """Prepares operations over one schema and keeps the documents that were asked for last."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._gate = Gate(schema)
        self._documents: OrderedDict[tuple[int, str], Document] = OrderedDict()
        self._bytes = 0

    def operation(self, asked: Asked, allowance: Allowance) -> Operation:
        """Return the operation that is asked for.

        Raises LimitExceeded for what the sender may not ask, NotExecutable for what cannot run.
        """
        document = self._document(asked.query, allowance)
        cost = self._cost(document, asked, allowance)
        if document.errors is None:
            document.errors = validate(self._schema, document.node, hide_suggestions=True)
        if document.errors:
            raise NotExecutable(document.errors)
        node = _meant(document, asked.operation_name)
        return Operation(document, node, asked.operation_name, asked.variables, cost)

    def _cost(self, document: Document, asked: Asked, allowance: Allowance) -> int:
        """Return what the operation costs; walks the document once for each size of its lists."""
        self._gate.check_values(asked.variables, allowance)
        if document.size_variables is None:
            document.size_variables = self._gate.size_variables(document.node)
        sizes = sizes_of(document.size_variables, asked.variables)
        key = (allowance, asked.operation_name, sizes)
        cost = document.costs.get(key)
        if cost is None:
            cost = self._gate.cost(document.node, asked.operation_name, sizes, allowance)
            if len(document.costs) >= MOST_COSTS:
                document.costs.clear()
            document.costs[key] = cost
        return cost

    def _document(self, text: str, allowance: Allowance) -> Document:
        key = (allowance.tokens, text)  # who may ask for less is refused what others may ask
        known = self._documents.get(key)
        if known is not None:
            self._documents.move_to_end(key)
            return known
        try:
            document = Document.of(text, parsed(text, allowance))
        except GraphQLError as no_document:
            raise NotExecutable([no_document]) from None
        self._documents[key] = document
        self._bytes += len(text)
        while self._bytes > CACHED_BYTES:
            (_, oldest), _ = self._documents.popitem(last=False)
            self._bytes -= len(oldest)
        return document


def _meant(document: Document, name: str | None) -> OperationDefinitionNode:
    """Return the operation of that name, or the only one; raises NotExecutable."""
    if name is None and len(document.operations) == 1:
        return next(iter(document.operations.values()))
    if name is None:
        text = "The document has no operation." if not document.operations else _SEVERAL
        raise NotExecutable([GraphQLError(text)])
    if name not in document.operations:
        raise NotExecutable([GraphQLError(f'The document has no operation named "{name}".')])
    return document.operations[name]


_SEVERAL = "The document has several operations. Name the one to run in operationName."
