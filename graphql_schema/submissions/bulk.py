"""Steps of many innovations at once: a department hands in its sheet, the city endorses it."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.inputs import BulkChange, BulkCreation
from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.bulk.running import change_all, create_all
from graphql_schema.context import Info
from graphql_schema.mutating import mutation
from graphql_schema.submissions import inputs
from graphql_schema.submissions.types import Innovation
from kotacerdas.identity.policy import Permission
from tenants.submissions import drafting, submitting
from tenants.submissions.models import Innovation as InnovationRow


@strawberry.type(description="What came of one innovation of many.")
class InnovationResult(RowResult):
    """What came of one innovation of many."""

    prefix = "inn"
    innovation: Innovation | None = stored()


@strawberry.type
class InnovationsPayload(BulkPayload):
    """What came of many innovations."""

    result = InnovationResult
    results: list[InnovationResult] = results()


@strawberry.input(description="New innovations of a participation; they begin as drafts.")
class InnovationsCreateInput(BulkCreation):
    """New innovations of a participation; they begin as drafts."""

    participation_id: strawberry.ID = strawberry.field(description="For which participation.")
    items: list[inputs.InnovationDraftInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="Changes of drafts or returned innovations.")
class InnovationsUpdateInput(BulkChange):
    """Changes of drafts or returned innovations."""

    items: list[inputs.InnovationUpdateInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="The same step of many innovations.")
class InnovationsStepInput(BulkChange):
    """The same step of many innovations."""

    items: list[inputs.InnovationStepInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.type
class SubmissionBulkMutations:
    """Steps of many innovations at once."""

    @mutation(
        "Begin up to 100 innovations as drafts, as from a department's sheet.",
        requires=Permission.INNOVATION_WRITE,
    )
    async def innovations_create(
        self, info: Info, input: InnovationsCreateInput
    ) -> InnovationsPayload:
        """Begin innovations."""
        return await create_all(
            info,
            InnovationsPayload,
            input,
            ("participation_id", "par"),
            lambda s, parent, item, key: drafting.create(
                s, participation_id=parent, **item.values(), idempotency_key=key
            ),
        )

    @mutation(
        "Change up to 100 drafts or returned innovations.", requires=Permission.INNOVATION_WRITE
    )
    async def innovations_update(
        self, info: Info, input: InnovationsUpdateInput
    ) -> InnovationsPayload:
        """Change innovations."""
        return await change_all(
            info,
            InnovationsPayload,
            input,
            InnovationRow,
            lambda s, key, item, _: drafting.update(
                s, key, expected_version=item.expected_version, changes=item.changes()
            ),
        )

    @mutation(
        "Hand up to 100 innovations in; the city is told once.",
        requires=Permission.INNOVATION_SUBMIT,
    )
    async def innovations_submit(
        self, info: Info, input: InnovationsStepInput
    ) -> InnovationsPayload:
        """Submit innovations."""
        return await change_all(
            info,
            InnovationsPayload,
            input,
            InnovationRow,
            lambda s, key, item, _: submitting.submit(
                s, key, expected_version=item.expected_version
            ),
        )

    @mutation(
        "Endorse up to 100 submitted innovations for the city; the experts are told once.",
        requires=Permission.INNOVATION_ENDORSE,
    )
    async def innovations_endorse(
        self, info: Info, input: InnovationsStepInput
    ) -> InnovationsPayload:
        """Endorse innovations."""
        return await change_all(
            info,
            InnovationsPayload,
            input,
            InnovationRow,
            lambda s, key, item, _: submitting.endorse(
                s, key, expected_version=item.expected_version
            ),
        )
