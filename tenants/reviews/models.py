"""Tables of the rounds in which a masterplan is reviewed, and their verdicts."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)
from tenants.cities.workflow import Stage


class RoundVerdictKind(StrEnum):
    """What an assessor says of the masterplan as it was presented."""

    ACCEPTED = "accepted"
    WITH_REMARKS = "with_remarks"
    REVISE = "revise"


class ReviewRound(Versioned, TenantOwned, Model):
    """One presentation of the masterplan and what the experts made of it.

    Open until the participation leaves the stage of presentation; `outcome` is the stage that it
    went to. The version is the last one that was frozen before, if any was.
    """

    __tablename__ = "review_round"
    __table_args__ = (
        belongs_to("participation", "participation_id"),
        belongs_to("masterplan_version", "masterplan_version_id"),
        unique_in_tenant("participation_id", "number"),
    )
    participation_id: Mapped[UUID]
    masterplan_version_id: Mapped[UUID | None]
    number: Mapped[int]
    presented_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[Stage | None] = mapped_column(text_enum(Stage))


class RoundVerdict(Versioned, TenantOwned, Model):
    """One assessor's verdict in a round; it may be changed while the round is open."""

    __tablename__ = "round_verdict"
    __table_args__ = (
        belongs_to("review_round", "round_id"),
        unique_in_tenant("round_id", "person_id"),
    )
    round_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    verdict: Mapped[RoundVerdictKind] = mapped_column(text_enum(RoundVerdictKind))
    comment: Mapped[str] = mapped_column(default="")
