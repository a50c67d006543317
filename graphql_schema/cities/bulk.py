"""Many departments at once: a city enters them all when it begins."""

from __future__ import annotations

from datetime import date

import strawberry

from graphql_schema.bulk.inputs import BulkCreation
from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.bulk.running import create_all
from graphql_schema.cities.units import Unit
from graphql_schema.context import Info
from graphql_schema.mutating import mutation
from kotacerdas.identity.policy import Permission
from tenants.cities import units
from tenants.cities.models import UnitKind


@strawberry.type(description="What came of one department of many.")
class UnitResult(RowResult):
    """What came of one department of many."""

    prefix = "unt"
    unit: Unit | None = stored()


@strawberry.type
class UnitsPayload(BulkPayload):
    """What came of many departments."""

    result = UnitResult
    results: list[UnitResult] = results()


@strawberry.input(description="A department's names and kind.")
class UnitDraftInput:
    """A department's names and kind."""

    name: str = strawberry.field(description="Full name.")
    short_name: str = strawberry.field(description="Short name, unique within the city.")
    kind: UnitKind = strawberry.field(description="Kind by PP 18/2016.")
    valid_from: date | None = strawberry.field(default=None, description="First day, if known.")


@strawberry.input(description="New departments of a city.")
class UnitsCreateInput(BulkCreation):
    """New departments of a city."""

    city_id: strawberry.ID = strawberry.field(description="City that they belong to.")
    items: list[UnitDraftInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.type
class CityBulkMutations:
    """Many departments at once."""

    @mutation("Add up to 100 departments.", requires=Permission.UNIT_MANAGE)
    async def units_create(self, info: Info, input: UnitsCreateInput) -> UnitsPayload:
        """Add departments."""
        return await create_all(
            info,
            UnitsPayload,
            input,
            ("city_id", "cty"),
            lambda s, _, item, key: units.create_unit(
                s,
                name=item.name,
                short_name=item.short_name,
                kind=item.kind,
                valid_from=item.valid_from,
                idempotency_key=key,
            ),
        )
