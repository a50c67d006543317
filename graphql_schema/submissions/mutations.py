"""Steps of innovations and their review."""

from __future__ import annotations

import strawberry

from graphql_schema.context import Info
from graphql_schema.mutating import Payload, changed, mutation, perform, step
from graphql_schema.reviews.mutations import RemarkPayload
from graphql_schema.submissions import inputs
from graphql_schema.submissions.types import Innovation, Review
from kotacerdas.identity.policy import Permission
from tenants.masterplan.replicating import replicate
from tenants.submissions import drafting, remarks, reviewing, submitting


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
class SubmissionMutations:
    """Steps of innovations and their review."""

    @mutation("Begin an innovation as a draft.", requires=Permission.INNOVATION_WRITE)
    async def innovation_create(
        self, info: Info, input: inputs.InnovationCreateInput
    ) -> InnovationPayload:
        """Begin an innovation."""
        return await perform(
            info,
            InnovationPayload,
            input.participation_id,
            "par",
            lambda s, key: drafting.create(
                s, participation_id=key, **input.values(), idempotency_key=input.idempotency_key
            ),
            named="participationId",
        )

    @mutation(
        "Begin a draft from an innovation that another city has published; that city is told.",
        requires=Permission.INNOVATION_WRITE,
    )
    async def innovation_replicate(
        self, info: Info, input: inputs.InnovationReplicateInput
    ) -> InnovationPayload:
        """Replicate an innovation."""
        return await perform(
            info,
            InnovationPayload,
            input.participation_id,
            "par",
            lambda s, key: replicate(
                s, participation_id=key, **input.values(), idempotency_key=input.idempotency_key
            ),
            named="participationId",
        )

    @mutation("Change a draft or a returned innovation.", requires=Permission.INNOVATION_WRITE)
    async def innovation_update(
        self, info: Info, input: inputs.InnovationUpdateInput
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

    @mutation(
        "Hand an innovation in, as head of its unit; again after it was returned.",
        requires=Permission.INNOVATION_SUBMIT,
    )
    async def innovation_submit(
        self, info: Info, input: inputs.InnovationStepInput
    ) -> InnovationPayload:
        """Submit an innovation."""
        return await step(info, InnovationPayload, input, submitting.submit)

    @mutation(
        "Endorse a submitted innovation for the city.", requires=Permission.INNOVATION_ENDORSE
    )
    async def innovation_endorse(
        self, info: Info, input: inputs.InnovationStepInput
    ) -> InnovationPayload:
        """Endorse an innovation."""
        return await step(info, InnovationPayload, input, submitting.endorse)

    @mutation(
        "Hand a submitted innovation back to its unit, for the city.",
        requires=Permission.INNOVATION_ENDORSE,
    )
    async def innovation_return(
        self, info: Info, input: inputs.InnovationReturnInput
    ) -> InnovationPayload:
        """Return an innovation."""
        return await step(
            info, InnovationPayload, input, submitting.return_for_revision, reason=input.reason
        )

    @mutation(
        "Begin the review of an endorsed innovation, as expert of the city.",
        requires=Permission.INNOVATION_REVIEW,
    )
    async def review_start(self, info: Info, input: inputs.InnovationStepInput) -> ReviewPayload:
        """Begin a review."""
        return await perform(
            info,
            ReviewPayload,
            input.id,
            "inn",
            lambda s, key: reviewing.start_review(s, key, expected_version=input.expected_version),
        )

    @mutation(
        "Give the verdict of a review; accepting needs all blocking remarks settled.",
        requires=Permission.INNOVATION_REVIEW,
    )
    async def review_decide(self, info: Info, input: inputs.ReviewDecideInput) -> ReviewPayload:
        """Decide a review."""
        return await step(
            info,
            ReviewPayload,
            input,
            reviewing.decide,
            verdict=input.verdict,
            comment=input.comment,
        )

    @mutation("Add a remark on one field during a review.", requires=Permission.INNOVATION_REVIEW)
    async def remark_add(self, info: Info, input: inputs.RemarkAddInput) -> RemarkPayload:
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
