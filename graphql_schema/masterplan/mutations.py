"""Steps of masterplans, programmes and publications."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.inputs import given, replaced, uuid_of
from graphql_schema.masterplan import inputs
from graphql_schema.masterplan.analysis.inputs import citation_lines
from graphql_schema.masterplan.types import (
    Adoption,
    Masterplan,
    MasterplanVersion,
    Programme,
    Publication,
)
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.masterplan import adopting, forking, freezing, missions, plan, programmes, publishing


@strawberry.type
class MasterplanPayload(Payload):
    """A changed masterplan, or errors."""

    prefix = "mpl"
    masterplan: Masterplan | None = changed()


@strawberry.type
class ProgrammePayload(Payload):
    """A changed programme, or errors."""

    prefix = "prg"
    programme: Programme | None = changed()


@strawberry.type
class MasterplanVersionPayload(Payload):
    """A frozen version, or errors."""

    prefix = "ver"
    version: MasterplanVersion | None = changed()


@strawberry.type
class AdoptionPayload(Payload):
    """An adoption, or errors."""

    prefix = "ado"
    adoption: Adoption | None = changed()


@strawberry.type
class PublicationPayload(Payload):
    """A publication, or errors."""

    prefix = "pub"
    publication: Publication | None = changed()


@strawberry.type
class MasterplanMutations:
    """Steps of masterplans, programmes and publications."""

    @mutation("Begin the masterplan of a participation.", requires=Permission.MASTERPLAN_WRITE)
    async def masterplan_create(
        self, info: Info, input: inputs.MasterplanCreateInput
    ) -> MasterplanPayload:
        """Begin a masterplan."""
        return await perform(
            info,
            MasterplanPayload,
            input.participation_id,
            "par",
            lambda s, key: plan.create(
                s,
                participation_id=key,
                title=input.title,
                period_start=input.period_start,
                period_end=input.period_end,
                idempotency_key=input.idempotency_key,
            ),
            named="participationId",
        )

    @mutation("Change the plan's title or vision.", requires=Permission.MASTERPLAN_WRITE)
    async def masterplan_update(
        self, info: Info, input: inputs.MasterplanUpdateInput
    ) -> MasterplanPayload:
        """Change a masterplan."""
        changes = given(
            title=input.title, vision=input.vision, vision_citations=input.vision_citations
        )
        replaced(changes, "vision_citations", citation_lines)
        return await step(info, MasterplanPayload, input, plan.update, **changes)

    @mutation(
        "Write all missions and goals; those that programmes serve cannot vanish.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def missions_write(
        self, info: Info, input: inputs.MissionsWriteInput
    ) -> MasterplanPayload:
        """Write the missions."""
        wanted = [(each.text, tuple(each.goals)) for each in input.missions]
        return await step(info, MasterplanPayload, input, missions.write_missions, missions=wanted)

    @mutation(
        "Make an accepted innovation a programme of its pillar.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def innovation_place(
        self, info: Info, input: inputs.InnovationPlaceInput
    ) -> ProgrammePayload:
        """Place an innovation."""
        return await perform(
            info,
            ProgrammePayload,
            input.innovation_id,
            "inn",
            lambda s, key: programmes.place(
                s, key, idempotency_key=input.idempotency_key, **input.values()
            ),
            named="innovationId",
        )

    @mutation(
        "Add a programme that comes from no innovation.", requires=Permission.MASTERPLAN_WRITE
    )
    async def programme_create(
        self, info: Info, input: inputs.ProgrammeCreateInput
    ) -> ProgrammePayload:
        """Add a programme."""
        return await perform(
            info,
            ProgrammePayload,
            input.masterplan_id,
            "mpl",
            lambda s, key: programmes.create_programme(
                s,
                key,
                dimension_id=uuid_of(input.dimension_id, "dim", "dimensionId"),
                idempotency_key=input.idempotency_key,
                **input.values(),
            ),
            named="masterplanId",
        )

    @mutation(
        "Change a programme; lists replace the former ones whole.",
        requires=Permission.MASTERPLAN_WRITE,
    )
    async def programme_update(
        self, info: Info, input: inputs.ProgrammeUpdateInput
    ) -> ProgrammePayload:
        """Change a programme."""
        return await perform(
            info,
            ProgrammePayload,
            input.id,
            "prg",
            lambda s, key: programmes.update_programme(
                s, key, expected_version=input.expected_version, **input.values()
            ),
        )

    @mutation(
        "Freeze the plan to a version; each missing thing is named.",
        requires=Permission.MASTERPLAN_FREEZE,
    )
    async def masterplan_freeze(
        self, info: Info, input: inputs.MasterplanFreezeInput
    ) -> MasterplanVersionPayload:
        """Freeze a masterplan."""
        return await perform(
            info,
            MasterplanVersionPayload,
            input.id,
            "mpl",
            lambda s, key: freezing.freeze(s, key, expected_version=input.expected_version),
        )

    @mutation(
        "Go on from a frozen version; what stands now is kept as a version first.",
        requires=Permission.MASTERPLAN_FREEZE,
    )
    async def masterplan_fork(
        self, info: Info, input: inputs.MasterplanForkInput
    ) -> MasterplanPayload:
        """Fork a version."""
        return await perform(
            info,
            MasterplanPayload,
            input.version_id,
            "ver",
            lambda s, key: forking.fork(s, key, expected_version=input.expected_version),
            named="versionId",
        )

    @mutation(
        "Record that a regulation adopts a frozen version; never taken back.",
        requires=Permission.MASTERPLAN_FREEZE,
    )
    async def masterplan_adopt(
        self, info: Info, input: inputs.MasterplanAdoptInput
    ) -> AdoptionPayload:
        """Adopt a version."""
        return await perform(
            info,
            AdoptionPayload,
            input.version_id,
            "ver",
            lambda s, key: adopting.adopt(
                s, key, regulation_id=uuid_of(input.regulation_id, "reg", "regulationId")
            ),
            named="versionId",
        )

    @mutation("Show a frozen version to everybody.", requires=Permission.MASTERPLAN_PUBLISH)
    async def masterplan_publish(
        self, info: Info, input: inputs.MasterplanPublishInput
    ) -> PublicationPayload:
        """Publish a version."""
        return await perform(
            info,
            PublicationPayload,
            input.version_id,
            "ver",
            publishing.publish,
            named="versionId",
        )

    @mutation("Take a publication back.", requires=Permission.MASTERPLAN_PUBLISH)
    async def publication_withdraw(
        self, info: Info, input: inputs.PublicationWithdrawInput
    ) -> PublicationPayload:
        """Withdraw a publication."""
        return await perform(info, PublicationPayload, input.id, "pub", publishing.withdraw)
