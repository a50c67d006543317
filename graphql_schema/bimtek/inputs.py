"""Inputs of workshops, attendance, outputs and certificates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry

from graphql_schema.inputs import replaced, uuid_of, within
from graphql_schema.mutating import Change, Creation
from tenants.bimtek.attendance import Line
from tenants.bimtek.models import Presence, WorkshopMode


@strawberry.input(description="A session on the calendar.")
class WorkshopScheduleInput(Creation):
    """A session on the calendar."""

    participation_id: strawberry.ID = strawberry.field(description="The participation.")
    ordinal: int = strawberry.field(description="Which of the guide's sessions it is, from 1.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it ends.")
    place: str = strawberry.field(description="Where people meet, or the address of the call.")
    mode: WorkshopMode = strawberry.field(
        default=WorkshopMode.ONSITE, description="Onsite, online or both."
    )
    opener: str = strawberry.field(default="", description="Who opens it.")


@strawberry.input(description="The same session on the calendars of many cities.")
class WorkshopsScheduleInput(Creation):
    """The same session on the calendars of many cities."""

    participation_ids: list[strawberry.ID] = strawberry.field(
        description="Participations, 1 to 100, each of its own city."
    )
    ordinal: int = strawberry.field(description="Which of the guide's sessions it is, from 1.")
    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it ends.")
    place: str = strawberry.field(description="Where people meet, or the address of the call.")
    mode: WorkshopMode = strawberry.field(
        default=WorkshopMode.ONSITE, description="Onsite, online or both."
    )
    opener: str = strawberry.field(default="", description="Who opens it.")

    def session(self) -> dict[str, Any]:
        """Return what the sessions have in common."""
        apart = ("participation_ids", "idempotency_key")
        return {name: value for name, value in vars(self).items() if name not in apart}


@strawberry.input(description="Another time or place of a planned session.")
class WorkshopMoveInput(Change):
    """Another time or place of a planned session."""

    starts_at: datetime = strawberry.field(description="When it begins.")
    ends_at: datetime = strawberry.field(description="When it ends.")
    place: str = strawberry.field(description="Where people meet, or the address of the call.")
    mode: WorkshopMode = strawberry.field(
        default=WorkshopMode.ONSITE, description="Onsite, online or both."
    )


@strawberry.input(description="A planned session that is called off.")
class WorkshopCancelInput(Change):
    """A planned session that is called off."""

    reason: str = strawberry.field(description="Why; the city's people are told.")


@strawberry.input(description="A session that took place.")
class WorkshopHoldInput(Change):
    """A session that took place."""


@strawberry.input(description="A point of the agenda.")
class WorkshopAgendaItemInput:
    """A point of the agenda."""

    starts_at: datetime = strawberry.field(description="When it begins.")
    title: str = strawberry.field(description="What it is about.")
    speaker: str | None = strawberry.field(default=None, description="Who speaks.")


@strawberry.input(description="Somebody who speaks.")
class WorkshopSpeakerInput:
    """Somebody who speaks."""

    name: str = strawberry.field(description="Name with academic titles.")
    affiliation: str = strawberry.field(description="Where the speaker comes from.")
    person_id: strawberry.ID | None = strawberry.field(
        default=None, description="The speaker's account, if there is one."
    )


@strawberry.input(description="What is handed out.")
class WorkshopMaterialInput:
    """What is handed out."""

    title: str = strawberry.field(description="What it is called.")
    url: str = strawberry.field(description="Where it lies.")


@strawberry.input(description="A field visit.")
class WorkshopVisitInput:
    """A field visit."""

    visited_on: date = strawberry.field(description="Day of the visit.")
    place: str = strawberry.field(description="Place that is visited.")
    purpose: str = strawberry.field(description="What is to be seen there.")


@strawberry.input(description="A session's opener and lists; absent ones stay, given ones replace.")
class WorkshopDetailsWriteInput(Change):
    """A session's opener and lists; absent ones stay, given ones replace the former whole."""

    opener: str | None = strawberry.field(default=None, description="Who opens it.")
    agenda: list[WorkshopAgendaItemInput] | None = strawberry.field(
        default=None, description="Points of the agenda, at most 100."
    )
    speakers: list[WorkshopSpeakerInput] | None = strawberry.field(
        default=None, description="Who speaks, at most 100."
    )
    materials: list[WorkshopMaterialInput] | None = strawberry.field(
        default=None, description="What is handed out, at most 100."
    )
    visits: list[WorkshopVisitInput] | None = strawberry.field(
        default=None, description="Field visits, at most 100."
    )

    def lists(self) -> dict[str, Any]:
        """Return the lists as the rule takes them; raises NotFound for an id of another type."""
        return {
            "opener": self.opener,
            "agenda": _plain(self.agenda),
            "speakers": _speakers(self.speakers),
            "materials": _plain(self.materials),
            "visits": _plain(self.visits),
        }


