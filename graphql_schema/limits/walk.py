"""One pass over a document before it is validated; each fragment is measured once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.measure import LEAF, Measure, Own, whole
from graphql_schema.limits.refusals import (
    AliasesExceeded,
    CostExceeded,
    DepthExceeded,
    DirectivesExceeded,
    FragmentCycle,
    FragmentsExceeded,
    IntrospectionClosed,
    IntrospectionDepthExceeded,
    LimitExceeded,
    MutationsExceeded,
    RepeatsExceeded,
    RootFieldsExceeded,
)
from graphql_schema.limits.shapes import META_FIELDS, UNKNOWN, Shape, Shapes
from graphql_schema.limits.values import Sizes, check_values

SCHEMA_DEPTH = 20
"""Levels below `__schema`; the standard introspection query has 14."""
SCHEMA_LISTS = {"fields", "inputFields", "interfaces", "possibleTypes", "enumValues"}
"""One within another is a circle: what types have, of all types of what all types have."""


class Walk:
    """The pass over one document: what was counted so far, and the measured fragments."""

    def __init__(
        self,
        shapes: Shapes,
        document: DocumentNode,
        sizes: Sizes,
        allowance: Allowance,
    ) -> None:
        self._shapes = shapes
        self._allowance = allowance
        self._sizes = sizes
        self._fragments = {
            each.name.value: each
            for each in document.definitions
            if isinstance(each, FragmentDefinitionNode)
        }
        self._measured: dict[str, Own] = {}
        self._open: set[str] = set()
        self._tallies: Counter[type[LimitExceeded]] = Counter()

    def fragment_definitions(self, document: DocumentNode) -> None:
        """Count and measure every fragment, spread or not; raises LimitExceeded."""
        for each in document.definitions:
            if isinstance(each, FragmentDefinitionNode):
                self._count(FragmentsExceeded, 1, self._allowance.fragments)
        for name, each in self._fragments.items():
            self._measure(name, 1)
            self._check(self._joined(self._measured[name]), each.type_condition.name.value, 0)

    def operation(self, node: OperationDefinitionNode, root: str | None) -> int:
        """Return an operation's estimated cost; raises LimitExceeded."""
        self._directives(node)
        for variable in node.variable_definitions or ():
            self._directives(variable)
            check_values([variable.default_value], self._allowance)
        measure = self._selection(node.selection_set, root, 1)
        if measure.fields > self._allowance.root_fields:
            raise RootFieldsExceeded(limit=self._allowance.root_fields)
        if node.operation is OperationType.MUTATION:
            self._count(MutationsExceeded, measure.fields, self._allowance.mutations)
        if measure.cost > self._allowance.cost:
            raise CostExceeded(requested=measure.cost, limit=self._allowance.cost)
        return measure.cost

    def _selection(self, node: SelectionSetNode, kind: str | None, depth: int) -> Measure:
        """Measure a selection on the type `kind` whose fields stand at level `depth`."""
        own = self._own(node, kind, depth)
        for name in own.spreads:
            self._measure(name, depth)
        measure = self._joined(own)
        self._check(measure, kind, depth - 1)
        return measure

    def _joined(self, own: Own) -> Measure:
        return whole([own, *(self._measured[name] for name in self._reached(own))])

    def _check(self, measure: Measure, kind: str | None, above: int) -> None:
        deepest = self._deepest(kind)
        if above + measure.depth > deepest:
            raise _too_deep(kind, deepest)
        if measure.circles > 1:
            raise IntrospectionDepthExceeded
        if measure.repeats > self._allowance.repeats:
            raise RepeatsExceeded(key=measure.busiest, limit=self._allowance.repeats)
        if measure.crowd > self._allowance.crowd:
            raise RepeatsExceeded(key=measure.busiest, limit=self._allowance.crowd)

    def _measure(self, name: str, depth: int) -> None:
        """Measure a fragment and those that it spreads, unless they are known."""
        if name in self._open:
            raise FragmentCycle(name=name)
        definition = self._fragments.get(name)
        if name in self._measured or definition is None:
            self._measured.setdefault(name, Own())
            return
        self._directives(definition)
        self._open.add(name)
        own = self._own(definition.selection_set, definition.type_condition.name.value, depth)
        for inner in own.spreads:
            self._measure(inner, depth)
        self._open.discard(name)
        self._measured[name] = own

    def _reached(self, own: Own) -> dict[str, None]:
        """Names of all fragments that a selection spreads, at whatever remove."""
        reached = dict(own.spreads)
        waiting = list(reached)
        while waiting:
            for name in self._measured[waiting.pop()].spreads:
                if name not in reached:
                    reached[name] = None
                    waiting.append(name)
        return reached

    def _own(self, node: SelectionSetNode, kind: str | None, depth: int) -> Own:
        if depth > self._deepest(kind):
            raise _too_deep(kind, self._deepest(kind))
        own = Own()
        for selection, parent in self._flat(node, kind):
            self._directives(selection)
            if isinstance(selection, FieldNode):
                self._field(own, selection, parent, depth)
            else:
                own.spreads[selection.name.value] = None
        return own

    def _flat(
        self, node: SelectionSetNode, kind: str | None
    ) -> Iterator[tuple[FieldNode | FragmentSpreadNode, str | None]]:
        """Yield fields and spreads with the type they stand on, inline fragments opened."""
        waiting = [(node, kind, 0)]
        while waiting:
            holder, on, level = waiting.pop()
            if level > self._allowance.depth:
                raise _too_deep(None, self._allowance.depth)
            for each in holder.selections:
                if isinstance(each, InlineFragmentNode):
                    self._directives(each)
                    condition = each.type_condition
                    inner = condition.name.value if condition else on
                    waiting.append((each.selection_set, inner, level + 1))
                elif isinstance(each, FieldNode | FragmentSpreadNode):
                    yield each, on

    def _field(self, own: Own, node: FieldNode, kind: str | None, depth: int) -> None:
        name = node.name.value
        if node.alias is not None:
            self._count(AliasesExceeded, 1, self._allowance.aliases)
        check_values([each.value for each in node.arguments or ()], self._allowance)
        shape = self._shapes.get(kind or "", {}).get(name, UNKNOWN)
        inner = self._inner(node, shape, depth)
        own.add(kind, (node.alias or node.name).value, inner)
        if name != "__typename":
            own.charge(shape, inner, self._size(node, shape))
        within = (kind or "").startswith("__") and name in SCHEMA_LISTS
        own.circles = max(own.circles, inner.circles + within)

    def _inner(self, node: FieldNode, shape: Shape, depth: int) -> Measure:
        """Measure what a field selects; the description of the schema has levels of its own."""
        opens_schema = node.name.value in META_FIELDS
        if opens_schema and not self._allowance.introspection:
            raise IntrospectionClosed
        if node.selection_set is None:
            return LEAF
        below = 1 if opens_schema else depth + 1
        measure = self._selection(node.selection_set, shape.target, below)
        return replace(LEAF, repeats=measure.repeats) if opens_schema else measure

    def _size(self, node: FieldNode, shape: Shape) -> int:
        """Return how many entries a field stands for: what an argument says, or what is usual."""
        if not (shape.numbers or shape.lists):
            return shape.size
        given = {each.name.value: each.value for each in node.arguments or ()}
        said = [self._sizes.number(given[name]) for name in shape.numbers if name in given]
        said += [self._sizes.length(given[name]) for name in shape.lists if name in given]
        return max((size for size in said if size is not None), default=shape.size)

    def _deepest(self, kind: str | None) -> int:
        return SCHEMA_DEPTH if (kind or "").startswith("__") else self._allowance.depth

    def _directives(self, node: Any) -> None:
        for each in node.directives or ():
            self._count(DirectivesExceeded, 1, self._allowance.directives)
            check_values([given.value for given in each.arguments or ()], self._allowance)

    def _count(self, refusal: type[LimitExceeded], number: int, limit: int) -> None:
        self._tallies[refusal] += number
        if self._tallies[refusal] > limit:
            raise refusal(limit=limit)


def _too_deep(kind: str | None, limit: int) -> LimitExceeded:
    if (kind or "").startswith("__"):
        return IntrospectionDepthExceeded()
    return DepthExceeded(limit=limit)
