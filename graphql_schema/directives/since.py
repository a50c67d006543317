"""`@since`: with which release a field came."""

from __future__ import annotations

import strawberry
from strawberry.schema_directive import Location


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION, Location.OBJECT],
    name="since",
    description="With which release it came; what says nothing was there from the first.",
)
class Since:
    """With which release a field came: `directives=[Since(version="0.2.0")]`."""

    version: str = strawberry.field(name="version", description="The release, e.g. 0.2.0.")
