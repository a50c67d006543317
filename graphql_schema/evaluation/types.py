"""Rounds, evaluations, scores, objections, results, findings, follow-ups."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import strawberry
from sqlalchemy import FromClause, Numeric, Select, cast, func, select
from strawberry.scalars import JSON

from graphql_schema.cities.types import City
from graphql_schema.cities.units import Unit
from graphql_schema.editions.types import Dimension, GuideEdition
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Rows, column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from kotacerdas.identity.policy import Permission
from tenants.evaluation import models as rows


@reads(rows.EvaluationRound, "evr", description="One year's evaluation of cities.")
class EvaluationRound(Node):
    """One year's evaluation; its edition's parts and weights are the instrument."""

    id: strawberry.ID = key()
    year: int = column(rows.EvaluationRound.year, "Year that is evaluated.")
    scale_maximum: Decimal = column(rows.EvaluationRound.scale_maximum, "Highest score of an item.")
    self_score_due_at: datetime = column(
        rows.EvaluationRound.self_score_due_at, "When the cities' own scores are due."
    )
    objection_days: int = column(
        rows.EvaluationRound.objection_days, "Days for which a provisional result is open."
    )
    edition: GuideEdition = one(
        "GuideEdition", rows.EvaluationRound.edition_id, "Guide whose parts and weights count."
    )


@reads(rows.SelfScore, "sfs", description="What a city gives itself for one item.")
class SelfScore(Node):
    """What a city gives itself for one item; no assessor changes it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.SelfScore.tenant_id, "City that scored itself.")
    item: str = column(rows.SelfScore.item, "Item of the instrument, e.g. output, impact.people.")
    score: Decimal = column(rows.SelfScore.score, "What the city gives itself.")
    evidence: str = column(rows.SelfScore.evidence, "What it stands on.")
    link: str | None = column(rows.SelfScore.link, "Where the evidence is found.")
    prefilled: bool = column(
        rows.SelfScore.prefilled, "Whether it is last year's, and nobody has confirmed it yet."
    )
    version: int = column(rows.SelfScore.version, "Version for `expectedVersion`.")
    dimension: Dimension | None = one(
        "Dimension", rows.SelfScore.dimension_id, "Pillar that the item judges, if it judges one."
    )


@reads(
    rows.AssessorScore,
    "asr",
    description="What one assessor gives for one item; for assessors alone.",
    requires=Permission.EVALUATION_ASSESS,
)
class AssessorScore(Node):
    """What one assessor gives for one item, and why; cities read the reasons in the results."""

    id: strawberry.ID = key()
    city: City = one("City", rows.AssessorScore.tenant_id, "City that is assessed.")
    item: str = column(rows.AssessorScore.item, "Item of the instrument.")
    score: Decimal = column(rows.AssessorScore.score, "What the assessor gives.")
    reason: str = column(rows.AssessorScore.reason, "Why.")
    version: int = column(rows.AssessorScore.version, "Version for `expectedVersion`.")
    dimension: Dimension | None = one(
        "Dimension", rows.AssessorScore.dimension_id, "Pillar that the item judges, if any."
    )
    assessor: Person = one("Person", rows.AssessorScore.assessor_id, "Who gave it.")


@reads(rows.Objection, "obj", description="A city's objection to a provisional score.")
class Objection(Node):
    """A city's objection to one item's provisional score."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Objection.tenant_id, "City that objects.")
    item: str = column(rows.Objection.item, "Item of the instrument.")
    text: str = column(rows.Objection.text, "Why the city objects.")
    wanted_score: Decimal = column(rows.Objection.wanted_score, "Score that it wants.")
    state: rows.ObjectionState = column(rows.Objection.state, "How it stands.")
    answer: str | None = column(rows.Objection.answer, "The assessors' answer.")
    decided_score: Decimal | None = column(
        rows.Objection.decided_score, "New score, where the objection was upheld."
    )
    created_at: datetime = column(rows.Objection.created_at, "When it was written.")
    dimension: Dimension | None = one(
        "Dimension", rows.Objection.dimension_id, "Pillar that the item judges, if any."
    )
    version: int = column(rows.Objection.version, "Version for `expectedVersion`.")


def _elements(name: str, *fields: Any) -> Rows:
    """Source of a list: the objects of an array in a result's content, in their order."""

    def source(result: FromClause, _asking: Asking) -> Select[Any]:
        array = func.jsonb_array_elements(result.c.content[name])
        each = array.table_valued("value", with_ordinality="place").render_derived()
        value = each.c.value.op("->>")
        picked = [
            (cast(value(field), kind) if kind else value(field)).label(field)
            for field, kind in fields
        ]
        return select(*picked).select_from(each).order_by(each.c.place)

    return source


