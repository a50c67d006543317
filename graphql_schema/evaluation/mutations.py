"""Steps of the evaluation by the ministry and the city, and the city's follow-up."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.evaluation import inputs
from graphql_schema.evaluation.types import (
    Evaluation,
    EvaluationRound,
    FollowUp,
    Objection,
    SelfScore,
)
from graphql_schema.ids import CITY
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import THE_NATION, Payload, changed, mutation, perform, step
from kotacerdas.identity.policy import Permission
from tenants.evaluation import assessing, findings, objections, rounds, self_scoring, settling


@strawberry.type
class EvaluationRoundPayload(Payload):
    """A new round, or errors."""

    prefix = "evr"
    round: EvaluationRound | None = changed()


@strawberry.type
class EvaluationPayload(Payload):
    """A changed evaluation, or errors."""

    prefix = "evl"
    evaluation: Evaluation | None = changed()


@strawberry.type
class SelfScorePayload(Payload):
    """The score as it is kept, or errors."""

    prefix = "sfs"
    self_score: SelfScore | None = changed()


@strawberry.type
class ObjectionPayload(Payload):
    """A changed objection, or errors."""

    prefix = "obj"
    objection: Objection | None = changed()


@strawberry.type
class FollowUpPayload(Payload):
    """A changed follow-up, or errors."""

    prefix = "fup"
    follow_up: FollowUp | None = changed()


@strawberry.type
class EvaluationMutations:
    """Steps of the evaluation by the ministry and the city."""

    @mutation("Open the evaluation of a year.", requires=Permission.COHORT_MANAGE)
    async def evaluation_round_open(
        self, info: Info, input: inputs.EvaluationRoundOpenInput
    ) -> EvaluationRoundPayload:
        """Open a round."""
        return await perform(
            info,
            EvaluationRoundPayload,
            str(THE_NATION),
            CITY,
            lambda s, _nation: rounds.open_round(
                s,
                year=input.year,
                edition_code=input.edition_code,
                scale_maximum=input.scale_maximum,
                self_score_due_at=input.self_score_due_at,
                objection_days=input.objection_days,
            ),
        )

    @mutation("Let a city take part in a round.", requires=Permission.COHORT_MANAGE)
    async def evaluation_take_part(
        self, info: Info, input: inputs.EvaluationTakePartInput
    ) -> EvaluationPayload:
        """Let a city take part."""
        return await perform(
            info,
            EvaluationPayload,
            input.city_id,
            CITY,
            lambda s, _city: rounds.take_part(s, uuid_of(input.round_id, "evr", "roundId")),
            named="cityId",
        )

    @mutation("Score an item, for the city.", requires=Permission.EVALUATION_WRITE)
    async def self_score_write(
        self, info: Info, input: inputs.SelfScoreWriteInput
    ) -> SelfScorePayload:
        """Score an item for the city."""
        return await perform(
            info,
            SelfScorePayload,
            input.evaluation_id,
            "evl",
            lambda s, key: self_scoring.score_item(
                s,
                key,
                item=input.item,
                score=input.score,
                evidence=input.evidence,
                link=input.link,
                expected_version=input.expected_version,
            ),
            named="evaluationId",
        )

    @mutation(
        "Copy last year's scores into the items still empty; each waits to be confirmed.",
        requires=Permission.EVALUATION_WRITE,
    )
    async def evaluation_prefill(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """Copy last year's scores."""
        return await step(info, EvaluationPayload, input, self_scoring.prefill)

    @mutation("Hand the city's scores to the assessors.", requires=Permission.EVALUATION_WRITE)
    async def evaluation_submit(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """Submit the self scores."""
        return await step(info, EvaluationPayload, input, self_scoring.submit)

    @mutation("State the provisional result to the city.", requires=Permission.COHORT_MANAGE)
    async def evaluation_conclude(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """State the provisional result."""
        return await step(info, EvaluationPayload, input, assessing.conclude)

    @mutation(
        "Accept the provisional result, for the city: objections end now.",
        requires=Permission.EVALUATION_WRITE,
    )
    async def evaluation_accept(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """Accept the provisional result."""
        return await step(info, EvaluationPayload, input, settling.accept)

    @mutation("State the final result to the city by letter.", requires=Permission.COHORT_MANAGE)
    async def evaluation_settle(
        self, info: Info, input: inputs.EvaluationSettleInput
    ) -> EvaluationPayload:
        """State the final result."""
        return await step(
            info,
            EvaluationPayload,
            input,
            settling.settle,
            letter_number=input.letter_number,
            letter_date=input.letter_date,
        )

    @mutation("Let everybody read the final result.", requires=Permission.COHORT_MANAGE)
    async def evaluation_publish(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """Publish the final result."""
        return await step(info, EvaluationPayload, input, settling.publish)

    @mutation("Take a published result back.", requires=Permission.COHORT_MANAGE)
    async def evaluation_withdraw(
        self, info: Info, input: inputs.EvaluationStepInput
    ) -> EvaluationPayload:
        """Take a published result back."""
        return await step(info, EvaluationPayload, input, settling.withdraw)

    @mutation("Object to a provisional score, for the city.", requires=Permission.EVALUATION_WRITE)
    async def objection_write(
        self, info: Info, input: inputs.ObjectionWriteInput
    ) -> ObjectionPayload:
        """Object to a score."""
        return await perform(
            info,
            ObjectionPayload,
            input.evaluation_id,
            "evl",
            lambda s, key: objections.object_to(
                s,
                key,
                item=input.item,
                wanted_score=input.wanted_score,
                text=input.text,
                idempotency_key=input.idempotency_key,
            ),
            named="evaluationId",
        )

    @mutation("Charge a unit with a recommendation.", requires=Permission.EVALUATION_WRITE)
    async def follow_up_plan(self, info: Info, input: inputs.FollowUpPlanInput) -> FollowUpPayload:
        """Plan a follow-up."""
        return await perform(
            info,
            FollowUpPayload,
            input.finding_id,
            "fnd",
            lambda s, key: findings.plan_follow_up(
                s,
                key,
                unit_id=uuid_of(input.unit_id, "unt", "unitId"),
                action=input.action,
                due_on=input.due_on,
                idempotency_key=input.idempotency_key,
            ),
            named="findingId",
        )

    @mutation("Note what came of a follow-up.", requires=Permission.EVALUATION_WRITE)
    async def follow_up_finish(
        self, info: Info, input: inputs.FollowUpFinishInput
    ) -> FollowUpPayload:
        """Finish a follow-up."""
        return await step(
            info,
            FollowUpPayload,
            input,
            findings.finish_follow_up,
            outcome=input.outcome,
            done_on=input.done_on,
        )
