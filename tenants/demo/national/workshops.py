"""A participation's workshops: agenda, speakers, who came, and what each session left."""

from __future__ import annotations

from datetime import date
from random import Random
from uuid import UUID

from tenants.bimtek.attendance import name_key
from tenants.bimtek.models import (
    AgendaItem,
    Attendance,
    OutputState,
    Presence,
    Speaker,
    Workshop,
    WorkshopMode,
    WorkshopOutput,
    WorkshopState,
)
from tenants.cities.workflow import Stage
from tenants.demo.national.calendar import Way
from tenants.demo.national.nation import Guide, Place
from tenants.demo.national.people import Staff
from tenants.demo.national.rows import Rows, moment
from tenants.editions.rules import BimtekStage

PRESENCE = (Presence.PRESENT,) * 8 + (Presence.EXCUSED, Presence.ABSENT)
PLANNED_ON = date(2026, 12, 15)
"""Of sessions that still lie ahead."""


def hold(
    rows: Rows,
    way: Way,
    participation_id: UUID,
    guide: Guide,
    place: Place,
    staff: Staff,
    expert: UUID,
) -> None:
    """Add the sessions that were held, and the next one where mentoring goes on."""
    if not way.reached(Stage.INSTITUTED):
        return
    random = rows.random(f"bimtek {way.year}")
    stages = guide.rules.bimtek
    held = len(stages) if way.reached(Stage.MENTORED) else random.randint(1, len(stages) - 1)
    for stage, day in zip(stages, way.sessions, strict=False):
        if stage.ordinal <= held:
            workshop_id = _session(rows, stage, participation_id, day, place, WorkshopState.HELD)
            _details(rows, workshop_id, day, expert)
            _attend(rows, workshop_id, staff, random)
            state = OutputState.ACCEPTED if way.reached(Stage.MENTORED) else OutputState.DELIVERED
            _outputs(rows, stage, participation_id, state, day, staff, expert)
        elif stage.ordinal == held + 1 and way.steps[-1][0] is Stage.INSTITUTED:
            _session(rows, stage, participation_id, PLANNED_ON, place, WorkshopState.PLANNED)
            _outputs(rows, stage, participation_id, OutputState.OPEN, day, staff, expert)


def _session(
    rows: Rows,
    stage: BimtekStage,
    participation_id: UUID,
    day: date,
    place: Place,
    state: WorkshopState,
) -> UUID:
    return rows.new(
        Workshop,
        participation_id=participation_id,
        ordinal=stage.ordinal,
        starts_at=moment(day, hour=1),
        ends_at=moment(day, hour=9),
        place=f"Balai {place.name} (contoh)",
        mode=WorkshopMode.ONSITE,
        opener=place.head,
        state=state,
    )


def _details(rows: Rows, workshop_id: UUID, day: date, expert: UUID) -> None:
    for ordinal, (hour, point) in enumerate(((1, "Pembukaan"), (3, "Kerja kelompok")), start=1):
        facts = {"ordinal": ordinal, "starts_at": moment(day, hour), "title": f"{point} (contoh)"}
        rows.new(AgendaItem, workshop_id=workshop_id, **facts)
    facts = {"ordinal": 1, "name": "Tenaga ahli (contoh)", "affiliation": "Contoh"}
    rows.new(Speaker, workshop_id=workshop_id, person_id=expert, **facts)


def _attend(rows: Rows, workshop_id: UUID, staff: Staff, random: Random) -> None:
    for office in staff.offices:
        name = f"Perwakilan {office.name} (contoh)"
        rows.new(
            Attendance,
            workshop_id=workshop_id,
            unit_id=office.id,
            name=name,
            name_key=name_key(name),
            position="",
            presence=random.choice(PRESENCE),
        )


def _outputs(
    rows: Rows,
    stage: BimtekStage,
    participation_id: UUID,
    state: OutputState,
    day: date,
    staff: Staff,
    expert: UUID,
) -> None:
    is_open, is_accepted = state is OutputState.OPEN, state is OutputState.ACCEPTED
    for output in stage.outputs:
        rows.new(
            WorkshopOutput,
            participation_id=participation_id,
            ordinal=stage.ordinal,
            code=output.code,
            name=output.name.id,
            name_en=output.name.en,
            state=state,
            note="" if is_open else "Contoh: berkas ada di map bersama tim pelaksana.",
            delivered_by=None if is_open else staff.admin,
            delivered_at=None if is_open else moment(day, hour=9),
            decided_by=expert if is_accepted else None,
            decided_at=moment(day, hour=10) if is_accepted else None,
        )
