"""Drafting, activating and retiring guide editions; planning and opening cohorts."""

from __future__ import annotations

from functools import partial

import strawberry

from graphql_schema.context import Info
from graphql_schema.editions import inputs
from graphql_schema.editions.places import at_inputs
from graphql_schema.editions.types import Cohort, GuideEdition
from graphql_schema.ids import CITY
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import THE_NATION, Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.editions import cohorts, editing

MANAGE = Permission.COHORT_MANAGE


@strawberry.type
class GuideEditionPayload(Payload):
    """A changed edition, or errors."""

    prefix = "edi"
    edition: GuideEdition | None = changed()


@strawberry.type
class CohortPayload(Payload):
    """A changed cohort, or errors."""

    prefix = "coh"
    cohort: Cohort | None = changed()


@strawberry.type
class EditionMutations:
    """Drafting, activating and retiring guide editions; planning and opening cohorts."""

    @mutation("Begin an edition as a draft.", requires=MANAGE)
    async def guide_edition_create(
        self, info: Info, input: inputs.GuideEditionCreateInput
    ) -> GuideEditionPayload:
        """Begin an edition."""
        rule = partial(editing.create, idempotency_key=input.idempotency_key)
        return await perform(
            info,
            GuideEditionPayload,
            str(THE_NATION),
            CITY,
            lambda s, _: at_inputs()(rule)(s, input.document()),
        )

    @mutation("Begin an edition as a copy of another.", requires=MANAGE)
    async def guide_edition_copy(
        self, info: Info, input: inputs.GuideEditionCopyInput
    ) -> GuideEditionPayload:
        """Copy an edition."""
        fields = dict(vars(input))
        place = fields.pop("edition_id")
        return await perform(
            info,
            GuideEditionPayload,
            place,
            "edi",
            lambda s, key: at_inputs()(editing.copy)(s, key, **fields),
            named="editionId",
            at=THE_NATION,
        )

    @mutation(
        "Change an edition that nobody follows yet; a followed one is copied instead.",
        requires=MANAGE,
    )
    async def guide_edition_update(
        self, info: Info, input: inputs.GuideEditionUpdateInput
    ) -> GuideEditionPayload:
        """Change an edition."""
        rule = at_inputs()(editing.update)
        return await step(
            info, GuideEditionPayload, input, rule, at=THE_NATION, changes=input.changes()
        )

    @mutation(
        "Let cohorts follow an edition; a refusal names everything that it lacks.", requires=MANAGE
    )
    async def guide_edition_activate(
        self, info: Info, input: inputs.GuideEditionActivateInput
    ) -> GuideEditionPayload:
        """Activate an edition."""
        rule = at_inputs()(editing.activate)
        return await step(info, GuideEditionPayload, input, rule, at=THE_NATION)

    @mutation(
        "Let no further cohort follow an edition; it can be activated again.", requires=MANAGE
    )
    async def guide_edition_retire(
        self, info: Info, input: inputs.GuideEditionRetireInput
    ) -> GuideEditionPayload:
        """Retire an edition."""
        return await step(info, GuideEditionPayload, input, editing.retire, at=THE_NATION)

    @mutation("Plan a cohort; its edition changes no more.", requires=MANAGE)
    async def cohort_create(self, info: Info, input: inputs.CohortCreateInput) -> CohortPayload:
        """Plan a cohort."""
        fields = dict(vars(input))
        edition = fields.pop("edition_id")
        return await perform(
            info,
            CohortPayload,
            str(THE_NATION),
            CITY,
            lambda s, _: cohorts.create(
                s, edition_id=uuid_of(edition, "edi", "editionId"), **fields
            ),
        )

    @mutation("Change a cohort.", requires=MANAGE)
    async def cohort_update(self, info: Info, input: inputs.CohortUpdateInput) -> CohortPayload:
        """Change a cohort."""
        return await perform(
            info,
            CohortPayload,
            input.id,
            "coh",
            lambda s, key: cohorts.update(
                s, key, expected_version=input.expected_version, changes=input.changes()
            ),
            at=THE_NATION,
        )

    @mutation("Let cities be invited into a cohort; its edition stays then.", requires=MANAGE)
    async def cohort_open(self, info: Info, input: inputs.CohortOpenInput) -> CohortPayload:
        """Open a cohort."""
        return await step(info, CohortPayload, input, cohorts.open_cohort, at=THE_NATION)
