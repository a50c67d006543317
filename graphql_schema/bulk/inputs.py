"""What the inputs of mutations of many rows have in common."""

from __future__ import annotations

import strawberry

from kotacerdas.bulk import OnError


@strawberry.input
class BulkInput:
    """Input of a mutation of many rows."""

    on_error: OnError = strawberry.field(
        default=OnError.REJECT_ALL, description="What a refused row means for the others."
    )


@strawberry.input
class BulkChange(BulkInput):
    """Input of a step of many objects of one city."""

    city_id: strawberry.ID = strawberry.field(description="City that all of them belong to.")


@strawberry.input
class BulkCreation(BulkInput):
    """Input of a mutation that makes many new things."""

    idempotency_key: str = strawberry.field(
        description="A random UUID of the caller's: repeating the call with it has one effect for"
        " each row; rows that were refused are tried again."
    )
