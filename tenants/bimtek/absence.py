"""Who was absent, over all cities of a cohort: the ministry asks."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Select, and_, exists, select

from tenants.bimtek.models import Attendance, Presence, Workshop, WorkshopState
from tenants.cities.models import City, Participation, Unit
from tenants.editions.models import Cohort


def absences(year: int, ordinal: int | None = None) -> Select[Any]:
    """Return rows (city, session, starts_at, unit, name) of departments of today without anybody.

    Of held sessions, by city and session; read through the ministry's door.
    """
    came = exists().where(
        Attendance.tenant_id == Workshop.tenant_id,
        Attendance.workshop_id == Workshop.id,
        Attendance.unit_id == Unit.id,
        Attendance.presence == Presence.PRESENT,
    )
    mine = and_(
        Participation.tenant_id == Workshop.tenant_id,
        Participation.id == Workshop.participation_id,
    )
    rows: Any = (
        select(
            City.slug.label("city"),
            Workshop.ordinal.label("session"),
            Workshop.starts_at,
            Unit.short_name.label("unit"),
            Unit.name,
        )
        .join(Participation, mine)
        .join(Cohort, Cohort.id == Participation.cohort_id)
        .join(City, City.id == Workshop.tenant_id)
        .join(Unit, Unit.tenant_id == Workshop.tenant_id)
        .where(Cohort.year == year, Workshop.state == WorkshopState.HELD)
        .where(Unit.valid_to.is_(None), ~came)
        .order_by(City.slug, Workshop.ordinal, Unit.name)
    )
    if ordinal is not None:
        rows = rows.where(Workshop.ordinal == ordinal)
    return cast("Select[Any]", rows)  # to pyright, named columns are no Select[Any]
