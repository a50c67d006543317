"""Tables of innovations, their revisions and reviews."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.changes import Announced
from kotacerdas.searching import search_column
from kotacerdas.tenancy import (
    Json,
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    not_negative,
    text_enum,
    unique_in_tenant,
)
from tenants.submissions.workflow import InnovationState


class InnovationKind(StrEnum):
    """By what means an innovation works."""

    DIGITAL = "digital"
    NON_DIGITAL = "non_digital"
    TECHNOLOGY = "technology"


class Maturity(StrEnum):
    """How far an innovation has come."""

    IDEA = "idea"
    TRIAL = "trial"
    APPLIED = "applied"


class Verdict(StrEnum):
    """How a review ended."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    REJECTED = "rejected"


class Innovation(Versioned, TenantOwned, Model):
    """A department's innovation: the working copy; what was submitted stands in its revisions."""

    __announces__: ClassVar = Announced("innovation")
    __tablename__ = "innovation"
    __table_args__ = (
        belongs_to("unit", "unit_id"),
        belongs_to("participation", "participation_id"),
        not_negative("budget_rupiah"),
        Index(None, "tenant_id", "dimension_id", "state"),
        Index(None, "tenant_id", "created_at", "id"),
        Index(None, "tenant_id", "unit_id"),
        Index(None, "id"),
        search_column("name", "problem", "solution", "benefit", "uniqueness", "partners"),
        Index(None, "search", postgresql_using="gin"),
    )
    participation_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    dimension_id: Mapped[UUID] = mapped_column(ForeignKey("dimension.id"))
    state: Mapped[InnovationState] = mapped_column(
        text_enum(InnovationState), default=InnovationState.DRAFT
    )
    revision: Mapped[int] = mapped_column(default=0)
    name: Mapped[str]
    kind: Mapped[InnovationKind] = mapped_column(text_enum(InnovationKind))
    maturity: Mapped[Maturity] = mapped_column(text_enum(Maturity))
    problem: Mapped[str] = mapped_column(default="")
    solution: Mapped[str] = mapped_column(default="")
    benefit: Mapped[str] = mapped_column(default="")
    uniqueness: Mapped[str] = mapped_column(default="")
    partners: Mapped[str] = mapped_column(default="")
    replication: Mapped[str] = mapped_column(default="")
    sustainability: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    resources: Mapped[str] = mapped_column(default="")
    budget_rupiah: Mapped[Decimal] = mapped_column(Numeric(20, 2), default=Decimal(0))
    created_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class InnovationOrigin(TenantOwned, Model):
    """Which published innovation of another city a draft began from; never changed.

    `origin_id` is that city's tenant, the rest is what it had published then.
    """

    __tablename__ = "innovation_origin"
    __table_args__ = (
        belongs_to("innovation", "innovation_id"),
        unique_in_tenant("innovation_id"),
        Index(None, "tenant_id", "origin_id", "item_id"),
    )
    innovation_id: Mapped[UUID]
    origin_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    item_id: Mapped[UUID]
    item_name: Mapped[str]
    version_number: Mapped[int]


class InnovationRevision(TenantOwned, Model):
    """What was submitted, word for word; never changed."""

    __tablename__ = "innovation_revision"
    __table_args__ = (
        belongs_to("innovation", "innovation_id"),
        unique_in_tenant("innovation_id", "number"),
    )
    innovation_id: Mapped[UUID]
    number: Mapped[int]
    content: Mapped[Json]
    submitted_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class Review(Versioned, TenantOwned, Model):
    """One expert's look at one revision; open until it has a verdict."""

    __announces__: ClassVar = Announced("innovation", id="innovation_id")
    __tablename__ = "review"
    __table_args__ = (
        belongs_to("innovation", "innovation_id"),
        Index(None, "tenant_id", "innovation_id", "id"),
    )
    innovation_id: Mapped[UUID]
    revision: Mapped[int]
    reviewer_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[Verdict | None] = mapped_column(text_enum(Verdict))
    comment: Mapped[str] = mapped_column(default="")
    closed_at: Mapped[datetime | None]
