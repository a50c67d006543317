"""Steps of innovations and their review."""

from __future__ import annotations

from typing import Any

import strawberry

from graphql_schema.context import Info
from graphql_schema.enums import InnovationField
from graphql_schema.inputs import given, replaced, uuid_of
from graphql_schema.mutating import Change, Creation, Payload, changed, mutation, perform, step
from graphql_schema.scalars import Rupiah
from graphql_schema.submissions.types import Innovation, Remark, Review
from tenants.submissions import drafting, remarks, reviewing, submitting
from tenants.submissions.content import TEXTS
from tenants.submissions.models import InnovationKind, Maturity, Verdict


@strawberry.type
class InnovationPayload(Payload):
    """A changed innovation, or errors."""

    prefix = "inn"
    innovation: Innovation | None = changed()


@strawberry.type
class ReviewPayload(Payload):
    """A changed review, or errors."""

    prefix = "rev"
    review: Review | None = changed()


@strawberry.type
class RemarkPayload(Payload):
    """A changed remark, or errors."""

    prefix = "rmk"
    remark: Remark | None = changed()


AS_SENT = ("name", "kind", "maturity", *TEXTS)
"""Fields that go to the rule as they were sent."""


def _text(description: str) -> Any:
    return strawberry.field(default="", description=description)


def _maybe(description: str) -> Any:
    return strawberry.field(default=None, description=description)


@strawberry.input(description="A new innovation; it begins as a draft.")
class InnovationCreateInput(Creation):
    """A new innovation; it begins as a draft."""

    participation_id: strawberry.ID = strawberry.field(description="For which participation.")
    unit_id: strawberry.ID = strawberry.field(description="Unit that proposes it.")
    dimension_id: strawberry.ID = strawberry.field(description="Pillar of the cohort's edition.")
    name: str = strawberry.field(description="Name, at most 200 characters.")
    kind: InnovationKind = strawberry.field(description="By what means it works.")
    maturity: Maturity = strawberry.field(description="How far it has come.")
    budget_rupiah: Rupiah = strawberry.field(description="Estimated budget.")
    problem: str = _text("Problem that it answers.")
    solution: str = _text("How it answers it.")
    benefit: str = _text("What changes for people.")
    uniqueness: str = _text("What is new about it.")
    partners: str = _text("Who takes part.")
    replication: str = _text("How others could adopt it.")
    sustainability: str = _text("How it lasts.")
    risks: str = _text("What could go wrong.")
    resources: str = _text("People, tools and data that it needs.")

    def values(self) -> dict[str, Any]:
        """The rule's arguments."""
        return {
            "participation_id": uuid_of(self.participation_id, "par", "participationId"),
            "unit_id": uuid_of(self.unit_id, "unt", "unitId"),
            "dimension_id": uuid_of(self.dimension_id, "dim", "dimensionId"),
            "budget_rupiah": str(self.budget_rupiah),
            **{name: getattr(self, name) for name in AS_SENT},
        }


@strawberry.input(description="Changes of a draft or a returned innovation; absent fields stay.")
class InnovationUpdateInput(Change):
    """Changes of a draft or a returned innovation; absent fields stay."""

    dimension_id: strawberry.Maybe[strawberry.ID] = _maybe("Pillar of the cohort's edition.")
    name: strawberry.Maybe[str] = _maybe("What it is called, at most 200 characters.")
    kind: strawberry.Maybe[InnovationKind] = _maybe("By what means it works.")
    maturity: strawberry.Maybe[Maturity] = _maybe("How far it has come.")
    budget_rupiah: strawberry.Maybe[Rupiah] = _maybe("Estimated budget.")
    problem: strawberry.Maybe[str] = _maybe("Problem that it answers.")
    solution: strawberry.Maybe[str] = _maybe("How it answers it.")
    benefit: strawberry.Maybe[str] = _maybe("What changes for people.")
    uniqueness: strawberry.Maybe[str] = _maybe("What is new about it.")
    partners: strawberry.Maybe[str] = _maybe("Who takes part.")
    replication: strawberry.Maybe[str] = _maybe("How others could adopt it.")
    sustainability: strawberry.Maybe[str] = _maybe("How it lasts.")
    risks: strawberry.Maybe[str] = _maybe("What could go wrong.")
    resources: strawberry.Maybe[str] = _maybe("People, tools and data that it needs.")

    def changes(self) -> Any:
        """The fields that were sent."""
        fields = given(
            **{name: getattr(self, name) for name in ("dimension_id", "budget_rupiah", *AS_SENT)}
        )
        replaced(fields, "dimension_id", lambda text: uuid_of(text, "dim", "dimensionId"))
        return fields


@strawberry.input(description="A step of an innovation.")
class InnovationStepInput(Change):
    """A step of an innovation."""


