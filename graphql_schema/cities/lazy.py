"""Types of cities by name, for types that they are built on themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import strawberry

if TYPE_CHECKING:
    from graphql_schema.cities.participations import Participation
    from graphql_schema.cities.types import City
    from graphql_schema.cities.units import Unit

LazyCity = Annotated["City", strawberry.lazy("graphql_schema.cities.types")]
LazyParticipation = Annotated[
    "Participation", strawberry.lazy("graphql_schema.cities.participations")
]
LazyUnit = Annotated["Unit", strawberry.lazy("graphql_schema.cities.units")]
