"""Many programmes at once: accepted innovations placed, a table of programmes added or edited."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.inputs import BulkChange, BulkCreation
from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.bulk.running import change_all, create_all
from graphql_schema.context import Info
from graphql_schema.inputs import uuid_of
from graphql_schema.masterplan import inputs
from graphql_schema.masterplan.types import Programme
from graphql_schema.mutating import mutation
from kotacerdas.identity.policy import Permission
from tenants.masterplan import programmes
from tenants.masterplan.models import Programme as ProgrammeRow
from tenants.submissions.models import Innovation as InnovationRow


@strawberry.type(description="What came of one programme of many.")
class ProgrammeResult(RowResult):
    """What came of one programme of many."""

    prefix = "prg"
    programme: Programme | None = stored()


@strawberry.type
class ProgrammesPayload(BulkPayload):
    """What came of many programmes."""

    result = ProgrammeResult
    results: list[ProgrammeResult] = results()


@strawberry.input(description="Accepted innovations become programmes of their pillars.")
class InnovationsPlaceInput(BulkChange, BulkCreation):
    """Accepted innovations become programmes of their pillars."""

    items: list[inputs.PlacementInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="Programmes of one plan that come from no innovation.")
class ProgrammesCreateInput(BulkCreation):
    """Programmes of one plan that come from no innovation."""

    masterplan_id: strawberry.ID = strawberry.field(description="Plan that they belong to.")
    items: list[inputs.ProgrammeDraftInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="Changes of programmes; absent fields stay.")
class ProgrammesUpdateInput(BulkChange):
    """Changes of programmes; absent fields stay."""

    items: list[inputs.ProgrammeUpdateInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.type
class MasterplanBulkMutations:
    """Many programmes at once."""

    @mutation(
        "Make up to 100 accepted innovations programmes of their pillars.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def innovations_place(
        self, info: Info, input: InnovationsPlaceInput
    ) -> ProgrammesPayload:
        """Place innovations."""
        return await change_all(
            info,
            ProgrammesPayload,
            input,
            InnovationRow,
            lambda s, key, item, row_key: programmes.place(
                s, key, idempotency_key=row_key, **item.values()
            ),
            prefix="inn",
            named="innovation_id",
        )

    @mutation(
        "Add up to 100 programmes that come from no innovation, with targets and budgets.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def programmes_create(
        self, info: Info, input: ProgrammesCreateInput
    ) -> ProgrammesPayload:
        """Add programmes."""
        return await create_all(
            info,
            ProgrammesPayload,
            input,
            ("masterplan_id", "mpl"),
            lambda s, parent, item, key: programmes.create_programme(
                s,
                parent,
                dimension_id=uuid_of(item.dimension_id, "dim", "dimensionId"),
                idempotency_key=key,
                **item.values(),
            ),
        )

    @mutation(
        "Change up to 100 programmes; lists replace the former ones whole.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def programmes_update(
        self, info: Info, input: ProgrammesUpdateInput
    ) -> ProgrammesPayload:
        """Change programmes."""
        return await change_all(
            info,
            ProgrammesPayload,
            input,
            ProgrammeRow,
            lambda s, key, item, _: programmes.update_programme(
                s, key, expected_version=item.expected_version, **item.values()
            ),
        )
