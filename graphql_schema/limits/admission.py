"""The one question: may this request be validated and executed, and what does it cost?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode

from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.shapes import Shapes, shapes_of, slicing_arguments
from graphql_schema.limits.values import SizeKey, Sizes, check_values, size_variables, sizes_of
from graphql_schema.limits.walk import Walk


class Gate:
    """The limits over one schema, whose shapes are worked out once.

    A request passes `check_values` and `cost`. What `cost` says depends on its arguments alone, so
    that it may be kept beside the document.
    """

    def __init__(self, schema: GraphQLSchema) -> None:
        self._schema = schema
        self._shapes: Shapes = shapes_of(schema)
        self._slicing = slicing_arguments(self._shapes)

    def check_values(self, variables: Mapping[str, Any], allowance: Allowance) -> None:
        """Raise LimitExceeded for variables that are too long, too deep or too many."""
        check_values(variables.values(), allowance)

    def size_variables(self, document: DocumentNode) -> tuple[str, ...]:
        """Return the variables on whose values the cost depends; `sizes_of` reads them."""
        return size_variables(document, self._slicing)

    def cost(
        self, document: DocumentNode, name: str | None, sizes: SizeKey, allowance: Allowance
    ) -> int:
        """Return the estimated cost of the operation of that name, or of the first one.

        The whole document is looked at. Raises LimitExceeded for what the sender may not ask.
        """
        walk = Walk(self._shapes, document, Sizes(document, sizes), allowance)
        walk.fragment_definitions(document)
        costs = [
            (operation.name.value if operation.name else None, self._cost(walk, operation))
            for operation in _operations(document)
        ]
        meant = [cost for own, cost in costs if name in (None, own)]
        return meant[0] if meant else 0

    def admit(
        self,
        document: DocumentNode,
        name: str | None,
        variables: Mapping[str, Any],
        allowance: Allowance,
    ) -> int:
        """Take both steps at once; returns the cost."""
        self.check_values(variables, allowance)
        sizes = sizes_of(self.size_variables(document), variables)
        return self.cost(document, name, sizes, allowance)

    def _cost(self, walk: Walk, operation: OperationDefinitionNode) -> int:
        root = self._schema.get_root_type(operation.operation)
        return walk.operation(operation, root.name if root else None)


def _operations(document: DocumentNode) -> list[OperationDefinitionNode]:
    return [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
