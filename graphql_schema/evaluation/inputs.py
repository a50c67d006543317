"""Inputs of the evaluation's mutations."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import strawberry

from graphql_schema.mutating import Change, Creation
from tenants.evaluation.models import FindingKind

_EVALUATION = "The evaluation."
_ITEM = "Item of the instrument, e.g. output, impact.people."
_VERSION = "`version` of the score that the caller last read; 0 where there is none yet."


@strawberry.input(description="A new round of evaluation.")
class EvaluationRoundOpenInput:
    """A new round of evaluation; each year has one."""

    year: int = strawberry.field(description="Year that is evaluated.")
    edition_code: str = strawberry.field(description="Guide whose parts and weights count.")
    scale_maximum: Decimal = strawberry.field(description="Highest score of an item, e.g. 5.")
    self_score_due_at: datetime = strawberry.field(description="When cities' scores are due.")
    objection_days: int = strawberry.field(
        description="Days for which a provisional result is open to objections."
    )


@strawberry.input(description="A city that takes part in a round.")
class EvaluationTakePartInput:
    """A city that takes part in a round; taking part twice is refused."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    round_id: strawberry.ID = strawberry.field(description="The round.")


@strawberry.input(description="A step of an evaluation.")
class EvaluationStepInput(Change):
    """A step of an evaluation."""


@strawberry.input(description="The final result's letter.")
class EvaluationSettleInput(Change):
    """The final result's letter."""

    letter_number: str = strawberry.field(description="Number of the letter.")
    letter_date: date = strawberry.field(description="Date of the letter.")


@strawberry.input(description="The city's own score of an item.")
class SelfScoreWriteInput:
    """The city's own score of an item."""

    evaluation_id: strawberry.ID = strawberry.field(description=_EVALUATION)
    item: str = strawberry.field(description=_ITEM)
    score: Decimal = strawberry.field(description="Score, at most two decimals.")
    evidence: str = strawberry.field(description="What it stands on.")
    expected_version: int = strawberry.field(description=_VERSION)
    link: str | None = strawberry.field(default=None, description="Where evidence is found.")


@strawberry.input(description="An assessor's score of an item.")
class AssessorScoreWriteInput:
    """The acting assessor's score of an item."""

    evaluation_id: strawberry.ID = strawberry.field(description=_EVALUATION)
    item: str = strawberry.field(description=_ITEM)
    score: Decimal = strawberry.field(description="Score, at most two decimals.")
    reason: str = strawberry.field(description="Why; the city reads it with the result.")
    expected_version: int = strawberry.field(description=_VERSION)


@strawberry.input(description="An objection to a provisional score.")
class ObjectionWriteInput(Creation):
    """An objection to a provisional score."""

    evaluation_id: strawberry.ID = strawberry.field(description=_EVALUATION)
    item: str = strawberry.field(description=_ITEM)
    wanted_score: Decimal = strawberry.field(description="Score that the city wants.")
    text: str = strawberry.field(description="Why it objects.")


@strawberry.input(description="The answer to an objection.")
class ObjectionAnswerInput(Change):
    """The answer to an objection."""

    uphold: bool = strawberry.field(description="Whether the city is right.")
    answer: str = strawberry.field(description="The words of the answer.")
    decided_score: Decimal | None = strawberry.field(
        default=None, description="New score; needed to uphold, ignored otherwise."
    )


@strawberry.input(description="A strength, a weakness or a recommendation.")
class FindingWriteInput(Creation):
    """A strength, a weakness or a recommendation."""

    evaluation_id: strawberry.ID = strawberry.field(description=_EVALUATION)
    kind: FindingKind = strawberry.field(description="What it is.")
    text: str = strawberry.field(description="Its words.")
    dimension_id: strawberry.ID | None = strawberry.field(
        default=None, description="Pillar that it is about; absent: the whole city."
    )


@strawberry.input(description="Other words of a finding.")
class FindingRewordInput(Change):
    """Other words of a finding."""

    text: str = strawberry.field(description="Its new words.")


@strawberry.input(description="What a unit is to do about a recommendation.")
class FollowUpPlanInput(Creation):
    """What a unit is to do about a recommendation."""

    finding_id: strawberry.ID = strawberry.field(description="The recommendation.")
    unit_id: strawberry.ID = strawberry.field(description="Unit that is charged with it.")
    action: str = strawberry.field(description="What is to be done.")
    due_on: date = strawberry.field(description="Day by which it is due.")


@strawberry.input(description="What came of a follow-up.")
class FollowUpFinishInput(Change):
    """What came of a follow-up."""

    outcome: str = strawberry.field(description="What came of it.")
    done_on: date = strawberry.field(description="Day it was done.")
