"""Tables of regions, cities, participations and units."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    Stamped,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)
from tenants.cities.workflow import Stage


class UnitKind(StrEnum):
    """Kinds of perangkat daerah of PP 18/2016."""

    SECRETARIAT = "sekretariat"
    INSPECTORATE = "inspektorat"
    AGENCY = "dinas"
    BOARD = "badan"
    DISTRICT = "kecamatan"
    OTHER = "lainnya"


class CommitmentKind(StrEnum):
    """What was signed: the memorandum with the ministry, or the sheet of the head and all units."""

    MEMORANDUM = "memorandum"
    COMMITMENT_SHEET = "commitment_sheet"


class SignatureKind(StrEnum):
    """Wet ink, a scan of it, or a certified electronic signature (TTE)."""

    WET = "wet"
    SCANNED = "scanned"
    ELECTRONIC = "tte"


class SignatoryParty(StrEnum):
    """For whom somebody signs."""

    REGION_HEAD = "region_head"
    DEPUTY_HEAD = "deputy_head"
    LEGISLATURE = "legislature"
    MINISTRY = "ministry"
    UNIT_HEAD = "unit_head"
    OTHER = "other"


class Region(Model):
    """A regency or city of the national register; never deleted, names are dated."""

    __tablename__ = "region"
    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    province_code: Mapped[str]
    province: Mapped[str] = mapped_column(index=True)
    bps_code: Mapped[str | None]
    zone: Mapped[str]
    longitude: Mapped[float | None]
    latitude: Mapped[float | None]
    position_source: Mapped[str | None]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("region.code"))


class City(Stamped, Model):
    """A region that uses the platform; `id` is the tenant of all that it owns."""

    __tablename__ = "city"
    id: Mapped[int] = mapped_column(ForeignKey("tenant.id"), primary_key=True, autoincrement=False)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), unique=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    zone: Mapped[str]
    unit_label: Mapped[str] = mapped_column(default="PD")
    is_demo: Mapped[bool] = mapped_column(default=False)


class Participant(Model):
    """A publicly named participation of past cohorts, with its source; not a tenant's work."""

    __tablename__ = "participant"
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"), primary_key=True)
    region_code: Mapped[str] = mapped_column(ForeignKey("region.code"), primary_key=True)
    list_completeness: Mapped[str]
    source: Mapped[str]


class ParticipationMode(StrEnum):
    """How a city came to take part."""

    INVITATION = "invitation"
    SELECTION = "selection"
    OWN_INITIATIVE = "own_initiative"


class Participation(Versioned, TenantOwned, Model):
    """A city's way through one cohort (keikutsertaan)."""

    __tablename__ = "participation"
    __table_args__ = (unique_in_tenant("cohort_id"), Index(None, "cohort_id", "stage"))
    cohort_id: Mapped[UUID] = mapped_column(ForeignKey("cohort.id"))
    stage: Mapped[Stage] = mapped_column(text_enum(Stage), default=Stage.INVITED)
    mode: Mapped[ParticipationMode] = mapped_column(
        text_enum(ParticipationMode),
        default=ParticipationMode.INVITATION,
        server_default=ParticipationMode.INVITATION,
    )


class ParticipationStep(TenantOwned, Model):
    """One step taken: when it happened, by which letter, who entered it."""

    __tablename__ = "participation_step"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        Index(None, "tenant_id", "participation_id"),
    )
    participation_id: Mapped[UUID]
    stage: Mapped[Stage] = mapped_column(text_enum(Stage))
    occurred_on: Mapped[date]
    document_number: Mapped[str | None]
    note: Mapped[str | None]
    person_id: Mapped[UUID | None]


class Commitment(Versioned, TenantOwned, Model):
    """A signed paper of a participation; whoever changes it voids what was signed."""

    __tablename__ = "commitment"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id", "kind"),
    )
    participation_id: Mapped[UUID]
    kind: Mapped[CommitmentKind] = mapped_column(text_enum(CommitmentKind))
    number: Mapped[str]
    signed_on: Mapped[date]
    place: Mapped[str | None]
    parties: Mapped[str]
    signature: Mapped[SignatureKind] = mapped_column(text_enum(SignatureKind))
    source_url: Mapped[str | None]


class CommitmentSignature(TenantOwned, Model):
    """One signature under a paper; void since the paper was changed after it."""

    __tablename__ = "commitment_signature"
    __table_args__ = (
        belongs_to("commitment", "commitment_id"),
        belongs_to("unit", "unit_id"),
        CheckConstraint("(party = 'unit_head') = (unit_id is not null)", name="unit"),
        Index(
            "uq_commitment_signature_unit",
            "tenant_id",
            "commitment_id",
            "unit_id",
            unique=True,
            postgresql_where=text("voided_at is null"),
        ),
    )
    commitment_id: Mapped[UUID]
    party: Mapped[SignatoryParty] = mapped_column(text_enum(SignatoryParty))
    unit_id: Mapped[UUID | None]
    name: Mapped[str]
    position: Mapped[str]
    signature: Mapped[SignatureKind] = mapped_column(text_enum(SignatureKind))
    certificate_serial: Mapped[str | None]
    certificate_issuer: Mapped[str | None]
    signed_on: Mapped[date]
    voided_at: Mapped[datetime | None]


class Unit(Versioned, TenantOwned, Model):
    """A department of the city (perangkat daerah); ended and replaced, never deleted."""

    __tablename__ = "unit"
    __table_args__ = (
        Index(
            "uq_unit_short_name",
            "tenant_id",
            "short_name",
            unique=True,
            postgresql_where=text("valid_to is null"),
        ),
        belongs_to("unit", "replaced_by"),
        CheckConstraint("valid_to is null or valid_to > valid_from", name="validity"),
    )
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[UnitKind] = mapped_column(text_enum(UnitKind))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    replaced_by: Mapped[UUID | None]


class Deadline(Versioned, TenantOwned, Model):
    """A date by which something is due, in the city's zone; whoever set it moves and ends it."""

    __tablename__ = "deadline"
    __table_args__ = (belongs_to("participation", "participation_id"),)
    participation_id: Mapped[UUID]
    name: Mapped[str]
    due_at: Mapped[datetime]
    set_by_nation: Mapped[bool] = mapped_column(default=False)
    done_at: Mapped[datetime | None]
