"""What each field costs and yields, as the directives of the schema say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from graphql_schema.directives.cost import Cost
from graphql_schema.directives.introspection_cost import IntrospectionCost
from graphql_schema.directives.list_size import ListSize


@dataclass(frozen=True)
class Shape:
    """What a field weighs, how many it yields, and the type that its selection is read on."""

    target: str
    weight: int
    size: int = 1
    """How many, where no argument says it."""
    numbers: tuple[str, ...] = ()
    """Arguments whose number is the size."""
    lists: tuple[str, ...] = ()
    """Arguments whose length is the size."""
    page: bool = False
    """Not the field itself but some fields below it have the size."""
    sized: bool = False
    """One of those: as many as the page says that holds it."""


UNKNOWN = Shape("", weight=1)
"""A field that the schema does not have counts as an object; validation will refuse it."""
META_FIELDS = ("__schema", "__type")
"""Fields of the query that open the description of the schema."""
Shapes = dict[str, dict[str, Shape]]


def shapes_of(schema: GraphQLSchema) -> Shapes:
    """Return type name -> field name -> shape, the meta fields of the query included.

    Raises LookupError for a list whose size no directive says.
    """
    kinds: dict[str, Any] = {
        name: kind
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    }
    shapes: Shapes = {
        name: {field: _shape(name, given) for field, given in kind.fields.items()}
        for name, kind in kinds.items()
    }
    for kind, name in _sized(kinds):
        shapes[kind][name] = replace(shapes[kind][name], sized=True)
    for kind, name in _lists(kinds):
        shape = shapes[kind][name]
        if shape.weight and not (shape.sized or _directive(kinds[kind].fields[name], ListSize)):
            raise LookupError(f"{kind}.{name} is a list without @listSize: say how long it is")
    if schema.query_type is not None:
        shapes[schema.query_type.name] |= _meta(schema)
    return shapes


def slicing_arguments(shapes: Shapes) -> frozenset[str]:
    """Return the names of all arguments that say a size anywhere."""
    fields = [shape for kind in shapes.values() for shape in kind.values()]
    return frozenset(name for shape in fields for name in (*shape.numbers, *shape.lists))


def _shape(parent: str, field: GraphQLField) -> Shape:
    target = get_named_type(field.type)
    if parent.startswith("__"):
        return Shape(target.name, weight=0)  # bounded by depth: reading it asks no database
    size, weight = _directive(field, ListSize), _weight(field, target)
    if size is None:
        return Shape(target.name, weight)
    slicing = size.slicing_arguments or []
    lists = {name for name, given in field.args.items() if _is_list(given.type)}
    return Shape(
        target.name,
        weight,
        size.assumed_size or 1,
        tuple(name for name in slicing if name not in lists),
        tuple(name for name in slicing if name in lists),
        page=bool(size.sized_fields),
    )


def _weight(field: GraphQLField, target: GraphQLNamedType) -> int:
    cost = _directive(field, Cost)
    if cost is not None:
        return int(cost.weight)
    return 0 if is_leaf_type(target) else 1


def _sized(kinds: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind in kinds.values():
        for field in kind.fields.values():
            size = _directive(field, ListSize)
            for name in (size and size.sized_fields) or ():
                yield get_named_type(field.type).name, name


def _lists(kinds: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for name, kind in kinds.items():
        yield from ((name, each) for each, field in kind.fields.items() if _is_list(field.type))


def _is_list(kind: Any) -> bool:
    return isinstance(get_nullable_type(kind), GraphQLList)


def _meta(schema: GraphQLSchema) -> dict[str, Shape]:
    given = schema.extensions["strawberry-definition"].schema_directives
    (cost,) = [each for each in given if isinstance(each, IntrospectionCost)]
    weights = (cost.schema, cost.type)
    targets = ("__Schema", "__Type")
    return {
        name: Shape(target, int(weight))
        for name, target, weight in zip(META_FIELDS, targets, weights, strict=True)
    }


def _directive(field: GraphQLField, kind: type[Any]) -> Any:
    definition = field.extensions.get("strawberry-definition")
    given = getattr(definition, "directives", ())
    return next((each for each in given if isinstance(each, kind)), None)
