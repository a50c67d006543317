"""Tables of instruments, assessments, a city's evidence, decisions and verdicts."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB
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
from tenants.editions.models import EditionState

SCORE = Numeric(8, 2)


class AssessmentState(StrEnum):
    """Whether an assessor still writes."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RELEASED = "released"


class Certainty(StrEnum):
    """How sure it is that an instrument is the one that was used."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    RECALLED = "recalled"


class VerdictKind(StrEnum):
    """What the ministry decided on a city of a cohort."""

    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"


class Instrument(Versioned, Stamped, Model):
    """An edition of the assessment's instrument; immutable once a cohort uses it.

    `certainty` is null where the ministry itself wrote it.
    """

    __tablename__ = "instrument"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_en: Mapped[str]
    state: Mapped[EditionState] = mapped_column(text_enum(EditionState), default=EditionState.DRAFT)
    source: Mapped[str] = mapped_column(server_default="ministry")
    certainty: Mapped[Certainty | None] = mapped_column(text_enum(Certainty))


class Parameter(Model):
    """What an instrument asks: its weight in percent, its scale, and the evidence it needs."""

    __tablename__ = "instrument_parameter"
    __table_args__ = (
        UniqueConstraint("instrument_id", "code"),
        CheckConstraint("scale_maximum > scale_minimum", name="scale"),
        CheckConstraint("weight > 0", name="weight"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    code: Mapped[str]
    ordinal: Mapped[int]
    name: Mapped[str]
    name_en: Mapped[str]
    weight: Mapped[Decimal] = mapped_column(Numeric(5, 2))
    scale_minimum: Mapped[Decimal] = mapped_column(SCORE)
    scale_maximum: Mapped[Decimal] = mapped_column(SCORE)
    evidence_needed: Mapped[str]
    evidence_required: Mapped[bool]


class CohortInstrument(Model):
    """The instrument by which a cohort's cities are assessed."""

    __tablename__ = "cohort_instrument"
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))


class Assessment(Versioned, TenantOwned, Model):
    """One assessor's view of a participation; `score` is computed when it is submitted."""

    __tablename__ = "assessment"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id", "assessor_id"),
        Index(None, "assessor_id"),
    )
    participation_id: Mapped[UUID]
    instrument_id: Mapped[UUID] = mapped_column(ForeignKey("instrument.id"))
    assessor_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[AssessmentState] = mapped_column(text_enum(AssessmentState))
    score: Mapped[Decimal | None] = mapped_column(SCORE)
    note: Mapped[str | None]
    submitted_at: Mapped[datetime | None]


class Answer(TenantOwned, Model):
    """An assessor's score for a parameter, and what it stands on."""

    __tablename__ = "assessment_answer"
    __table_args__ = (
        belongs_to("assessment", "assessment_id"),
        unique_in_tenant("assessment_id", "parameter_id"),
    )
    assessment_id: Mapped[UUID]
    parameter_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_parameter.id"))
    score: Mapped[Decimal] = mapped_column(SCORE)
    evidence: Mapped[str | None]
    link: Mapped[str | None]
    note: Mapped[str | None]


class Evidence(Versioned, TenantOwned, Model):
    """What the city itself shows for a parameter, for its assessors to read."""

    __tablename__ = "assessment_evidence"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id", "parameter_id"),
    )
    participation_id: Mapped[UUID]
    parameter_id: Mapped[UUID] = mapped_column(ForeignKey("instrument_parameter.id"))
    text: Mapped[str]
    link: Mapped[str | None]


class Decision(Model):
    """A letter of the ministry that decides on many cities at once; `verdicts` are its lines.

    It is one act of the nation. Each city's row and stage follow from it by a job.
    """

    __tablename__ = "selection_decision"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    letter_number: Mapped[str]
    letter_date: Mapped[date]
    publish_scores: Mapped[bool]
    verdicts: Mapped[list[Json]] = mapped_column(JSONB)
    person_id: Mapped[UUID | None]
    decided_at: Mapped[datetime] = mapped_column(server_default=func.now())
    applied_at: Mapped[datetime | None]


class SelectionVerdict(Versioned, TenantOwned, Model):
    """What was decided on a participation last, and by which letter.

    `reserve_rank` is the place in the reserve list. `score` and `place` are those of the ranking on
    the day of the decision; the city sees them where `is_published`.
    """

    __tablename__ = "selection_verdict"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id"),
    )
    participation_id: Mapped[UUID]
    verdict: Mapped[VerdictKind] = mapped_column(text_enum(VerdictKind))
    letter_number: Mapped[str]
    letter_date: Mapped[date]
    reserve_rank: Mapped[int | None]
    score: Mapped[Decimal | None] = mapped_column(SCORE)
    place: Mapped[int | None]
    is_published: Mapped[bool]
