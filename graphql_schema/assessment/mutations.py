"""Assigning assessors, scoring, handing in, and what the city shows."""

from __future__ import annotations

import strawberry

from graphql_schema.assessment import inputs
from graphql_schema.assessment.types import Assessment, AssessmentEvidence
from graphql_schema.context import Info
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.assessment import assessing, assigning, evidence


@strawberry.type
class AssessmentPayload(Payload):
    """A changed assessment, or errors."""

    prefix = "asm"
    assessment: Assessment | None = changed()


@strawberry.type
class AssessmentEvidencePayload(Payload):
    """What is shown, or errors."""

    prefix = "ade"
    evidence: AssessmentEvidence | None = changed()


@strawberry.type
class AssessmentMutations:
    """Assigning assessors, scoring, handing in, and what the city shows."""

    @mutation(
        "Let an expert assess an invited city, who becomes its assessor in the cohort's cycle.",
        requires=Permission.COHORT_MANAGE,
    )
    async def assessment_assign(
        self, info: Info, input: inputs.AssessmentAssignInput
    ) -> AssessmentPayload:
        """Assign an assessor."""
        return await perform(
            info,
            AssessmentPayload,
            input.participation_id,
            "par",
            lambda s, key: assigning.assign(
                s, key, assessor_id=uuid_of(input.assessor_id, "per", "assessorId")
            ),
            named="participationId",
        )

    @mutation(
        "Release an assessor who has not handed in; the stage waits for them no longer.",
        requires=Permission.COHORT_MANAGE,
    )
    async def assessment_release(
        self, info: Info, input: inputs.AssessmentReleaseInput
    ) -> AssessmentPayload:
        """Release an assessor."""
        return await step(info, AssessmentPayload, input, assigning.release)

    @mutation(
        "Give a submitted assessment back to its assessor.", requires=Permission.COHORT_MANAGE
    )
    async def assessment_return(
        self, info: Info, input: inputs.AssessmentReturnInput
    ) -> AssessmentPayload:
        """Give an assessment back."""
        return await step(info, AssessmentPayload, input, assigning.give_back, reason=input.reason)

    @mutation("Write scores of one's own assessment.", requires=Permission.ASSESSMENT_SCORE)
    async def assessment_write(
        self, info: Info, input: inputs.AssessmentWriteInput
    ) -> AssessmentPayload:
        """Write scores."""
        return await perform(
            info,
            AssessmentPayload,
            input.id,
            "asm",
            lambda s, key: assessing.answer(
                s,
                key,
                expected_version=input.expected_version,
                answers=inputs.answers(input.answers),
                note=input.note,
            ),
        )

    @mutation(
        "Hand in one's own assessment: every parameter has its score and evidence.",
        requires=Permission.ASSESSMENT_SCORE,
    )
    async def assessment_submit(
        self, info: Info, input: inputs.AssessmentSubmitInput
    ) -> AssessmentPayload:
        """Hand in an assessment."""
        return await step(info, AssessmentPayload, input, assessing.submit)

    @mutation(
        "Show something to the city's assessors, for the city.",
        requires=Permission.PARTICIPATION_ADVANCE,
    )
    async def assessment_evidence_write(
        self, info: Info, input: inputs.AssessmentEvidenceWriteInput
    ) -> AssessmentEvidencePayload:
        """Show evidence."""
        return await perform(
            info,
            AssessmentEvidencePayload,
            input.participation_id,
            "par",
            lambda s, key: evidence.show_evidence(
                s,
                key,
                parameter_id=uuid_of(input.parameter_id, "ipr", "parameterId"),
                text=input.text,
                link=input.link,
                expected_version=input.expected_version,
            ),
            named="participationId",
        )
