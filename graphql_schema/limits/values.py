"""The values of a request, in variables and in the document: how many, how long, how deep."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graphql import (
    DocumentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
)

from graphql_schema.limits.allowance import Allowance
from graphql_schema.limits.refusals import ListExceeded, ValueDepthExceeded, ValuesExceeded

LARGEST = 10**9
"""What stands for every larger number; the text of one may have thousands of digits."""


def check_values(values: Iterable[Any], allowance: Allowance) -> None:
    """Refuse lists that are too long, values that nest too deeply, and too many of them.

    Takes JSON values and value nodes. Raises ListExceeded, ValueDepthExceeded or ValuesExceeded.
    """
    waiting = [(value, 0) for value in values]
    room = allowance.values - len(waiting)
    while waiting and room >= 0:
        value, level = waiting.pop()
        inner = _inner(value)
        if inner is None:
            continue
        if isinstance(value, list | ListValueNode) and len(inner) > allowance.list_entries:
            raise ListExceeded(limit=allowance.list_entries)
        if level == allowance.value_depth:
            raise ValueDepthExceeded(limit=allowance.value_depth)
        room -= len(inner)
        waiting.extend((each, level + 1) for each in inner)
    if room < 0:
        raise ValuesExceeded(limit=allowance.values)


def _inner(value: Any) -> Collection[Any] | None:
    match value:
        case list():
            return value
        case dict():
            return value.values()
        case ListValueNode():
            return value.values
        case ObjectValueNode():
            return [field.value for field in value.fields]
    return None


Size = tuple[int | None, int]
"""What a variable says as a size: its whole number, if it is one, and its length as a list."""
SizeKey = tuple[tuple[str, Size], ...]
"""All that the cost of a document depends on besides its text: hashable, and equal if equal."""


def size_variables(document: DocumentNode, slicing: Collection[str]) -> tuple[str, ...]:
    """Return the variables that stand in arguments of the names in `slicing`, sorted."""
    found: set[str] = set()
    waiting: list[Any] = [each for each in document.definitions if hasattr(each, "selection_set")]
    while waiting:
        holder = waiting.pop()
        for given in getattr(holder, "arguments", None) or ():
            if given.name.value in slicing and isinstance(given.value, VariableNode):
                found.add(given.value.name.value)
        selected = getattr(holder, "selection_set", None)
        waiting += selected.selections if selected is not None else ()
    return tuple(sorted(found))


def sizes_of(names: Iterable[str], variables: Mapping[str, Any]) -> SizeKey:
    """Return what the named variables say as sizes; those that are not given are left out."""
    return tuple(
        (name, (_number(variables[name]), len(_inner(variables[name]) or ())))
        for name in names
        if name in variables
    )


class Sizes:
    """The numbers and lengths that arguments give, by literals and variables."""

    def __init__(self, document: DocumentNode, given: SizeKey) -> None:
        self._given = dict(given)
        self._defaults: dict[str, list[ValueNode]] = {}
        for definition in document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                for each in definition.variable_definitions or ():
                    if each.default_value is not None:
                        name = each.variable.name.value
                        self._defaults.setdefault(name, []).append(each.default_value)

    def number(self, node: ValueNode) -> int | None:
        """Return a whole number of at least 1, or None where the argument gives none."""
        return max((each for each, _ in self._meant(node) if each is not None), default=None)

    def length(self, node: ValueNode) -> int:
        """Return how many entries a list has, at least 1."""
        return max(1, *(length for _, length in self._meant(node)), 1)

    def _meant(self, node: ValueNode) -> list[Size]:
        """What a node says as a size; every default, where operations differ in it."""
        meant: list[Any] = [node]
        if isinstance(node, VariableNode):
            name = node.name.value
            if name in self._given:
                return [self._given[name]]
            meant = list(self._defaults.get(name, ()))
        return [(_number(value), len(_inner(value) or ())) for value in meant]


def _number(value: Any) -> int | None:
    match value:
        case IntValueNode():
            digits = value.value.lstrip("-")
            return LARGEST if len(digits) > 9 else max(1, int(value.value))
        case bool():
            return None
        case int() | float():  # GraphQL takes 100.0 for 100
            return int(max(1, min(value, LARGEST)))
    return None
