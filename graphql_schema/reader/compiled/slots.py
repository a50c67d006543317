"""Variables at compile time: what changes the SQL is kept, every other value leaves its place.

A value's form decides the SQL (which operators a filter has, the order, whether there is a cursor);
its texts and numbers are bound. Requests with the same form share a statement.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from graphql import (
    GraphQLInputObjectType,
    GraphQLList,
    get_nullable_type,
    is_enum_type,
    is_list_type,
)

Variables = Mapping[str, Any]
BOUND = "?"


@dataclass(frozen=True)
class Slot:
    """The place of a value among an operation's variables."""

    path: tuple[str | int, ...]

    def of(self, variables: Variables) -> Any:
        """Return the value that a request gives."""
        value: Any = variables
        for step in self.path:
            value = value[step]
        return value


Filling = Callable[[Variables], Any]


def filling(given: Any) -> Filling:
    """Return what gives a value with its slots replaced by what a request gives."""
    if not slotted(given):
        return lambda _variables: given
    match given:
        case Slot(path=(name,)):
            return itemgetter(name)
        case Slot():
            return given.of
        case dict():
            inner = {key: filling(value) for key, value in given.items()}
            return lambda variables: {key: fill(variables) for key, fill in inner.items()}
        case _:
            each = [filling(value) for value in given]
            return lambda variables: [fill(variables) for fill in each]


def slotted(given: Any) -> bool:
    """Whether any part of a value is a slot."""
    match given:
        case Slot():
            return True
        case dict():
            return any(map(slotted, given.values()))
        case list():
            return any(map(slotted, given))
        case _:
            return False


Form = Hashable
Shaped = tuple[Form, Any]
"""What of a value changes the SQL, and the value with slots for the rest."""
Shaper = Callable[[Any, tuple[str | int, ...]], Shaped]


def shaper(kind: Any) -> Shaper:
    """Return what tells the form of a coerced value of a GraphQL input type."""
    inner = get_nullable_type(kind)
    if is_list_type(inner):
        return _list_shaper(inner)
    if isinstance(inner, GraphQLInputObjectType):
        return _object_shaper(inner)
    if is_enum_type(inner) or inner.name == "Boolean":
        return lambda value, _path: (value, value)
    return lambda value, path: (None, None) if value is None else (BOUND, Slot(path))


def _list_shaper(kind: GraphQLList[Any]) -> Shaper:
    entry = get_nullable_type(kind.of_type)
    plain = not (is_list_type(entry) or isinstance(entry, GraphQLInputObjectType))
    if plain and not is_enum_type(entry):
        return lambda value, path: (None, None) if value is None else (BOUND, Slot(path))
    shape = shaper(entry)

    def shaped(value: Any, path: tuple[str | int, ...]) -> Shaped:
        if value is None:
            return None, None
        each = [shape(one, (*path, place)) for place, one in enumerate(value)]
        return tuple(form for form, _ in each), [slots for _, slots in each]

    return shaped


def _object_shaper(kind: GraphQLInputObjectType) -> Shaper:
    # Made when they are first needed: filters hold filters of their own kind.
    shapers: dict[str, Shaper] = {}

    def shaped(value: Any, path: tuple[str | int, ...]) -> Shaped:
        if value is None:
            return None, None
        forms, slots = [], {}
        for name, one in value.items():
            if name not in shapers:
                shapers[name] = shaper(kind.fields[name].type)
            form, slots[name] = shapers[name](one, (*path, name))
            forms.append((name, form))
        return tuple(forms), slots

    return shaped
