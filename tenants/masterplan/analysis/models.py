"""Tables of source documents, citations, readiness, gaps, SWOT points and strategies."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class SourceKind(StrEnum):
    """Kinds of documents that a city plans from."""

    RPJMD = "rpjmd"
    RKPD = "rkpd"
    RENSTRA = "renstra"
    RTRW = "rtrw"
    BPS = "bps"
    REGULATION = "regulation"
    OTHER = "other"


class StatementKind(StrEnum):
    """What can cite sources."""

    VISION = "vision"
    MISSION = "mission"
    GOAL = "goal"
    READINESS = "readiness"
    GAP = "gap"
    SWOT = "swot"


class SwotKind(StrEnum):
    """The four sides of a SWOT analysis."""

    STRENGTH = "strength"
    WEAKNESS = "weakness"
    OPPORTUNITY = "opportunity"
    THREAT = "threat"


class StrategyKind(StrEnum):
    """Which two sides a strategy joins."""

    SO = "so"
    WO = "wo"
    ST = "st"
    WT = "wt"


class SourceDocument(Versioned, TenantOwned, Model):
    """A document that statements cite."""

    __tablename__ = "source_document"
    kind: Mapped[SourceKind] = mapped_column(text_enum(SourceKind))
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
    link: Mapped[str | None]


class Readiness(Versioned, TenantOwned, Model):
    """How ready the city is in one part of an element of the edition."""

    __tablename__ = "readiness"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "element", "part"),
    )
    masterplan_id: Mapped[UUID]
    element: Mapped[str]
    part: Mapped[str]
    score: Mapped[int | None]
    statement: Mapped[str] = mapped_column(default="")
    evidence: Mapped[str] = mapped_column(default="")


class Gap(Versioned, TenantOwned, Model):
    """What lies between the present and the wanted state of a pillar, and what closes it."""

    __tablename__ = "gap"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "dimension_id", "ordinal"),
    )
    masterplan_id: Mapped[UUID]
    dimension_id: Mapped[UUID] = mapped_column(ForeignKey("dimension.id"))
    ordinal: Mapped[int]
    present: Mapped[str] = mapped_column(default="")
    wanted: Mapped[str] = mapped_column(default="")
    gap: Mapped[str]
    action: Mapped[str] = mapped_column(default="")


class SwotPoint(Versioned, TenantOwned, Model):
    """One strength, weakness, opportunity or threat; S1, W2 by kind and ordinal."""

    __tablename__ = "swot_point"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "kind", "ordinal"),
    )
    masterplan_id: Mapped[UUID]
    kind: Mapped[SwotKind] = mapped_column(text_enum(SwotKind))
    ordinal: Mapped[int]
    text: Mapped[str]
    weight: Mapped[Decimal | None] = mapped_column(Numeric(5, 4))
    rating: Mapped[int | None]


class Strategy(Versioned, TenantOwned, Model):
    """What follows from SWOT points of two sides; SO-1 by kind and ordinal."""

    __tablename__ = "swot_strategy"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "kind", "ordinal"),
    )
    masterplan_id: Mapped[UUID]
    kind: Mapped[StrategyKind] = mapped_column(text_enum(StrategyKind))
    ordinal: Mapped[int]
    text: Mapped[str]


class StrategyPoint(TenantOwned, Model):
    """A SWOT point that a strategy comes from."""

    __tablename__ = "swot_strategy_point"
    __table_args__ = (
        belongs_to("swot_strategy", "strategy_id"),
        belongs_to("swot_point", "swot_point_id"),
        unique_in_tenant("strategy_id", "swot_point_id"),
    )
    strategy_id: Mapped[UUID]
    swot_point_id: Mapped[UUID]


class Citation(TenantOwned, Model):
    """What one statement rests on: a page of a document, or else an indicator's value in a year.

    The statement has one of six tables, so it is named without a foreign key: whatever deletes a
    statement deletes its citations. The vision's statement is the plan itself.
    """

    __tablename__ = "citation"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        belongs_to("source_document", "source_document_id"),
        unique_in_tenant("masterplan_id", "about", "statement_id", "ordinal"),
        Index(None, "tenant_id", "source_document_id"),
    )
    masterplan_id: Mapped[UUID]
    about: Mapped[StatementKind] = mapped_column(text_enum(StatementKind))
    statement_id: Mapped[UUID]
    ordinal: Mapped[int]
    source_document_id: Mapped[UUID | None]
    page: Mapped[str] = mapped_column(default="")
    indicator: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    year: Mapped[int | None]
