"""Tables of masterplans, programmes, versions and publications."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, LargeBinary, Numeric, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

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


class Horizon(StrEnum):
    """Short is one year, medium five, long ten."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


class BudgetSource(StrEnum):
    """Where the money comes from."""

    APBD = "apbd"
    APBN = "apbn"
    DAK = "dak"
    CSR = "csr"
    KPBU = "kpbu"
    OTHER = "other"


class ItemKind(StrEnum):
    """What a published item was in its city."""

    INNOVATION = "innovation"
    PROGRAMME = "programme"


class Masterplan(Versioned, TenantOwned, Model):
    """A city's smart-city masterplan: the working copy; frozen versions stand beside it."""

    __tablename__ = "masterplan"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id"),
        CheckConstraint("period_end >= period_start", name="period"),
    )
    participation_id: Mapped[UUID]
    title: Mapped[str]
    period_start: Mapped[int]
    period_end: Mapped[int]
    vision: Mapped[str] = mapped_column(default="")


class Mission(Versioned, TenantOwned, Model):
    """One mission of the plan, with its goals."""

    __tablename__ = "mission"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "ordinal"),
    )
    masterplan_id: Mapped[UUID]
    ordinal: Mapped[int]
    text: Mapped[str]


class Goal(Versioned, TenantOwned, Model):
    """What a mission wants to reach (sasaran), and the indicator that shows it."""

    __tablename__ = "goal"
    __table_args__ = (
        belongs_to("mission", "mission_id"),
        unique_in_tenant("mission_id", "ordinal"),
    )
    mission_id: Mapped[UUID]
    ordinal: Mapped[int]
    text: Mapped[str]
    indicator: Mapped[str] = mapped_column(default="")
    indicator_unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    target: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    target_year: Mapped[int | None]


class Programme(Versioned, TenantOwned, Model):
    """What a unit will do for one pillar; exactly one lead unit."""

    __tablename__ = "programme"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        belongs_to("unit", "lead_unit_id"),
        belongs_to("goal", "goal_id"),
        belongs_to("innovation", "innovation_id"),
        unique_in_tenant("masterplan_id", "code"),
        unique_in_tenant("innovation_id"),
        Index(None, "tenant_id", "masterplan_id", "dimension_id"),
        search_column(
            "name", "description", "activity", "sub_dimension", "indicator", "partners", "place"
        ),
        Index(None, "search", postgresql_using="gin"),
    )
    masterplan_id: Mapped[UUID]
    dimension_id: Mapped[UUID] = mapped_column(ForeignKey("dimension.id"))
    innovation_id: Mapped[UUID | None]
    lead_unit_id: Mapped[UUID]
    goal_id: Mapped[UUID | None]
    code: Mapped[str]
    permendagri_code: Mapped[str | None]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    sub_dimension: Mapped[str] = mapped_column(default="")
    sub_dimension_id: Mapped[UUID | None] = mapped_column(ForeignKey("sub_dimension.id"))
    activity: Mapped[str] = mapped_column(default="")
    partners: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    indicator: Mapped[str] = mapped_column(default="")
    indicator_unit: Mapped[str] = mapped_column(default="")
    baseline: Mapped[Decimal | None] = mapped_column(Numeric(20, 4))
    horizon: Mapped[Horizon] = mapped_column(text_enum(Horizon))
    is_new: Mapped[bool] = mapped_column(default=True)
    is_quick_win: Mapped[bool] = mapped_column(default=False)
    sdgs: Mapped[list[int]] = mapped_column(ARRAY(Integer), default=list)
    sdg_targets: Mapped[list[str]] = mapped_column(
        ARRAY(Text), default=list, server_default=text("'{}'")
    )


class ProgrammeSupport(TenantOwned, Model):
    """A unit that helps the lead unit of a programme."""

    __tablename__ = "programme_support"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        belongs_to("unit", "unit_id"),
        unique_in_tenant("programme_id", "unit_id"),
    )
    programme_id: Mapped[UUID]
    unit_id: Mapped[UUID]


