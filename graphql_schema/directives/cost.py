"""`@cost`: what a field weighs, as in IBM's GraphQL Cost Directives specification."""

from __future__ import annotations

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="cost",
    description=(
        "What each entry that the field yields adds to an operation's cost."
        " Without it an object weighs 1 and a plain value nothing."
    ),
)
class Cost:
    """What a field weighs."""

    weight: str = strawberry.field(
        name="weight", description="A whole number, as text because the specification says so."
    )
