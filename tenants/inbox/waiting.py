"""What waits for the acting expert in the session's city: a list that follows from the states."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.scope import tenant_of
from tenants.assessment.models import Assessment, AssessmentState
from tenants.cities.models import Participation
from tenants.cities.queries import city_of
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tenants.evaluation.models import Evaluation, EvaluationRound, EvaluationState
from tenants.experts.models import ExpertPart
from tenants.experts.queries import parts_of
from tenants.inbox.plans import to_judge, to_settle
from tenants.masterplan.models import Masterplan
from tenants.remarks.models import Remark, RemarkState
from tenants.reviews.models import ReviewRound
from tenants.submissions.models import Innovation, Review
from tenants.submissions.workflow import InnovationState

MOST = 200
"""Items that an inbox shows at once: those that have waited longest."""


class Waiting(StrEnum):
    """Why something waits for an expert."""

    TO_REVIEW = "to_review"
    IN_REVIEW = "in_review"
    REMARK_ANSWERED = "remark_answered"
    PLAN_REMARK_ANSWERED = "plan_remark_answered"
    TO_JUDGE = "to_judge"
    TO_ASSESS = "to_assess"
    TO_SCORE = "to_score"


PARTS: dict[Waiting, ExpertPart | None] = {
    Waiting.TO_REVIEW: ExpertPart.MENTOR,
    Waiting.IN_REVIEW: ExpertPart.MENTOR,
    Waiting.REMARK_ANSWERED: ExpertPart.MENTOR,
    Waiting.PLAN_REMARK_ANSWERED: None,
    Waiting.TO_JUDGE: ExpertPart.ASSESSOR,
    Waiting.TO_ASSESS: ExpertPart.ASSESSOR,
    Waiting.TO_SCORE: ExpertPart.ASSESSOR,
}
"""Whose task each kind is, None: either's; who was given no part in the city sees all of them."""


@dataclass(frozen=True)
class Item:
    """One thing that waits: `subject_id` is the innovation, remark, round or evaluation."""

    kind: Waiting
    tenant_id: int
    city: str
    slug: str
    subject_id: UUID
    name: str
    since: datetime


def inbox(session: Session, *, kind: Waiting | None = None) -> list[Item]:
    """Return what waits for the actor in the city, oldest first; raises Forbidden."""
    require(session, Permission.INNOVATION_REVIEW)
    person_id, tenant_id = acting(session), tenant_of(session)
    parts = parts_of(session, person_id)
    asked = [
        each
        for each in Waiting
        if kind in (None, each) and (not parts or PARTS[each] in {None, *parts})
    ]
    if not asked:
        return []
    rows = union_all(*(_rows(each, tenant_id, person_id) for each in asked)).subquery()
    oldest = select(rows).order_by(rows.c.since, rows.c.id).limit(MOST)
    city = city_of(session)
    return [
        Item(Waiting(row.kind), tenant_id, city.name, city.slug, row.id, row.name, row.since)
        for row in session.execute(oldest)
    ]


def _rows(kind: Waiting, tenant_id: int, person_id: UUID) -> Select[Any]:
    """Return the query of one kind; columns: kind, id, name, since."""
    match kind:
        case Waiting.TO_REVIEW:
            return _columns(kind, Innovation.id, Innovation.name, Innovation.updated_at).where(
                Innovation.tenant_id == tenant_id, Innovation.state == InnovationState.ENDORSED
            )
        case Waiting.IN_REVIEW:
            return _reviewed(
                _columns(kind, Innovation.id, Innovation.name, Review.created_at),
                tenant_id,
                person_id,
            )
        case Waiting.REMARK_ANSWERED:
            columns = _columns(kind, Remark.id, Innovation.name, Remark.updated_at)
            of_review = (Remark.tenant_id == tenant_id) & (Remark.review_id == Review.id)
            return _reviewed(columns, tenant_id, person_id).where(
                of_review, Remark.state == RemarkState.ANSWERED
            )
        case Waiting.PLAN_REMARK_ANSWERED:
            columns = _columns(kind, Remark.id, Remark.subject_name, Remark.updated_at)
            return to_settle(columns, tenant_id, person_id)
        case Waiting.TO_JUDGE:
            columns = _columns(kind, ReviewRound.id, Masterplan.title, ReviewRound.created_at)
            return to_judge(columns, tenant_id, person_id)
        case Waiting.TO_ASSESS:
            year = EvaluationRound.year.cast(Innovation.name.type)
            since = func.coalesce(Evaluation.self_submitted_at, Evaluation.updated_at)
            columns = _columns(kind, Evaluation.id, year, since)
            return columns.where(
                Evaluation.tenant_id == tenant_id,
                Evaluation.round_id == EvaluationRound.id,
                Evaluation.state == EvaluationState.ASSESSING,
            )
        case Waiting.TO_SCORE:
            return _to_score(kind, tenant_id, person_id)


def _to_score(kind: Waiting, tenant_id: int, person_id: UUID) -> Select[Any]:
    """One's own assessments of invited cities that are not handed in."""
    year = Cohort.year.cast(Innovation.name.type)
    return _columns(kind, Assessment.id, year, Assessment.created_at).where(
        Assessment.tenant_id == tenant_id,
        Assessment.assessor_id == person_id,
        Assessment.state == AssessmentState.DRAFT,
        Participation.tenant_id == tenant_id,
        Participation.id == Assessment.participation_id,
        Participation.stage == Stage.INVITED,
        Cohort.id == Participation.cohort_id,
    )


def _columns(
    kind: Waiting, *columns: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> Select[Any]:
    names = ("id", "name", "since")
    labelled = [column.label(name) for column, name in zip(columns, names, strict=True)]
    return select(literal(kind.value).label("kind"), *labelled)


def _reviewed(columns: Select[Any], tenant_id: int, person_id: UUID) -> Select[Any]:
    """Confine to innovations in a review of the person's that has no verdict."""
    return columns.where(
        Review.tenant_id == tenant_id,
        Review.reviewer_id == person_id,
        Review.closed_at.is_(None),
        Innovation.tenant_id == tenant_id,
        Innovation.id == Review.innovation_id,
    )
