"""Tables of notifications and their deliveries."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.changes import Announced
from kotacerdas.tenancy import (
    Json,
    Model,
    TenantOwned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)


class NotificationKind(StrEnum):
    """What happened."""

    INVITED = "invited"
    SIGNATURES_VOIDED = "signatures_voided"
    WORKSHOP_SCHEDULED = "workshop_scheduled"
    WORKSHOP_MOVED = "workshop_moved"
    WORKSHOP_CANCELLED = "workshop_cancelled"
    WORKSHOP_MISSED = "workshop_missed"
    OUTPUT_ACCEPTED = "output_accepted"
    OUTPUT_RETURNED = "output_returned"
    SUBMITTED = "submitted"
    SUBMITTED_MANY = "submitted_many"
    ENDORSED = "endorsed"
    ENDORSED_MANY = "endorsed_many"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    REMARK = "remark"
    BOOK_READY = "book_ready"
    BOOK_FAILED = "book_failed"
    EXPORT_READY = "export_ready"
    EXPORT_FAILED = "export_failed"
    WORKBOOK_SAVED = "workbook_saved"
    DEADLINE = "deadline"
    EVALUATION_OPENED = "evaluation_opened"
    EVALUATION_SUBMITTED = "evaluation_submitted"
    EVALUATION_PROVISIONAL = "evaluation_provisional"
    EVALUATION_FINAL = "evaluation_final"
    OBJECTION_WRITTEN = "objection_written"
    OBJECTION_ANSWERED = "objection_answered"
    FOLLOW_UP_PLANNED = "follow_up_planned"
    EXPERT_ASSIGNED = "expert_assigned"
    EXPERT_RELEASED = "expert_released"
    SECTION_ASSIGNED = "section_assigned"
    SECTION_READY = "section_ready"
    SECTION_RETURNED = "section_returned"
    PLAN_REMARK = "plan_remark"
    REMARKS_ANSWERED = "remarks_answered"
    REMARK_REOPENED = "remark_reopened"
    REMARKS_SETTLED = "remarks_settled"
    ROUND_OPENED = "round_opened"
    ROUND_ACCEPTED = "round_accepted"
    ROUND_WITH_REMARKS = "round_with_remarks"
    ROUND_REVISE = "round_revise"
    VERSION_FROZEN = "version_frozen"
    PLAN_ADOPTED = "plan_adopted"
    PLAN_FORKED = "plan_forked"
    ASSESSMENT_ASSIGNED = "assessment_assigned"
    ASSESSMENT_RELEASED = "assessment_released"
    ASSESSMENT_RETURNED = "assessment_returned"
    VERDICT_SELECTED = "verdict_selected"
    VERDICT_RESERVE = "verdict_reserve"
    VERDICT_NOT_SELECTED = "verdict_not_selected"
    INNOVATION_REPLICATED = "innovation_replicated"
    UNIT_REORGANISED = "unit_reorganised"
    UNIT_ENDED = "unit_ended"


class Channel(StrEnum):
    """How a notification travels beyond the application."""

    EMAIL = "email"


class DeliveryState(StrEnum):
    """Whether a delivery has left; REFUSED is for good: by the mail server, or by us."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"


class Notification(TenantOwned, Model):
    """One thing told to one person once: the row is the once-only record."""

    __announces__: ClassVar = Announced("notification", person="person_id")
    __tablename__ = "notification"
    __table_args__ = (
        unique_in_tenant("dedupe_key"),
        Index(None, "person_id", "created_at"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[NotificationKind] = mapped_column(text_enum(NotificationKind))
    subject_id: Mapped[UUID]
    data: Mapped[Json]
    dedupe_key: Mapped[str]
    read_at: Mapped[datetime | None]


class Delivery(TenantOwned, Model):
    """A notification's way over one channel; `message_id` stays the same over all attempts."""

    __tablename__ = "delivery"
    __table_args__ = (
        belongs_to("notification", "notification_id"),
        unique_in_tenant("notification_id", "channel"),
    )
    notification_id: Mapped[UUID]
    channel: Mapped[Channel] = mapped_column(text_enum(Channel))
    state: Mapped[DeliveryState] = mapped_column(
        text_enum(DeliveryState), default=DeliveryState.WAITING
    )
    message_id: Mapped[str]
    sent_at: Mapped[datetime | None]
    refusal: Mapped[str | None]
