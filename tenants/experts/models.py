"""Table of experts' assignments."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class ExpertPart(StrEnum):
    """What an expert does for a city: advise it, or judge it; never both in one cycle."""

    MENTOR = "mentor"
    ASSESSOR = "assessor"


class Assignment(Versioned, TenantOwned, Model):
    """An expert's part in a city in one cycle, the year of a cohort or of an evaluation.

    One row for a person, city and cycle, however often it ends and begins again: so the database
    itself keeps anybody from mentoring and assessing the same city in one cycle.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        unique_in_tenant("person_id", "cycle"),
        belongs_to("assignment", "replaces_id"),
        Index(None, "person_id"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    part: Mapped[ExpertPart] = mapped_column(text_enum(ExpertPart))
    cycle: Mapped[int]
    assigned_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    replaces_id: Mapped[UUID | None]
    handover: Mapped[str] = mapped_column(default="")
