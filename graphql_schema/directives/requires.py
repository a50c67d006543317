"""`@requires`: which permission a field, a mutation, or each row of a type asks for."""

from __future__ import annotations

from collections.abc import Iterable

import strawberry
from strawberry.schema_directive import Location

from kotacerdas.identity.policy import Permission

REQUIRES = "requires"
"""Key, in a field's metadata, of the permissions that its resolver or its rule asks for."""


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.OBJECT],
    name="requires",
    description=(
        "Permission that the caller needs in the city that the object belongs to; of several, one"
        " suffices, and which one may depend on the object. On a type: its rows are read by those"
        " alone who hold it. On a field: without it the field is null; a mutation answers"
        " FORBIDDEN, a subscription NOT_FOUND."
    ),
    repeatable=True,
)
class Requires:
    """Which permission is asked for."""

    permission: Permission = strawberry.field(
        name="permission", description="Permission of one of the caller's roles or of their token."
    )


def requires(permissions: Iterable[Permission]) -> list[Requires]:
    """Return the directives that say so."""
    return [Requires(permission=permission) for permission in permissions]
