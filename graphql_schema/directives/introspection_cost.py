"""`@introspectionCost`: what reading the schema weighs, which no field definition could say."""

from __future__ import annotations

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.SCHEMA],
    name="introspectionCost",
    description="What the fields `__schema` and `__type` add to an operation's cost.",
)
class IntrospectionCost:
    """What reading the schema weighs."""

    schema: str = strawberry.field(name="schema", description="Weight of `__schema`.")
    type: str = strawberry.field(name="type", description="Weight of `__type`.")