@strawberry.input(description="A line of an attendance list.")
class WorkshopAttendanceInput:
    """A line of an attendance list."""

    unit_id: strawberry.ID = strawberry.field(description="Department of the person.")
    name: str = strawberry.field(description="Name of the person.")
    presence: Presence = strawberry.field(
        default=Presence.PRESENT, description="Whether the person came."
    )
    position: str = strawberry.field(default="", description="Office of the person.")
    signed_at: datetime | None = strawberry.field(
        default=None, description="When the list was signed."
    )


@strawberry.input(description="An attendance list: new and corrected lines; others stay.")
class WorkshopAttendanceRecordInput(Change):
    """An attendance list: new and corrected lines; others stay."""

    lines: list[WorkshopAttendanceInput] = strawberry.field(description="1 to 500 lines.")

    def rows(self) -> list[Line]:
        """Return the lines as the rule takes them; raises NotFound for an id of another type."""
        return [_line(*each) for each in enumerate(self.lines)]


@strawberry.input(description="An output that is handed in.")
class WorkshopOutputDeliverInput(Change):
    """An output that is handed in; a note or a link says where it is."""

    note: str = strawberry.field(default="", description="What is to be said of it.")
    url: str | None = strawberry.field(default=None, description="Where it can be checked.")


@strawberry.input(description="A delivered output that is accepted.")
class WorkshopOutputAcceptInput(Change):
    """A delivered output that is accepted."""


@strawberry.input(description="A delivered output that is returned.")
class WorkshopOutputReturnInput(Change):
    """A delivered output that is returned."""

    reason: str = strawberry.field(description="What has to be revised.")


@strawberry.input(description="A certificate of attendance.")
class WorkshopCertificateIssueInput(Creation):
    """A certificate of attendance."""

    participation_id: strawberry.ID = strawberry.field(description="Participation it stands for.")
    unit_id: strawberry.ID = strawberry.field(description="Department of the person.")
    name: str = strawberry.field(description="Name as in the attendance lists.")
    number: str = strawberry.field(description="Number of the certificate, unique in the city.")
    issued_on: date = strawberry.field(description="Day it is given.")


def _plain(lines: list[Any] | None) -> list[dict[str, Any]] | None:
    return None if lines is None else [dict(vars(line)) for line in lines]


def _speakers(lines: list[WorkshopSpeakerInput] | None) -> list[dict[str, Any]] | None:
    found = _plain(lines)
    for index, line in enumerate(found or []):
        with within("speakers", str(index)):
            replaced(line, "person_id", lambda text: uuid_of(text, "per", "personId"))
    return found


def _line(index: int, given: WorkshopAttendanceInput) -> Line:
    with within("lines", str(index)):
        unit_id = uuid_of(given.unit_id, "unt", "unitId")
    return Line(unit_id, given.name, given.presence, given.position, given.signed_at)
