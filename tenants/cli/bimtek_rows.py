"""Rows of sessions and of those who take part, for the commands of bimtek."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Select, func, select

from kotacerdas.database import Database
from kotacerdas.scope import Door
from tenants.bimtek.models import Attendance, Material, Presence, Workshop, WorkshopOutput
from tenants.cities.models import City, Participation, Unit
from tenants.cities.workflow import CLOSED
from tenants.cli.console import operator
from tenants.cli.refusals import Refused
from tenants.editions.models import Cohort


def sessions_rows(row: Participation) -> Select[Any]:
    """Return a participation's sessions with how many came and which outputs are open."""
    mine = (Attendance.tenant_id == Workshop.tenant_id, Attendance.workshop_id == Workshop.id)
    came = select(func.count()).where(*mine, Attendance.presence == Presence.PRESENT)
    handed = select(func.count()).where(
        Material.tenant_id == Workshop.tenant_id, Material.workshop_id == Workshop.id
    )
    still = select(func.count()).where(
        WorkshopOutput.tenant_id == Workshop.tenant_id,
        WorkshopOutput.participation_id == Workshop.participation_id,
        WorkshopOutput.ordinal == Workshop.ordinal,
        WorkshopOutput.state == "open",
    )
    rows: Any = (
        select(
            Workshop.ordinal.label("session"),
            Workshop.state,
            Workshop.starts_at,
            Workshop.place,
            Workshop.mode,
            came.correlate(Workshop).scalar_subquery().label("present"),
            handed.correlate(Workshop).scalar_subquery().label("materials"),
            still.correlate(Workshop).scalar_subquery().label("open_outputs"),
        )
        .where(Workshop.tenant_id == row.tenant_id, Workshop.participation_id == row.id)
        .order_by(Workshop.ordinal, Workshop.id)
    )
    return cast("Select[Any]", rows)  # to pyright, named columns are no Select[Any]


def attendance_rows(row: Workshop) -> Select[Any]:
    """Return who was expected at a session, by department and name."""
    rows: Any = (
        select(
            Unit.short_name.label("unit"),
            Attendance.name,
            Attendance.presence,
            Attendance.position,
            Attendance.signed_at,
        )
        .join(Unit, (Unit.tenant_id == Attendance.tenant_id) & (Unit.id == Attendance.unit_id))
        .where(Attendance.tenant_id == row.tenant_id, Attendance.workshop_id == row.id)
        .order_by(Unit.short_name, Attendance.name_key)
    )
    return cast("Select[Any]", rows)  # to pyright, named columns are no Select[Any]


def participating(
    database: Database, year: int, cities: list[str] | None
) -> list[tuple[str, Participation]]:
    """Return the cohort's participations that go on, of these cities or of all; raises Refused."""
    of_year = (
        select(City.slug, Participation)
        .join(Participation, Participation.tenant_id == City.id)
        .join(Cohort, Cohort.id == Participation.cohort_id)
        .where(Cohort.year == year)
        .order_by(City.slug)
    )
    with database.unit_of_work(operator(Door.MINISTRY)) as session:
        known = dict(session.execute(of_year).all())
    if not cities:
        return [(slug, row) for slug, row in known.items() if row.stage not in CLOSED]
    unknown = [slug for slug in cities if slug not in known]
    if unknown:
        names = ", ".join(unknown)
        raise Refused(
            f"Tidak ikut angkatan {year}: {names}. Lihat `kotacerdas participation list`.",
            f"Not in the cohort of {year}: {names}. See `kotacerdas participation list`.",
        )
    return [(slug, known[slug]) for slug in cities]
