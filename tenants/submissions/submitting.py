"""Handing an innovation in: the unit's head submits, the city endorses or returns it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.rows import locked
from kotacerdas.values import refusals, refuse, text_value
from tenants.cities.units import refuse_ended_on
from tenants.notifications.models import NotificationKind
from tenants.submissions.content import content_of, refuse_unfilled
from tenants.submissions.models import Innovation, InnovationRevision
from tenants.submissions.people import (
    ENDORSERS,
    of_unit,
    tell_endorsers,
    tell_experts,
    tell_unit,
)
from tenants.submissions.queries import Standing, standing_of
from tenants.submissions.states import closed, refuse_step
from tenants.submissions.texts import field_names
from tenants.submissions.workflow import InnovationState


class RemarksUnanswered(DomainError):
    """A blocking remark of the review has no answer yet."""

    code = "REMARKS_UNANSWERED"
    id = "{count} catatan wajib belum dijawab ({fields_id}). Jawab setiap catatan, lalu ajukan."
    en = "{count} blocking remarks have no answer ({fields_en}). Answer each, then submit."


def submit(session: Session, innovation_id: UUID, *, expected_version: int) -> Innovation:
    """Hand in the next revision, word for word, and tell the city; the head of the unit does it.

    Raises NotFound, Forbidden, StaleVersion, InnovationWrongState, or together all of
    SubmissionsClosed, UnitEnded, RemarksUnanswered and an Invalid for each empty required field.
    """
    row = of_unit(session, innovation_id, Permission.INNOVATION_SUBMIT, expected_version)
    refuse_step(row, InnovationState.SUBMITTED)
    standing = standing_of(session, row.id, ENDORSERS)
    refuse(_obstacles(standing, row))
    before = row.state
    row.state, row.revision = InnovationState.SUBMITTED, row.revision + 1
    _keep_revision(session, row, standing.dimension)
    _record(session, "submit", row, before, revision=row.revision)
    tell_endorsers(session, row, standing)
    return row


def endorse(session: Session, innovation_id: UUID, *, expected_version: int) -> Innovation:
    """Pass a submitted innovation on to the experts, by the city.

    Raises NotFound, Forbidden, StaleVersion or InnovationWrongState.
    """
    require(session, Permission.INNOVATION_ENDORSE)
    row = locked(session, Innovation, innovation_id, expected_version=expected_version)
    refuse_step(row, InnovationState.ENDORSED)
    before, row.state = row.state, InnovationState.ENDORSED
    _record(session, "endorse", row, before)
    tell_experts(session, row)
    return row


def return_for_revision(
    session: Session, innovation_id: UUID, *, reason: str, expected_version: int
) -> Innovation:
    """Give a submitted innovation back to its unit, by the city; the reason is required.

    Raises NotFound, Forbidden, StaleVersion, InnovationWrongState, or Invalid for the reason.
    """
    require(session, Permission.INNOVATION_ENDORSE)
    row = locked(session, Innovation, innovation_id, expected_version=expected_version)
    # An expert returns by a verdict; the city only what it has not endorsed yet.
    refuse_step(row, InnovationState.ENDORSED)
    words = text_value(reason, path=("reason",), required=True)
    before, row.state = row.state, InnovationState.RETURNED
    _record(session, "return_for_revision", row, before, reason=words)
    tell_unit(session, NotificationKind.RETURNED, row, reason=words)
    return row


def _obstacles(standing: Standing, row: Innovation) -> list[DomainError]:
    """All that keeps the working copy from being handed in."""
    errors = closed(standing.stage)
    unanswered = standing.unanswered
    if unanswered:
        fields_id, fields_en = field_names(unanswered)
        errors.append(
            RemarksUnanswered(count=len(unanswered), fields_id=fields_id, fields_en=fields_en)
        )
    errors += refusals(lambda: refuse_ended_on(standing.unit, standing.ended, path=("id",)))
    errors += refusals(lambda: refuse_unfilled(row))
    return errors


def _keep_revision(session: Session, row: Innovation, dimension: str) -> None:
    session.add(
        InnovationRevision(
            tenant_id=row.tenant_id,
            id=uuid7(),
            innovation_id=row.id,
            number=row.revision,
            content=content_of(row, dimension),
            submitted_by=acting(session),
        )
    )


def _record(
    session: Session, step: str, row: Innovation, before: InnovationState, **after: object
) -> None:
    audit.record(
        session,
        f"innovation.{step}",
        "innovation",
        row.id,
        before={"state": before},
        after={"state": row.state, **after},
    )
