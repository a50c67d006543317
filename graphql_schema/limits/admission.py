"""The one question: may this request be validated and executed, and what does it cost?"""

from __future__ import annotations

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.shapes import Shapes, shapes_of
from graphql_schema.limits.values import check_values
from graphql_schema.limits.walk import Walk
from graphql_schema.transport.request_form import Asked


class Gate:
    """The limits over one schema, whose shapes are worked out once."""

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._shapes: Shapes = shapes_of(schema)

    def cost(self, document: DocumentNode, asked: Asked, allowance: Allowance) -> int:
        """Return the estimated cost of the operation that would run: 1 for each object or count.

        Raises LimitExceeded for what the sender may not ask.
        """
        check_values(asked.variables.values(), allowance)
        walk = Walk(self._shapes, document, asked.variables, allowance)
        walk.fragment_definitions(document)
        costs = [
            (operation.name.value if operation.name else None, self._cost(walk, operation))
            for operation in _operations(document)
        ]
        meant = [cost for name, cost in costs if asked.operation_name in (None, name)]
        return meant[0] if meant else 0

    def _cost(self, walk: Walk, operation: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(operation.operation)
        return walk.operation(operation, root.name if root else None)


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
