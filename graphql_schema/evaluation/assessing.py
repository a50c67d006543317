"""What assessors do: score, answer objections, write findings."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.evaluation import inputs
from graphql_schema.evaluation.mutations import ObjectionPayload
from graphql_schema.evaluation.types import AssessorScore, Finding
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.evaluation import assessing, findings, objections


@strawberry.type
class AssessorScorePayload(Payload):
    """The score as it is kept, or errors."""

    prefix = "asr"
    assessor_score: AssessorScore | None = changed()


@strawberry.type
class FindingPayload(Payload):
    """A changed finding, or errors."""

    prefix = "fnd"
    finding: Finding | None = changed()


@strawberry.type
class AssessingMutations:
    """What assessors do."""

    @mutation("Score an item, as assessor.", requires=Permission.EVALUATION_ASSESS)
    async def assessor_score_write(
        self, info: Info, input: inputs.AssessorScoreWriteInput
    ) -> AssessorScorePayload:
        """Score an item as assessor."""
        return await perform(
            info,
            AssessorScorePayload,
            input.evaluation_id,
            "evl",
            lambda s, key: assessing.assess(
                s,
                key,
                item=input.item,
                score=input.score,
                reason=input.reason,
                expected_version=input.expected_version,
            ),
            named="evaluationId",
        )

    @mutation(
        "Uphold an objection with a new score, or dismiss it.",
        requires=Permission.EVALUATION_ASSESS,
    )
    async def objection_answer(
        self, info: Info, input: inputs.ObjectionAnswerInput
    ) -> ObjectionPayload:
        """Answer an objection."""
        return await step(
            info,
            ObjectionPayload,
            input,
            objections.answer,
            uphold=input.uphold,
            answer=input.answer,
            decided_score=input.decided_score,
        )

    @mutation(
        "Write a strength, a weakness or a recommendation.", requires=Permission.EVALUATION_ASSESS
    )
    async def finding_write(self, info: Info, input: inputs.FindingWriteInput) -> FindingPayload:
        """Write a finding."""
        return await perform(
            info,
            FindingPayload,
            input.evaluation_id,
            "evl",
            lambda s, key: findings.write_finding(
                s,
                key,
                kind=input.kind,
                text=input.text,
                dimension_id=(
                    None
                    if input.dimension_id is None
                    else uuid_of(input.dimension_id, "dim", "dimensionId")
                ),
                idempotency_key=input.idempotency_key,
            ),
            named="evaluationId",
        )

    @mutation("Change the words of a finding.", requires=Permission.EVALUATION_ASSESS)
    async def finding_reword(self, info: Info, input: inputs.FindingRewordInput) -> FindingPayload:
        """Reword a finding."""
        return await step(info, FindingPayload, input, findings.reword_finding, text=input.text)