class YearTarget(TenantOwned, Model):
    """The value of a programme's indicator to be reached in a year of the period."""

    __tablename__ = "year_target"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        unique_in_tenant("programme_id", "year"),
    )
    programme_id: Mapped[UUID]
    year: Mapped[int]
    value: Mapped[Decimal] = mapped_column(Numeric(20, 4))


class Budget(TenantOwned, Model):
    """Money of one source for a programme in one year of the period."""

    __tablename__ = "budget"
    __table_args__ = (
        belongs_to("programme", "programme_id"),
        unique_in_tenant("programme_id", "year", "source"),
        not_negative("amount_rupiah"),
    )
    programme_id: Mapped[UUID]
    year: Mapped[int]
    source: Mapped[BudgetSource] = mapped_column(text_enum(BudgetSource))
    amount_rupiah: Mapped[Decimal] = mapped_column(Numeric(20, 2))


class MasterplanVersion(TenantOwned, Model):
    """A frozen masterplan: its whole content and the content's SHA-256; never changed.

    One that was set aside, when the plan went on from another version, may lack things. The
    working copy holds the rows that it was frozen from, so that the plan can go on from it.
    """

    __tablename__ = "masterplan_version"
    __table_args__ = (
        belongs_to("masterplan", "masterplan_id"),
        unique_in_tenant("masterplan_id", "number"),
    )
    masterplan_id: Mapped[UUID]
    number: Mapped[int]
    content: Mapped[Json]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    frozen_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    is_set_aside: Mapped[bool] = mapped_column(default=False)
    working_copy: Mapped[Json | None] = mapped_column(deferred=True)


class Adoption(TenantOwned, Model):
    """A regulation that adopts a frozen version; recorded once, never changed."""

    __tablename__ = "adoption"
    __table_args__ = (
        belongs_to("masterplan_version", "masterplan_version_id"),
        belongs_to("regulation", "regulation_id"),
        unique_in_tenant("masterplan_version_id"),
        unique_in_tenant("regulation_id"),
    )
    masterplan_version_id: Mapped[UUID]
    regulation_id: Mapped[UUID]
    recorded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))


class Publication(TenantOwned, Model):
    """What everybody may read of a city: the snapshot of one frozen version."""

    __tablename__ = "publication"
    __table_args__ = (
        belongs_to("masterplan_version", "masterplan_version_id"),
        unique_in_tenant("masterplan_version_id"),
        Index(None, "published_at"),
    )
    masterplan_version_id: Mapped[UUID]
    title: Mapped[str]
    content: Mapped[Json]
    content_hash: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class PublishedItem(TenantOwned, Model):
    """A programme or an innovation that everybody may find: a copy, while its plan is published.

    It has the id of what it was copied from; `replications` are the drafts that began from it.
    """

    __tablename__ = "published_item"
    __table_args__ = (
        belongs_to("publication", "publication_id"),
        Index(None, "tenant_id", "publication_id"),
        search_column("name", "body"),
        Index(None, "search", postgresql_using="gin"),
    )
    publication_id: Mapped[UUID]
    version_number: Mapped[int]
    kind: Mapped[ItemKind] = mapped_column(text_enum(ItemKind))
    dimension_id: Mapped[UUID] = mapped_column(ForeignKey("dimension.id"))
    name: Mapped[str]
    unit_name: Mapped[str]
    body: Mapped[str]
    content: Mapped[Json]
    replications: Mapped[int] = mapped_column(default=0)


class Replication(TenantOwned, Model):
    """Another city began a draft from this city's innovation; recorded once, never changed.

    `copy_id` is that draft, which this city cannot read.
    """

    __tablename__ = "replication"
    __table_args__ = (
        belongs_to("innovation", "innovation_id"),
        unique_in_tenant("adopter_id", "copy_id"),
        Index(None, "tenant_id", "innovation_id"),
        Index(None, "tenant_id", "created_at", "id"),
    )
    innovation_id: Mapped[UUID]
    adopter_id: Mapped[int] = mapped_column(ForeignKey("tenant.id"))
    copy_id: Mapped[UUID]