_PARTS = _elements(
    "parts",
    ("code", None),
    ("name", None),
    ("name_en", None),
    ("weight", Numeric(5, 2)),
    ("score", Numeric(5, 2)),
)
_ITEMS = _elements(
    "items",
    ("item", None),
    ("part", None),
    ("dimension", None),
    ("score", Numeric(5, 2)),
    ("per_point", Numeric(7, 4)),
    ("to_maximum", Numeric(7, 4)),
    ("reasons", None),
)


@reads(rows.EvaluationResult, description="A part of the instrument with its score.")
class ResultPart:
    """A part of the instrument with its score."""

    code: str = column("code", "Stable code, e.g. outcome.")
    name: str = column("name", "Name in Indonesian use.")
    name_en: str = column("name_en", "Name in English.")
    weight: Decimal = column("weight", "Weight in percent.")
    score: Decimal = column("score", "Mean of its items, rounded.")


@reads(rows.EvaluationResult, description="An item's score, and what more of it would bring.")
class ResultItem:
    """An item's score, and what a higher one would bring to the index."""

    item: str = column("item", "Item of the instrument.")
    part: str = column("part", "Part that it belongs to.")
    dimension_code: str | None = column("dimension", "Pillar that it judges, if it judges one.")
    score: Decimal = column("score", "What it was given.")
    gain_per_point: Decimal = column("per_point", "What one point more adds to the index.")
    gain_to_maximum: Decimal = column("to_maximum", "What the highest score would add.")
    reasons: JSON = column("reasons", "The assessors' reasons; a list of texts.")


@reads(rows.EvaluationResult, "evx", description="A result as it was computed.")
class EvaluationResult(Node):
    """A result as it was computed; the next one stands beside it."""

    id: strawberry.ID = key()
    city: City = one("City", rows.EvaluationResult.tenant_id, "City that was evaluated.")
    number: int = column(rows.EvaluationResult.number, "Number, from 1.")
    kind: rows.ResultKind = column(rows.EvaluationResult.kind, "Whose scores it stands on.")
    index: Decimal = column(rows.EvaluationResult.index, "Weighted mean of the parts.")
    created_at: datetime = column(rows.EvaluationResult.created_at, "When it was computed.")
    decided_by: Person | None = one(
        "Person", rows.EvaluationResult.decided_by, "Who stated it; null for the platform itself."
    )
    parts: list[ResultPart] = listed("ResultPart", _PARTS, "Its parts, in order.")
    items: list[ResultItem] = listed(
        "ResultItem", _ITEMS, "Its items: what would raise the index most comes first."
    )


@reads(rows.FollowUp, "fup", description="What a unit does about a recommendation.")
class FollowUp(Node):
    """What a unit does about a recommendation, and by when."""

    id: strawberry.ID = key()
    city: City = one("City", rows.FollowUp.tenant_id, "City that follows up.")
    action: str = column(rows.FollowUp.action, "What is to be done.")
    due_on: date = column(rows.FollowUp.due_on, "Day by which it is due.")
    done_on: date | None = column(rows.FollowUp.done_on, "Day it was done.")
    outcome: str | None = column(rows.FollowUp.outcome, "What came of it.")
    version: int = column(rows.FollowUp.version, "Version for `expectedVersion`.")
    unit: Unit = one("Unit", rows.FollowUp.unit_id, "Unit that is charged with it.")