@strawberry.input(description="The city hands an innovation back to its unit.")
class InnovationReturnInput(Change):
    """The city hands an innovation back to its unit."""

    reason: str = strawberry.field(description="What to change; the unit is told.")


@strawberry.input(description="An expert's verdict.")
class ReviewDecideInput(Change):
    """An expert's verdict."""

    verdict: Verdict = strawberry.field(description="Accept, return or reject.")
    comment: str = _text("Words to the verdict; needed to reject.")


@strawberry.input(description="A remark on one field.")
class RemarkAddInput(Creation):
    """A remark on one field."""

    review_id: strawberry.ID = strawberry.field(description="The open review.")
    anchor: InnovationField = strawberry.field(description="Field it is about.")
    text: str = strawberry.field(description="What the expert asks for.")
    blocking: bool = strawberry.field(description="Whether acceptance waits for it.")


@strawberry.input(description="The unit's answer to a remark.")
class RemarkAnswerInput(Change):
    """The unit's answer to a remark."""

    answer: str = strawberry.field(description="What was changed, or why not.")


@strawberry.input(description="The expert is content with the answer.")
class RemarkSettleInput(Change):
    """The expert is content with the answer."""


@strawberry.type
class SubmissionMutations:
    """Steps of innovations and their review."""

    @mutation("Begin an innovation as a draft.")
    async def innovation_create(
        self, info: Info, input: InnovationCreateInput
    ) -> InnovationPayload:
        """Begin an innovation."""
        return await perform(
            info,
            InnovationPayload,
            input.participation_id,
            "par",
            lambda s, _: drafting.create(
                s, **input.values(), idempotency_key=input.idempotency_key
            ),
            named="participationId",
        )

    @mutation("Change a draft or a returned innovation.")
    async def innovation_update(
        self, info: Info, input: InnovationUpdateInput
    ) -> InnovationPayload:
        """Change an innovation."""
        return await perform(
            info,
            InnovationPayload,
            input.id,
            "inn",
            lambda s, key: drafting.update(
                s, key, expected_version=input.expected_version, changes=input.changes()
            ),
        )

    @mutation("Hand an innovation in, as head of its unit; again after it was returned.")
    async def innovation_submit(self, info: Info, input: InnovationStepInput) -> InnovationPayload:
        """Submit an innovation."""
        return await step(info, InnovationPayload, input, submitting.submit)

    @mutation("Endorse a submitted innovation for the city.")
    async def innovation_endorse(self, info: Info, input: InnovationStepInput) -> InnovationPayload:
        """Endorse an innovation."""
        return await step(info, InnovationPayload, input, submitting.endorse)

    @mutation("Hand a submitted innovation back to its unit, for the city.")
    async def innovation_return(
        self, info: Info, input: InnovationReturnInput
    ) -> InnovationPayload:
        """Return an innovation."""
        return await step(
            info, InnovationPayload, input, submitting.return_for_revision, reason=input.reason
        )

    @mutation("Begin the review of an endorsed innovation, as expert of the city.")
    async def review_start(self, info: Info, input: InnovationStepInput) -> ReviewPayload:
        """Begin a review."""
        return await perform(
            info,
            ReviewPayload,
            input.id,
            "inn",
            lambda s, key: reviewing.start_review(s, key, expected_version=input.expected_version),
        )

    @mutation("Give the verdict of a review; accepting needs all blocking remarks settled.")
    async def review_decide(self, info: Info, input: ReviewDecideInput) -> ReviewPayload:
        """Decide a review."""
        return await step(
            info,
            ReviewPayload,
            input,
            reviewing.decide,
            verdict=input.verdict,
            comment=input.comment,
        )

    @mutation("Add a remark on one field during a review.")
    async def remark_add(self, info: Info, input: RemarkAddInput) -> RemarkPayload:
        """Add a remark."""
        return await perform(
            info,
            RemarkPayload,
            input.review_id,
            "rev",
            lambda s, key: remarks.add_remark(
                s,
                key,
                anchor=input.anchor.value,
                text=input.text,
                blocking=input.blocking,
                idempotency_key=input.idempotency_key,
            ),
            named="reviewId",
        )

    @mutation("Answer a remark, for the unit.")
    async def remark_answer(self, info: Info, input: RemarkAnswerInput) -> RemarkPayload:
        """Answer a remark."""
        return await step(info, RemarkPayload, input, remarks.answer_remark, answer=input.answer)

    @mutation("Settle a remark, as expert.")
    async def remark_settle(self, info: Info, input: RemarkSettleInput) -> RemarkPayload:
        """Settle a remark."""
        return await step(info, RemarkPayload, input, remarks.settle_remark)
