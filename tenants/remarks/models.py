"""Table of remarks."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.changes import Announced
from kotacerdas.tenancy import Model, TenantOwned, Versioned, belongs_to, text_enum


class RemarkState(StrEnum):
    """A remark is open until it is answered and settled when the expert agrees."""

    OPEN = "open"
    ANSWERED = "answered"
    SETTLED = "settled"


class RemarkAbout(StrEnum):
    """What a remark is about."""

    INNOVATION = "innovation"
    SECTION = "section"
    PROGRAMME = "programme"
    VISION = "vision"
    MISSION = "mission"
    GOAL = "goal"
    READINESS = "readiness"
    GAP = "gap"
    SWOT = "swot"
    STRATEGY = "strategy"


class Remark(Versioned, TenantOwned, Model):
    """An expert's remark on one place of an innovation or of a masterplan.

    The subject has one of ten tables, so it is named without a foreign key, and by the name that
    it had: a remark outlives what it stands on. `quote` is what stood there; `excerpt` tells that
    it is some of the words, not all. A blocking remark must be settled before acceptance.
    """

    __announces__: ClassVar = Announced("innovation", id="innovation_id")
    __tablename__ = "remark"
    __table_args__ = (
        belongs_to("review", "review_id"),
        belongs_to("innovation", "innovation_id"),
        belongs_to("masterplan", "masterplan_id"),
        belongs_to("review_round", "round_id"),
        CheckConstraint("(innovation_id is null) <> (masterplan_id is null)", name="one_owner"),
        CheckConstraint("(review_id is null) = (innovation_id is null)", name="reviewed"),
        Index(None, "tenant_id", "innovation_id"),
        Index(None, "tenant_id", "masterplan_id"),
        Index(None, "tenant_id", "review_id"),
        Index(None, "tenant_id", "subject_id"),
    )
    review_id: Mapped[UUID | None]
    innovation_id: Mapped[UUID | None]
    masterplan_id: Mapped[UUID | None]
    round_id: Mapped[UUID | None]
    about: Mapped[RemarkAbout] = mapped_column(text_enum(RemarkAbout))
    subject_id: Mapped[UUID]
    subject_name: Mapped[str]
    anchor: Mapped[str]
    year: Mapped[int | None]
    block_id: Mapped[str | None]
    quote: Mapped[str] = mapped_column(default="")
    excerpt: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]
    blocking: Mapped[bool]
    state: Mapped[RemarkState] = mapped_column(text_enum(RemarkState), default=RemarkState.OPEN)
    written_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    reply: Mapped[str] = mapped_column(default="")
