"""Steps of the analysis: sources, readiness, gaps, SWOT points, strategies."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.inputs import uuid_of
from graphql_schema.masterplan.analysis import inputs
from graphql_schema.masterplan.analysis.types import (
    Gap,
    Readiness,
    SourceDocument,
    SwotPoint,
    SwotStrategy,
)
from graphql_schema.masterplan.mutations import MasterplanPayload
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.masterplan.analysis import gaps, readiness, sources, strategies, swot

WRITE = Permission.MASTERPLAN_WRITE


@strawberry.type
class SourceDocumentPayload(Payload):
    """A changed source document, or errors."""

    prefix = "src"
    source_document: SourceDocument | None = changed()


@strawberry.type
class ReadinessPayload(Payload):
    """A changed assessment, or errors."""

    prefix = "rdy"
    readiness: Readiness | None = changed()


@strawberry.type
class GapPayload(Payload):
    """A changed gap, or errors."""

    prefix = "gap"
    gap: Gap | None = changed()


@strawberry.type
class SwotPointPayload(Payload):
    """A changed SWOT point, or errors."""

    prefix = "swp"
    point: SwotPoint | None = changed()


@strawberry.type
class SwotStrategyPayload(Payload):
    """A changed strategy, or errors."""

    prefix = "sst"
    strategy: SwotStrategy | None = changed()


@strawberry.type
class AnalysisMutations:
    """Steps of the analysis."""

    @mutation("Add a document that statements can cite.", requires=WRITE)
    async def source_document_create(
        self, info: Info, input: inputs.SourceDocumentCreateInput
    ) -> SourceDocumentPayload:
        """Add a source document."""
        return await perform(
            info,
            SourceDocumentPayload,
            input.city_id,
            "cty",
            lambda s, _city: sources.create_source(
                s, idempotency_key=input.idempotency_key, **input.values()
            ),
            named="cityId",
        )

    @mutation("Correct a source document; all that cite it follow.", requires=WRITE)
    async def source_document_update(
        self, info: Info, input: inputs.SourceDocumentUpdateInput
    ) -> SourceDocumentPayload:
        """Correct a source document."""
        rule = sources.update_source
        return await step(info, SourceDocumentPayload, input, rule, **input.values())

    @mutation(
        "Delete a source document that nothing cites; the answer's document is then null.",
        requires=WRITE,
    )
    async def source_document_delete(
        self, info: Info, input: inputs.RemovalInput
    ) -> SourceDocumentPayload:
        """Delete a source document."""
        return await step(info, SourceDocumentPayload, input, sources.delete_source)

    @mutation("Assess one part of readiness.", requires=WRITE)
    async def readiness_create(
        self, info: Info, input: inputs.ReadinessCreateInput
    ) -> ReadinessPayload:
        """Assess a part of readiness."""
        return await perform(
            info,
            ReadinessPayload,
            input.masterplan_id,
            "mpl",
            lambda s, plan: readiness.create_readiness(
                s,
                plan,
                element=input.element,
                part=input.part,
                idempotency_key=input.idempotency_key,
                **input.values(),
            ),
            named="masterplanId",
        )

    @mutation("Change an assessment; citations replace the former ones.", requires=WRITE)
    async def readiness_update(
        self, info: Info, input: inputs.ReadinessUpdateInput
    ) -> ReadinessPayload:
        """Change an assessment."""
        rule = readiness.update_readiness
        return await step(info, ReadinessPayload, input, rule, **input.values())

    @mutation("Leave an assessment out; answers the plan.", requires=WRITE)
    async def readiness_delete(self, info: Info, input: inputs.RemovalInput) -> MasterplanPayload:
        """Delete an assessment."""
        return await perform(
            info,
            MasterplanPayload,
            input.id,
            "rdy",
            lambda s, key: readiness.delete_readiness(
                s, key, expected_version=input.expected_version
            ),
        )

    @mutation("Add a gap of one pillar.", requires=WRITE)
    async def gap_create(self, info: Info, input: inputs.GapCreateInput) -> GapPayload:
        """Add a gap."""
        return await perform(
            info,
            GapPayload,
            input.masterplan_id,
            "mpl",
            lambda s, plan: gaps.create_gap(
                s,
                plan,
                dimension_id=uuid_of(input.dimension_id, "dim", "dimensionId"),
                idempotency_key=input.idempotency_key,
                **input.values(),
            ),
            named="masterplanId",
        )

    @mutation("Change a gap; citations replace the former ones.", requires=WRITE)
    async def gap_update(self, info: Info, input: inputs.GapUpdateInput) -> GapPayload:
        """Change a gap."""
        return await step(info, GapPayload, input, gaps.update_gap, **input.values())

    @mutation("Leave a gap out; answers the plan.", requires=WRITE)
    async def gap_delete(self, info: Info, input: inputs.RemovalInput) -> MasterplanPayload:
        """Delete a gap."""
        return await perform(
            info,
            MasterplanPayload,
            input.id,
            "gap",
            lambda s, key: gaps.delete_gap(s, key, expected_version=input.expected_version),
        )

    @mutation("Add a strength, weakness, opportunity or threat.", requires=WRITE)
    async def swot_point_create(
        self, info: Info, input: inputs.SwotPointCreateInput
    ) -> SwotPointPayload:
        """Add a SWOT point."""
        return await perform(
            info,
            SwotPointPayload,
            input.masterplan_id,
            "mpl",
            lambda s, plan: swot.create_point(
                s, plan, kind=input.kind, idempotency_key=input.idempotency_key, **input.values()
            ),
            named="masterplanId",
        )

    @mutation("Change a SWOT point; citations replace the former ones.", requires=WRITE)
    async def swot_point_update(
        self, info: Info, input: inputs.SwotPointUpdateInput
    ) -> SwotPointPayload:
        """Change a SWOT point."""
        return await step(info, SwotPointPayload, input, swot.update_point, **input.values())

    @mutation(
        "Leave a SWOT point out that no strategy comes from; answers the plan.", requires=WRITE
    )
    async def swot_point_delete(self, info: Info, input: inputs.RemovalInput) -> MasterplanPayload:
        """Delete a SWOT point."""
        return await perform(
            info,
            MasterplanPayload,
            input.id,
            "swp",
            lambda s, key: swot.delete_point(s, key, expected_version=input.expected_version),
        )

    @mutation("Add a strategy that follows from SWOT points of its two sides.", requires=WRITE)
    async def swot_strategy_create(
        self, info: Info, input: inputs.SwotStrategyCreateInput
    ) -> SwotStrategyPayload:
        """Add a strategy."""
        return await perform(
            info,
            SwotStrategyPayload,
            input.masterplan_id,
            "mpl",
            lambda s, plan: strategies.create_strategy(
                s, plan, kind=input.kind, idempotency_key=input.idempotency_key, **input.values()
            ),
            named="masterplanId",
        )

    @mutation("Change a strategy; points replace the former ones.", requires=WRITE)
    async def swot_strategy_update(
        self, info: Info, input: inputs.SwotStrategyUpdateInput
    ) -> SwotStrategyPayload:
        """Change a strategy."""
        rule = strategies.update_strategy
        return await step(info, SwotStrategyPayload, input, rule, **input.values())

    @mutation("Leave a strategy out; answers the plan.", requires=WRITE)
    async def swot_strategy_delete(
        self, info: Info, input: inputs.RemovalInput
    ) -> MasterplanPayload:
        """Delete a strategy."""
        return await perform(
            info,
            MasterplanPayload,
            input.id,
            "sst",
            lambda s, key: strategies.delete_strategy(
                s, key, expected_version=input.expected_version
            ),
        )
