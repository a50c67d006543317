"""Tables of the yearly evaluation."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from kotacerdas.tenancy import (
    Json,
    Model,
    Stamped,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class EvaluationState(StrEnum):
    """Where a city's evaluation stands: who may change what, and who sees the result."""

    SELF_SCORING = "self_scoring"
    ASSESSING = "assessing"
    PROVISIONAL = "provisional"
    PRIVATE = "private"
    PUBLISHED = "published"


class ResultKind(StrEnum):
    """Whose scores a result was computed from."""

    SELF = "self"
    PROVISIONAL = "provisional"
    FINAL = "final"


class FindingKind(StrEnum):
    """What the assessors found."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    RECOMMENDATION = "recommendation"


class ObjectionState(StrEnum):
    """How an objection stands."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class EvaluationRound(Stamped, Model):
    """One year's evaluation; its edition's parts and weights are the instrument."""

    __tablename__ = "evaluation_round"
    __table_args__ = (CheckConstraint("scale_maximum > 0", name="scale_maximum_positive"),)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    year: Mapped[int] = mapped_column(unique=True)
    edition_id: Mapped[UUID] = mapped_column(ForeignKey("guide_edition.id"))
    scale_maximum: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    self_score_due_at: Mapped[datetime]
    objection_days: Mapped[int]


class Evaluation(Versioned, TenantOwned, Model):
    """A city's part in a round: explicit, for it does not follow from any cohort."""

    __tablename__ = "evaluation"
    __table_args__ = (unique_in_tenant("round_id"), Index(None, "round_id", "state"))
    round_id: Mapped[UUID] = mapped_column(ForeignKey("evaluation_round.id"))
    state: Mapped[EvaluationState] = mapped_column(
        text_enum(EvaluationState), default=EvaluationState.SELF_SCORING
    )
    self_submitted_at: Mapped[datetime | None]
    objections_until: Mapped[datetime | None]
    letter_number: Mapped[str | None]
    letter_date: Mapped[date | None]


class SelfScore(Versioned, TenantOwned, Model):
    """What a city gives itself for one item, with the evidence; no assessor writes it."""

    __tablename__ = "self_score"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        unique_in_tenant("evaluation_id", "item"),
    )
    evaluation_id: Mapped[UUID]
    item: Mapped[str]
    dimension_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimension.id"))
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    evidence: Mapped[str]
    link: Mapped[str | None]
    prefilled: Mapped[bool] = mapped_column(default=False)


class AssessorScore(Versioned, TenantOwned, Model):
    """What one assessor gives for one item, and why."""

    __tablename__ = "assessor_score"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        unique_in_tenant("evaluation_id", "item", "assessor_id"),
    )
    evaluation_id: Mapped[UUID]
    item: Mapped[str]
    dimension_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimension.id"))
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    reason: Mapped[str]


class Objection(Versioned, TenantOwned, Model):
    """A city's objection to one item's provisional score."""

    __tablename__ = "objection"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        Index(None, "tenant_id", "evaluation_id"),
    )
    evaluation_id: Mapped[UUID]
    item: Mapped[str]
    dimension_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimension.id"))
    text: Mapped[str]
    wanted_score: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    state: Mapped[ObjectionState] = mapped_column(
        text_enum(ObjectionState), default=ObjectionState.OPEN
    )
    answer: Mapped[str | None]
    decided_score: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class EvaluationResult(TenantOwned, Model):
    """A result as it was computed; never changed, the next one stands beside it.

    `content` holds the parts with their weights and scores, and the items with what a higher score
    would bring: `tenants.evaluation.scoring` wrote it and can compute it again.
    """

    __tablename__ = "evaluation_result"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        unique_in_tenant("evaluation_id", "number"),
    )
    evaluation_id: Mapped[UUID]
    number: Mapped[int]
    kind: Mapped[ResultKind] = mapped_column(text_enum(ResultKind))
    index: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    content: Mapped[Json]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Finding(Versioned, TenantOwned, Model):
    """A strength, a weakness or a recommendation; of the whole city or of one pillar."""

    __tablename__ = "finding"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        Index(None, "tenant_id", "evaluation_id"),
    )
    evaluation_id: Mapped[UUID]
    kind: Mapped[FindingKind] = mapped_column(text_enum(FindingKind))
    dimension_id: Mapped[UUID | None] = mapped_column(ForeignKey("dimension.id"))
    text: Mapped[str]
    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class FollowUp(Versioned, TenantOwned, Model):
    """What a unit does about a recommendation, and by when."""

    __tablename__ = "follow_up"
    __table_args__ = (
        belongs_to("finding", "finding_id"),
        belongs_to("unit", "unit_id"),
        Index(None, "tenant_id", "finding_id"),
    )
    finding_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    action: Mapped[str]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str | None]


class PublishedResult(TenantOwned, Model):
    """What everybody may read of a city's evaluation: a copy of its final result."""

    __tablename__ = "published_result"
    __table_args__ = (
        belongs_to("evaluation", "evaluation_id"),
        unique_in_tenant("evaluation_id"),
        Index(None, "year"),
    )
    evaluation_id: Mapped[UUID]
    year: Mapped[int]
    index: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    content: Mapped[Json]
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
