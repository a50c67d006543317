"""Remarks on masterplans, answers to all remarks, and verdicts of rounds."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.results import BulkPayload, RowResult, results, stored
from graphql_schema.bulk.running import create_all
from graphql_schema.context import Info
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from graphql_schema.reviews import inputs
from graphql_schema.reviews.types import Remark, RoundVerdict
from kotacerdas.identity.policy import Permission
from tenants.reviews import remarking, rounds, settling

REVIEWS = (Permission.INNOVATION_REVIEW, Permission.MASTERPLAN_REVIEW)


@strawberry.type
class RemarkPayload(Payload):
    """A changed remark, or errors."""

    prefix = "rmk"
    remark: Remark | None = changed()


@strawberry.type
class RoundVerdictPayload(Payload):
    """A verdict, or errors."""

    prefix = "rvd"
    round_verdict: RoundVerdict | None = changed()


@strawberry.type(description="What came of one remark of many.")
class RemarkResult(RowResult):
    """What came of one remark of many."""

    prefix = "rmk"
    remark: Remark | None = stored()


@strawberry.type
class RemarksPayload(BulkPayload):
    """What came of many remarks."""

    result = RemarkResult
    results: list[RemarkResult] = results()


@strawberry.type
class ReviewMutations:
    """Remarks on masterplans, answers to all remarks, and verdicts of rounds."""

    @mutation(
        "Remark on a place of a masterplan, as expert or ministry.",
        requires=Permission.MASTERPLAN_REVIEW,
    )
    async def masterplan_remark_add(
        self, info: Info, input: inputs.MasterplanRemarkAddInput
    ) -> RemarkPayload:
        """Remark on a place of a masterplan."""
        return await perform(
            info,
            RemarkPayload,
            input.masterplan_id,
            "mpl",
            lambda s, key: remarking.add(
                s,
                key,
                place=input.place(),
                text=input.text,
                blocking=input.blocking,
                idempotency_key=input.idempotency_key,
            ),
            named="masterplanId",
        )

    @mutation(
        "Write up to 100 remarks on a masterplan; each owner is told once.",
        requires=Permission.MASTERPLAN_REVIEW,
    )
    async def masterplan_remarks_add(
        self, info: Info, input: inputs.MasterplanRemarksAddInput
    ) -> RemarksPayload:
        """Write remarks on a masterplan."""
        return await create_all(
            info,
            RemarksPayload,
            input,
            ("masterplan_id", "mpl"),
            lambda s, plan, item, key: remarking.add(
                s,
                plan,
                place=item.place(),
                text=item.text,
                blocking=item.blocking,
                idempotency_key=key,
            ),
        )

    @mutation(
        "Answer a remark, for the unit or the city.",
        requires=(Permission.INNOVATION_WRITE, Permission.SECTION_WRITE),
    )
    async def remark_answer(self, info: Info, input: inputs.RemarkAnswerInput) -> RemarkPayload:
        """Answer a remark."""
        return await step(info, RemarkPayload, input, settling.answer, answer=input.answer)

    @mutation("Settle a remark, as expert.", requires=REVIEWS)
    async def remark_settle(self, info: Info, input: inputs.RemarkSettleInput) -> RemarkPayload:
        """Settle a remark."""
        return await step(info, RemarkPayload, input, settling.settle)

    @mutation("Reopen a remark whose answer is not enough, as expert.", requires=REVIEWS)
    async def remark_reopen(self, info: Info, input: inputs.RemarkReopenInput) -> RemarkPayload:
        """Reopen a remark."""
        return await step(info, RemarkPayload, input, settling.reopen, reply=input.reply)

    @mutation(
        "Give a verdict on a masterplan in the round that is open, as assessor.",
        requires=Permission.MASTERPLAN_REVIEW,
    )
    async def review_round_judge(
        self, info: Info, input: inputs.ReviewRoundJudgeInput
    ) -> RoundVerdictPayload:
        """Give a verdict."""
        return await perform(
            info,
            RoundVerdictPayload,
            input.id,
            "rnd",
            lambda s, key: rounds.judge(
                s,
                key,
                verdict=input.verdict,
                comment=input.comment,
                expected_version=input.expected_version,
            ),
        )
