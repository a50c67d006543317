"""Workshops with their lists, attendance, outputs and certificates."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import strawberry
from sqlalchemy import FromClause, Select, exists, select

from graphql_schema.cities.lazy import LazyCity, LazyParticipation, LazyUnit
from graphql_schema.identity.types import Person
from graphql_schema.node import Node
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import column, key, listed, one, reads
from graphql_schema.reader.grouping import rows_of
from tenants.bimtek import models as rows
from tenants.cities.models import Unit as UnitRow


@reads(rows.AgendaItem, description="A point of a session's agenda.")
class WorkshopAgendaItem:
    """A point of a session's agenda."""

    starts_at: datetime = column(rows.AgendaItem.starts_at, "When it begins.")
    title: str = column(rows.AgendaItem.title, "What it is about.")
    speaker: str | None = column(rows.AgendaItem.speaker, "Who speaks.")


@reads(rows.Speaker, description="Somebody who speaks at a session.")
class WorkshopSpeaker:
    """Somebody who speaks at a session."""

    name: str = column(rows.Speaker.name, "Name with academic titles.")
    affiliation: str = column(rows.Speaker.affiliation, "Where the speaker comes from.")
    person: Person | None = one(
        "Person", rows.Speaker.person_id, "The speaker's account, if there is one."
    )


@reads(rows.Material, description="What was handed out at a session.")
class WorkshopMaterial:
    """What was handed out at a session."""

    title: str = column(rows.Material.title, "What it is called.")
    url: str = column(rows.Material.url, "Where it lies.")


@reads(rows.FieldVisit, description="A visit to a place within a session.")
class WorkshopVisit:
    """A visit to a place within a session."""

    visited_on: date = column(rows.FieldVisit.visited_on, "Day of the visit.")
    place: str = column(rows.FieldVisit.place, "Place that was visited.")
    purpose: str = column(rows.FieldVisit.purpose, "What was to be seen there.")


@reads(rows.Attendance, "att", description="Whether somebody of a department came to a session.")
class WorkshopAttendance(Node):
    """Whether somebody of a department came to a session."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Attendance.tenant_id, "City of the session.")
    unit: LazyUnit = one("Unit", rows.Attendance.unit_id, "Department of the person.")
    name: str = column(rows.Attendance.name, "Name as in the list.")
    position: str = column(rows.Attendance.position, "Office of the person; may be empty.")
    presence: rows.Presence = column(rows.Attendance.presence, "Whether the person came.")
    signed_at: datetime | None = column(rows.Attendance.signed_at, "When the list was signed.")


@reads(rows.WorkshopOutput, "out", description="What a stage of the workshops must leave.")
class WorkshopOutput(Node):
    """What a stage of the workshops must leave."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.WorkshopOutput.tenant_id, "City that delivers it.")
    participation: LazyParticipation = one(
        "Participation", rows.WorkshopOutput.participation_id, "Participation it is due in."
    )
    ordinal: int = column(rows.WorkshopOutput.ordinal, "Session that must leave it, from 1.")
    code: str = column(rows.WorkshopOutput.code, "Stable code within the guide edition.")
    name: str = column(rows.WorkshopOutput.name, "What it is, in Indonesian.")
    name_en: str = column(rows.WorkshopOutput.name_en, "What it is, in English.")
    state: rows.OutputState = column(rows.WorkshopOutput.state, "How far it has come.")
    note: str = column(rows.WorkshopOutput.note, "What the city says of it.")
    url: str | None = column(rows.WorkshopOutput.url, "Where it can be checked.")
    delivered_by: Person | None = one(
        "Person", rows.WorkshopOutput.delivered_by, "Who delivered it last."
    )
    delivered_at: datetime | None = column(
        rows.WorkshopOutput.delivered_at, "When it was delivered last."
    )
    decided_by: Person | None = one(
        "Person", rows.WorkshopOutput.decided_by, "Who accepted or returned it last."
    )
    decided_at: datetime | None = column(
        rows.WorkshopOutput.decided_at, "When it was accepted or returned last."
    )
    reason: str | None = column(rows.WorkshopOutput.reason, "Why it was returned.")
    version: int = column(rows.WorkshopOutput.version, "Version for `expectedVersion`.")


