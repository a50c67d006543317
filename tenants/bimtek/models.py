"""Tables of workshops, what belongs to them, and who attended."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class WorkshopState(StrEnum):
    """Whether a session lies ahead, took place, or was called off."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class WorkshopMode(StrEnum):
    """Where people meet."""

    ONSITE = "onsite"
    ONLINE = "online"
    HYBRID = "hybrid"


class Presence(StrEnum):
    """Whether somebody who was expected came."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


class OutputState(StrEnum):
    """A required output is open until the city delivers it and done when it is accepted."""

    OPEN = "open"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"


class Workshop(Versioned, TenantOwned, Model):
    """A session of one participation: one stands of each ordinal."""

    __tablename__ = "workshop"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        CheckConstraint("ends_at >= starts_at", name="span"),
        Index(
            "uq_workshop_standing",
            "tenant_id",
            "participation_id",
            "ordinal",
            unique=True,
            postgresql_where=text("state <> 'cancelled'"),
        ),
    )
    participation_id: Mapped[UUID]
    ordinal: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    mode: Mapped[WorkshopMode] = mapped_column(text_enum(WorkshopMode))
    opener: Mapped[str] = mapped_column(default="")
    state: Mapped[WorkshopState] = mapped_column(
        text_enum(WorkshopState), default=WorkshopState.PLANNED
    )
    reason: Mapped[str | None]


class AgendaItem(TenantOwned, Model):
    """A point of a session's agenda."""

    __tablename__ = "workshop_agenda_item"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        Index(None, "tenant_id", "workshop_id"),
    )
    workshop_id: Mapped[UUID]
    ordinal: Mapped[int]
    starts_at: Mapped[datetime]
    title: Mapped[str]
    speaker: Mapped[str | None]


class Speaker(TenantOwned, Model):
    """Somebody who speaks at a session: an expert of the platform, or a guest."""

    __tablename__ = "workshop_speaker"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        Index(None, "tenant_id", "workshop_id"),
    )
    workshop_id: Mapped[UUID]
    ordinal: Mapped[int]
    name: Mapped[str]
    affiliation: Mapped[str]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))


class Material(TenantOwned, Model):
    """What was handed out at a session."""

    __tablename__ = "workshop_material"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        Index(None, "tenant_id", "workshop_id"),
    )
    workshop_id: Mapped[UUID]
    ordinal: Mapped[int]
    title: Mapped[str]
    url: Mapped[str]


class FieldVisit(TenantOwned, Model):
    """A visit to a place in the city within a session."""

    __tablename__ = "workshop_visit"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        Index(None, "tenant_id", "workshop_id"),
    )
    workshop_id: Mapped[UUID]
    ordinal: Mapped[int]
    visited_on: Mapped[date]
    place: Mapped[str]
    purpose: Mapped[str]


class Attendance(TenantOwned, Model):
    """Whether somebody of a department came to a session."""

    __tablename__ = "workshop_attendance"
    __table_args__ = (
        belongs_to("workshop", "workshop_id"),
        belongs_to("unit", "unit_id"),
        unique_in_tenant("workshop_id", "unit_id", "name_key"),
    )
    workshop_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    position: Mapped[str]
    presence: Mapped[Presence] = mapped_column(text_enum(Presence))
    signed_at: Mapped[datetime | None]


class WorkshopOutput(Versioned, TenantOwned, Model):
    """What the guide edition requires a stage of the workshops to leave."""

    __tablename__ = "workshop_output"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        unique_in_tenant("participation_id", "ordinal", "code"),
    )
    participation_id: Mapped[UUID]
    ordinal: Mapped[int]
    code: Mapped[str]
    name: Mapped[str]
    name_en: Mapped[str]
    state: Mapped[OutputState] = mapped_column(text_enum(OutputState), default=OutputState.OPEN)
    note: Mapped[str] = mapped_column(default="")
    url: Mapped[str | None]
    delivered_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    delivered_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime | None]
    reason: Mapped[str | None]


class Certificate(TenantOwned, Model):
    """A certificate of attendance over a participation's sessions; numbers are unique."""

    __tablename__ = "workshop_certificate"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        belongs_to("unit", "unit_id"),
        unique_in_tenant("number"),
        unique_in_tenant("participation_id", "unit_id", "name_key"),
    )
    participation_id: Mapped[UUID]
    unit_id: Mapped[UUID]
    name: Mapped[str]
    name_key: Mapped[str]
    number: Mapped[str]
    issued_on: Mapped[date]
    sessions_attended: Mapped[int]
