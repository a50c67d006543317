"""Assigning experts, handing over, reassigning."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.experts.types import Assignment
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Change, Creation, Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.experts import assigning, reassigning
from tenants.experts.models import ExpertPart


@strawberry.type
class AssignmentPayload(Payload):
    """A changed assignment, or errors."""

    prefix = "asg"
    assignment: Assignment | None = changed()


@strawberry.input(description="An expert for a city.")
class ExpertAssignInput(Creation):
    """An expert for a city; nobody mentors and assesses the same city in one cycle."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    expert_id: strawberry.ID = strawberry.field(description="The expert, as in national.experts.")
    part: ExpertPart = strawberry.field(description="Mentor or assessor.")
    cycle: int = strawberry.field(description="Year of the cohort or of the evaluation.")


@strawberry.input(description="An assignment that ends now.")
class ExpertReleaseInput(Change):
    """An assignment that ends now; the expert's sight of the city ends with the last one."""


@strawberry.input(description="Who continues an assignment.")
class ExpertReassignInput(Change):
    """Who continues an assignment: reviews that were begun move along."""

    successor_id: strawberry.ID = strawberry.field(description="The expert who continues it.")


@strawberry.input(description="What a successor has to know.")
class ExpertHandoverInput(Change):
    """What a successor has to know."""

    text: str = strawberry.field(description="The notes; they replace those of before.")


@strawberry.type
class ExpertMutations:
    """Assigning experts, handing over, reassigning."""

    @mutation("Assign an expert to a city.", requires=Permission.COHORT_MANAGE)
    async def expert_assign(self, info: Info, input: ExpertAssignInput) -> AssignmentPayload:
        """Assign an expert."""
        return await perform(
            info,
            AssignmentPayload,
            input.city_id,
            "cty",
            lambda s, _city: assigning.assign(
                s,
                uuid_of(input.expert_id, "per", "expertId"),
                part=input.part,
                cycle=input.cycle,
                idempotency_key=input.idempotency_key,
            ),
            named="cityId",
        )

    @mutation("End an assignment.", requires=Permission.COHORT_MANAGE)
    async def expert_release(self, info: Info, input: ExpertReleaseInput) -> AssignmentPayload:
        """End an assignment."""
        return await step(info, AssignmentPayload, input, assigning.end)

    @mutation(
        "Give an assignment to a successor, with its open reviews.",
        requires=Permission.COHORT_MANAGE,
    )
    async def expert_reassign(self, info: Info, input: ExpertReassignInput) -> AssignmentPayload:
        """Give an assignment to a successor."""
        return await perform(
            info,
            AssignmentPayload,
            input.id,
            "asg",
            lambda s, key: reassigning.reassign(
                s,
                key,
                successor_id=uuid_of(input.successor_id, "per", "successorId"),
                expected_version=input.expected_version,
            ),
        )

    @mutation("Keep notes for a successor, by the expert.", requires=Permission.INNOVATION_REVIEW)
    async def expert_handover(self, info: Info, input: ExpertHandoverInput) -> AssignmentPayload:
        """Keep notes for a successor."""
        return await step(
            info, AssignmentPayload, input, reassigning.write_handover, text=input.text
        )
