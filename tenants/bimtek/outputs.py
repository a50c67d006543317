"""What each stage of the workshops must leave: delivered by the city, then accepted or returned."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas import audit
from kotacerdas.errors import DomainError, WrongState
from kotacerdas.identity.policy import Permission, require
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of
from kotacerdas.values import collect, link_value, text_value
from tenants.bimtek.models import OutputState, WorkshopOutput
from tenants.bimtek.telling import tell_office
from tenants.cities.commitments import open_participation
from tenants.notifications.models import NotificationKind

STATES = {
    OutputState.OPEN: ("belum diserahkan", "open"),
    OutputState.DELIVERED: ("diserahkan", "delivered"),
    OutputState.ACCEPTED: ("diterima", "accepted"),
}


class OutputWrongState(WrongState):
    """The output's state does not allow this step."""

    code = "OUTPUT_WRONG_STATE"
    id = "Keluaran “{name}” berstatus {state_id}; untuk langkah ini harus {needed_id}."
    en = "The output “{name}” is {state_en}; for this step it must be {needed_en}."


class OutputEmpty(DomainError):
    """Whoever checks an output must find it."""

    code = "OUTPUT_EMPTY"
    id = "Belum ada catatan maupun tautan. Tulis di mana keluaran ini dapat diperiksa."
    en = "There is neither a note nor a link. Write where this output can be checked."


def deliver(
    session: Session,
    output_id: UUID,
    *,
    note: str = "",
    url: str | None = None,
    expected_version: int,
) -> WorkshopOutput:
    """Hand an output in, or hand in a better one before it is accepted.

    Raises NotFound, StaleVersion, ParticipationClosed, OutputWrongState, OutputEmpty, or Invalid.
    """
    require(session, Permission.WORKSHOP_RECORD)
    row = locked(session, WorkshopOutput, output_id, expected_version=expected_version)
    open_participation(session, row.participation_id)
    if row.state is OutputState.ACCEPTED:
        raise _wrong(row, OutputState.OPEN)
    values = collect(
        {
            "note": lambda: text_value(note, path=("note",)),
            "url": lambda: link_value(url, path=("url",)),
        }
    )
    if not any(values.values()):
        raise OutputEmpty(path=("note",))
    row.state, row.note, row.url = OutputState.DELIVERED, values["note"], values["url"]
    row.delivered_by, row.delivered_at = scope_of(session).person_id, datetime.now(UTC)
    audit.record(session, "output.deliver", "workshop_output", row.id, after=values)
    return row


def accept(session: Session, output_id: UUID, *, expected_version: int) -> WorkshopOutput:
    """Accept a delivered output and tell the city.

    Raises NotFound, StaleVersion or OutputWrongState.
    """
    row = _delivered(session, output_id, expected_version)
    _decide(session, row, OutputState.ACCEPTED, None)
    audit.record(session, "output.accept", "workshop_output", row.id, after={"state": row.state})
    tell_office(session, NotificationKind.OUTPUT_ACCEPTED, row)
    return row


def send_back(
    session: Session, output_id: UUID, *, reason: str, expected_version: int
) -> WorkshopOutput:
    """Return a delivered output with the reason that the city is told.

    Raises NotFound, StaleVersion, OutputWrongState, or Invalid for the reason.
    """
    row = _delivered(session, output_id, expected_version)
    words = text_value(reason, path=("reason",), required=True)
    _decide(session, row, OutputState.OPEN, words)
    audit.record(session, "output.return", "workshop_output", row.id, after={"reason": words})
    tell_office(session, NotificationKind.OUTPUT_RETURNED, row)
    return row


def _delivered(session: Session, output_id: UUID, expected_version: int) -> WorkshopOutput:
    require(session, Permission.OUTPUT_ACCEPT)
    row = locked(session, WorkshopOutput, output_id, expected_version=expected_version)
    if row.state is not OutputState.DELIVERED:
        raise _wrong(row, OutputState.DELIVERED)
    return row


def _decide(session: Session, row: WorkshopOutput, state: OutputState, reason: str | None) -> None:
    row.state, row.reason = state, reason
    row.decided_by, row.decided_at = scope_of(session).person_id, datetime.now(UTC)


def _wrong(row: WorkshopOutput, needed: OutputState) -> OutputWrongState:
    (state_id, state_en), (needed_id, needed_en) = STATES[row.state], STATES[needed]
    return OutputWrongState(
        name=row.name,
        state_id=state_id,
        state_en=state_en,
        needed_id=needed_id,
        needed_en=needed_en,
    )
