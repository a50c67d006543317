"""The fields that an operation asks of one type, fragments and directives resolved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLIncludeDirective,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLSkipDirective,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    is_abstract_type,
)
from graphql.execution.values import VariableValues, get_argument_values, get_directive_values

from graphql_schema.context import ResolveInfo


@dataclass(frozen=True)
class Selection:
    """An operation's fragments and variables; reads selections of any type."""

    schema: GraphQLSchema
    fragments: Any
    variables: VariableValues

    @classmethod
    def of(cls, info: ResolveInfo) -> Selection:
        """Take the operation that a resolver works for."""
        return cls(info.schema, info.fragments, info.variable_values)

    def top(
        self, kind: GraphQLObjectType, operation: OperationDefinitionNode
    ) -> dict[str, list[FieldNode]]:
        """Return the operation's own fields."""
        found: dict[str, list[FieldNode]] = {}
        self._collect(kind, operation.selection_set.selections, found, set())
        return found

    def fields(self, kind: GraphQLObjectType, nodes: list[FieldNode]) -> dict[str, list[FieldNode]]:
        """Return response key -> field nodes, in the order of the response."""
        found: dict[str, list[FieldNode]] = {}
        for node in nodes:
            if node.selection_set:
                self._collect(kind, node.selection_set.selections, found, set())
        return found

    def arguments(self, field: GraphQLField, node: FieldNode) -> dict[str, Any]:
        """Return the coerced arguments by their GraphQL names; absent ones are left out."""
        return get_argument_values(field, node, self.variables)

    def _collect(
        self,
        kind: GraphQLObjectType,
        selections: tuple[SelectionNode, ...] | list[SelectionNode],
        found: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        for selection in selections:
            if not self._included(selection):
                continue
            match selection:
                case FieldNode():
                    key = (selection.alias or selection.name).value
                    found.setdefault(key, []).append(selection)
                case FragmentSpreadNode():
                    name = selection.name.value
                    if name not in seen:
                        seen.add(name)
                        spread = self.fragments[name]
                        definition = getattr(spread, "definition", spread)
                        self._enter(kind, definition, found, seen)
                case InlineFragmentNode():
                    self._enter(kind, selection, found, seen)

    def _enter(
        self,
        kind: GraphQLObjectType,
        fragment: Any,
        found: dict[str, list[FieldNode]],
        seen: set[str],
    ) -> None:
        condition = fragment.type_condition
        if condition is not None and condition.name.value != kind.name:
            wider = self.schema.get_type(condition.name.value)
            if not (is_abstract_type(wider) and self.schema.is_sub_type(wider, kind)):
                return
        self._collect(kind, fragment.selection_set.selections, found, seen)

    def _included(self, node: SelectionNode) -> bool:
        skip = get_directive_values(GraphQLSkipDirective, node, self.variables)
        if skip and skip["if"]:
            return False
        include = get_directive_values(GraphQLIncludeDirective, node, self.variables)
        return include is None or bool(include["if"])
