"""What each field of the schema yields, as far as its cost depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)


class Yield(Enum):
    """How many objects a field stands for."""

    VALUE = auto()
    COUNT = auto()
    OBJECT = auto()
    LIST = auto()
    PAGE = auto()
    ROWS = auto()
    """Within a page: as many as the page's size."""


@dataclass(frozen=True)
class Shape:
    """What a field yields, and the type that its selection is read on."""

    yields: Yield
    target: str


Shapes = dict[str, dict[str, Shape]]


def shapes_of(schema: GraphQLSchema) -> Shapes:
    """Return type name -> field name -> shape, the meta fields of the query included."""
    shapes = {
        name: {field: _shape(name, given) for field, given in kind.fields.items()}
        for name, kind in schema.type_map.items()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
    }
    if schema.query_type is not None:
        meta = {"__schema": "__Schema", "__type": "__Type"}
        root = shapes[schema.query_type.name]
        root.update({name: Shape(Yield.VALUE, target) for name, target in meta.items()})
    return shapes


def _shape(parent: str, field: GraphQLField) -> Shape:
    target = get_named_type(field.type)
    several = isinstance(get_nullable_type(field.type), GraphQLList)
    # The schema in memory is bounded by depth instead: reading it asks no database.
    free = target.name.startswith("__") or (is_leaf_type(target) and not _is_page(parent))
    if free:
        return Shape(Yield.VALUE, target.name)
    if is_leaf_type(target):
        return Shape(Yield.COUNT, target.name)
    if _is_page(target.name):
        return Shape(Yield.PAGE, target.name)
    if several:
        return Shape(Yield.ROWS if _is_page(parent) else Yield.LIST, target.name)
    return Shape(Yield.OBJECT, target.name)


def _is_page(type_name: str) -> bool:
    return type_name.endswith("Connection")
