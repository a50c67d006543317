"""Inputs of the mutations of reviews."""

from __future__ import annotations

import strawberry

from graphql_schema.bulk.inputs import BulkCreation
from graphql_schema.mutating import Change, Creation
from graphql_schema.reviews.subjects import subject_of
from tenants.remarks.anchors import RemarkField
from tenants.reviews.models import RoundVerdictKind
from tenants.reviews.remarking import Place


@strawberry.input(description="A remark and the place of the masterplan that it points at.")
class PlanRemarkInput:
    """A remark and the place of the masterplan that it points at."""

    subject_id: strawberry.ID = strawberry.field(
        description="A section, programme, mission, goal, readiness, gap, SWOT point or strategy of"
        " the plan; the plan itself for its vision."
    )
    field: RemarkField | None = strawberry.field(
        default=None, description="A field of it; by default all of it."
    )
    year: int | None = strawberry.field(default=None, description="Year, for targets and budgets.")
    block_id: str | None = strawberry.field(
        default=None, description="A block of a section's text."
    )
    quote: str = strawberry.field(
        default="", description="Words that stand there; by default all that stands there."
    )
    text: str = strawberry.field(description="What is to be revised, or asked.")
    blocking: bool = strawberry.field(description="Whether acceptance waits for it.")

    def place(self) -> Place:
        """Return where it points; raises NotFound."""
        about, subject_id = subject_of(self.subject_id)
        return Place(about, subject_id, self.field, self.year, self.block_id, self.quote)


@strawberry.input(description="A remark on a place of a masterplan.")
class MasterplanRemarkAddInput(Creation, PlanRemarkInput):
    """A remark on a place of a masterplan."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")


@strawberry.input(description="Remarks on places of a masterplan.")
class MasterplanRemarksAddInput(BulkCreation):
    """Remarks on places of a masterplan; each owner is told once."""

    masterplan_id: strawberry.ID = strawberry.field(description="The plan.")
    items: list[PlanRemarkInput] = strawberry.field(description="One each, 1 to 100.")


@strawberry.input(description="The city's answer to a remark.")
class RemarkAnswerInput(Change):
    """The city's answer to a remark."""

    answer: str = strawberry.field(description="What was done, or why not.")


@strawberry.input(description="A remark that is done with.")
class RemarkSettleInput(Change):
    """A remark that is done with."""


@strawberry.input(description="A remark whose answer is not enough.")
class RemarkReopenInput(Change):
    """A remark whose answer is not enough, or that was settled too early."""

    reply: str = strawberry.field(description="What is still lacking.")


@strawberry.input(description="An assessor's verdict on the plan as it was presented.")
class ReviewRoundJudgeInput:
    """An assessor's verdict on the plan as it was presented."""

    id: strawberry.ID = strawberry.field(description="The round.")
    verdict: RoundVerdictKind = strawberry.field(description="What the assessor says.")
    comment: str = strawberry.field(default="", description="Why; needed for a revision.")
    expected_version: int = strawberry.field(
        default=0, description="Version of the caller's own verdict; 0 where there is none yet."
    )
