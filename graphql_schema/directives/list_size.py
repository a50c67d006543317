"""`@listSize`: how long a list may be, as in IBM's GraphQL Cost Directives specification."""

from __future__ import annotations

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="listSize",
    description="How many entries the field is counted with, before anything is read.",
)
class ListSize:
    """How long a list may be."""

    assumed_size: int | None = strawberry.field(
        name="assumedSize", default=strawberry.UNSET, description="Size where no argument says one."
    )
    slicing_arguments: list[str] | None = strawberry.field(
        name="slicingArguments",
        default=strawberry.UNSET,
        description="Arguments that say the size: a number, or by its length a list.",
    )
    sized_fields: list[str] | None = strawberry.field(
        name="sizedFields",
        default=strawberry.UNSET,
        description="Fields of the answer that have this size, where it is no list itself.",
    )
    require_one_slicing_argument: bool | None = strawberry.field(
        name="requireOneSlicingArgument",
        default=True,
        description="Whether exactly one of the slicing arguments must be given.",
    )
