"""The usual prices: `@cost` and `@listSize` on every field whose declaration says none."""

from __future__ import annotations

from typing import Any

import strawberry
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLObjectType,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
)

from graphql_schema.directives.cost import Cost
from graphql_schema.directives.introspection_cost import IntrospectionCost
from graphql_schema.directives.list_size import ListSize
from graphql_schema.reader.paging import DEFAULT_PAGE

DIRECTIVES: list[Any] = [Cost, ListSize]
"""Types that the schema must know before the prices are attached."""
INTROSPECTION = IntrospectionCost(schema="1000", type="100")
"""Reading the whole schema takes some 50 ms of CPU, one type a tenth of it at most."""

PAGE = ListSize(
    assumed_size=DEFAULT_PAGE,
    slicing_arguments=["first", "last"],
    sized_fields=["edges", "nodes"],
    require_one_slicing_argument=False,
)
BY_ID = ListSize(slicing_arguments=["ids"], require_one_slicing_argument=strawberry.UNSET)
UNPAGED = ListSize(assumed_size=10, require_one_slicing_argument=strawberry.UNSET)
"""For the short lists without pages; one that is longer or shorter as a rule declares it."""
COUNT = Cost(weight="1")
"""A plain value of a connection is counted by the database, as if it were one more object."""
MUTATION = Cost(weight="10")
"""A change writes its audit row, its job and its notifications as well."""


def price(schema: strawberry.Schema) -> None:
    """Attach the usual price to each field that declares none of its kind.

    The SDL shows them, and the limits read them: there is no other place that knows a price.
    """
    core = schema._schema
    for name, kind in core.type_map.items():
        if name.startswith("__") or not isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            continue
        for field in kind.fields.values():
            usual = MUTATION if kind is core.mutation_type else _usual(name, field)
            definition = field.extensions["strawberry-definition"]
            if usual is not None and not _has(definition.directives, type(usual)):
                definition.directives = [*definition.directives, usual]


def is_page(type_name: str) -> bool:
    """Whether a type is a connection, by its name as the Relay specification has it."""
    return type_name.endswith("Connection")


def _usual(parent: str, field: GraphQLField) -> Cost | ListSize | None:
    target = get_named_type(field.type)
    if is_leaf_type(target):
        return COUNT if is_page(parent) else None
    if is_page(target.name):
        return PAGE
    if not isinstance(get_nullable_type(field.type), GraphQLList) or is_page(parent):
        return None
    return BY_ID if "ids" in field.args else UNPAGED


def _has(directives: list[Any], kind: type) -> bool:
    return any(isinstance(each, kind) for each in directives)