@reads(rows.Finding, "fnd", description="A strength, a weakness or a recommendation.")
class Finding(Node):
    """A strength, a weakness or a recommendation."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Finding.tenant_id, "City of which it is said.")
    kind: rows.FindingKind = column(rows.Finding.kind, "What it is.")
    text: str = column(rows.Finding.text, "Its words.")
    version: int = column(rows.Finding.version, "Version for `expectedVersion`.")
    dimension: Dimension | None = one(
        "Dimension", rows.Finding.dimension_id, "Pillar that it is about; null: the whole city."
    )
    follow_ups: list[FollowUp] = listed(
        "FollowUp", rows_of(rows.FollowUp, "finding_id", "due_on", "id"), "What is done about it."
    )


@reads(rows.PublishedResult, description="A part of a published result.", public=True)
class PublishedPart:
    """A part of a published result."""

    code: str = column("code", "Stable code, e.g. outcome.")
    name: str = column("name", "Name in Indonesian use.")
    name_en: str = column("name_en", "Name in English.")
    weight: Decimal = column("weight", "Weight in percent.")
    score: Decimal = column("score", "What it was given.")


@reads(rows.PublishedResult, "pbr", description="A city's published result.", public=True)
class PublishedResult(Node):
    """A city's published result: what everybody may read."""

    id: strawberry.ID = key()
    year: int = column(rows.PublishedResult.year, "Year that was evaluated.")
    index: Decimal = column(rows.PublishedResult.index, "Weighted mean of the parts.")
    published_at: datetime = column(rows.PublishedResult.published_at, "When it was published.")
    withdrawn_at: datetime | None = column(
        rows.PublishedResult.withdrawn_at, "When it was taken back."
    )
    city: City = one("City", rows.PublishedResult.tenant_id, "City that was evaluated.")
    parts: list[PublishedPart] = listed("PublishedPart", _PARTS, "Its parts, in order.")


@reads(rows.Evaluation, "evl", description="A city's part in a round.")
class Evaluation(Node):
    """A city's part in a round: scores, objections, results, findings."""

    id: strawberry.ID = key()
    city: City = one("City", rows.Evaluation.tenant_id, "City that is evaluated.")
    state: rows.EvaluationState = column(rows.Evaluation.state, "Where it stands.")
    version: int = column(rows.Evaluation.version, "Version for `expectedVersion`.")
    self_submitted_at: datetime | None = column(
        rows.Evaluation.self_submitted_at, "When the city handed its scores in."
    )
    objections_until: datetime | None = column(
        rows.Evaluation.objections_until, "Until when the city may object."
    )
    letter_number: str | None = column(
        rows.Evaluation.letter_number, "Number of the final result's letter."
    )
    letter_date: date | None = column(rows.Evaluation.letter_date, "Date of that letter.")
    round: EvaluationRound = one(
        "EvaluationRound", rows.Evaluation.round_id, "Round that it is part of."
    )
    self_scores: list[SelfScore] = listed(
        "SelfScore", rows_of(rows.SelfScore, "evaluation_id", "item"), "The city's own scores."
    )
    assessor_scores: list[AssessorScore] | None = listed(
        "AssessorScore",
        rows_of(rows.AssessorScore, "evaluation_id", "item", "id"),
        "The assessors' scores; null for those who do not assess.",
        requires=Permission.EVALUATION_ASSESS,
    )
    objections: list[Objection] = listed(
        "Objection", rows_of(rows.Objection, "evaluation_id", "id"), "Objections, oldest first."
    )
    results: list[EvaluationResult] = listed(
        "EvaluationResult",
        rows_of(rows.EvaluationResult, "evaluation_id", "number"),
        "Results, oldest first; the last one counts.",
    )
    findings: list[Finding] = listed(
        "Finding", rows_of(rows.Finding, "evaluation_id", "kind", "id"), "What assessors found."
    )