@reads(rows.Certificate, "cer", description="A certificate of attendance.")
class WorkshopCertificate(Node):
    """A certificate of attendance over a participation's sessions."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Certificate.tenant_id, "City of the participation.")
    participation: LazyParticipation = one(
        "Participation", rows.Certificate.participation_id, "Participation it stands for."
    )
    unit: LazyUnit = one("Unit", rows.Certificate.unit_id, "Department of the person.")
    name: str = column(rows.Certificate.name, "Whose it is.")
    number: str = column(rows.Certificate.number, "Number, unique within the city.")
    issued_on: date = column(rows.Certificate.issued_on, "Day it was given.")
    sessions_attended: int = column(
        rows.Certificate.sessions_attended, "Held sessions that the person had attended then."
    )


def _absent(workshop: FromClause, asking: Asking) -> Select[Any]:
    """Departments that have not ended and of which nobody was present."""
    unit, came = UnitRow.__table__.alias(), rows.Attendance.__table__.alias()
    tenant_id = asking.tenant(workshop.c.tenant_id)
    present = exists().where(
        came.c.tenant_id == tenant_id,
        came.c.workshop_id == workshop.c.id,
        came.c.unit_id == unit.c.id,
        came.c.presence == rows.Presence.PRESENT,
    )
    # Two levels up stands the workshop, which is not correlated by itself: any session would do.
    present = present.correlate(unit, workshop)
    active = (unit.c.tenant_id == tenant_id, unit.c.valid_to.is_(None))
    return select(unit).where(*active, ~present).order_by(unit.c.name)


@reads(rows.Workshop, "wks", description="A session of the programme's workshops (bimtek).")
class Workshop(Node):
    """A session of the programme's workshops (bimtek)."""

    id: strawberry.ID = key()
    city: LazyCity = one("City", rows.Workshop.tenant_id, "City that it is for.")
    participation: LazyParticipation = one(
        "Participation", rows.Workshop.participation_id, "Participation that it belongs to."
    )
    ordinal: int = column(rows.Workshop.ordinal, "Which of the guide's sessions it is, from 1.")
    starts_at: datetime = column(rows.Workshop.starts_at, "When it begins.")
    ends_at: datetime = column(rows.Workshop.ends_at, "When it ends.")
    place: str = column(rows.Workshop.place, "Where people meet.")
    mode: rows.WorkshopMode = column(rows.Workshop.mode, "Onsite, online or both.")
    opener: str = column(rows.Workshop.opener, "Who opens it; may be empty.")
    state: rows.WorkshopState = column(rows.Workshop.state, "Planned, held or cancelled.")
    reason: str | None = column(rows.Workshop.reason, "Why it was cancelled.")
    version: int = column(rows.Workshop.version, "Version for `expectedVersion`.")
    agenda: list[WorkshopAgendaItem] = listed(
        "WorkshopAgendaItem",
        rows_of(rows.AgendaItem, "workshop_id", "ordinal"),
        "Points of the agenda, in order.",
    )
    speakers: list[WorkshopSpeaker] = listed(
        "WorkshopSpeaker", rows_of(rows.Speaker, "workshop_id", "ordinal"), "Who speaks, in order."
    )
    materials: list[WorkshopMaterial] = listed(
        "WorkshopMaterial", rows_of(rows.Material, "workshop_id", "ordinal"), "What is handed out."
    )
    visits: list[WorkshopVisit] = listed(
        "WorkshopVisit", rows_of(rows.FieldVisit, "workshop_id", "ordinal"), "Field visits."
    )
    attendances: list[WorkshopAttendance] = listed(
        "WorkshopAttendance",
        rows_of(rows.Attendance, "workshop_id", "unit_id", "name_key"),
        "Who was expected, by department and name.",
    )
    absent_units: list[LazyUnit] = listed(
        "Unit", _absent, "Departments of today of which nobody was present, by name."
    )
