"""What is known of cities, their deadlines, and the count of participations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, Text, func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from tenants.cities.models import City, Deadline, Region
from tenants.editions.models import Cohort

COUNTED = (2017, 2022)
"""First and last cohort of the announced total; the repeats of later ones are not known."""


@dataclass(frozen=True)
class DeadlineDue:
    """A deadline that is still ahead and unfinished, with what a reminder says of it."""

    deadline_id: UUID
    participation_id: UUID
    name: str
    due_at: datetime
    city: str
    zone: str


def city_of(session: Session) -> City:
    """Return the session's city; raises NotFound in the nation's tenant."""
    city = session.get(City, tenant_of(session))
    if city is None:
        raise NotFound
    return city


def is_kota(session: Session) -> bool:
    """Whether the session's city is a kota, led by a Wali Kota; else a kabupaten by a Bupati."""
    region = session.get_one(Region, city_of(session).region_code)
    return region.kind.startswith("KOTA")


def local_date(city: City) -> date:
    """Return today's date in the city's zone."""
    return datetime.now(ZoneInfo(city.zone)).date()


def deadline_due(session: Session, deadline_id: UUID) -> DeadlineDue | None:
    """Return the deadline if it is unfinished and ahead; else there is nothing to remind of."""
    row = session.get(Deadline, (tenant_of(session), deadline_id))
    if row is None or row.done_at is not None or row.due_at <= datetime.now(UTC):
        return None
    city = city_of(session)
    return DeadlineDue(row.id, row.participation_id, row.name, row.due_at, city.name, city.zone)


def participation_counts() -> Select[Any]:
    """Count by the announced quotas: a region that took part again is one region, two times.

    One row: participations, regions, repeats, why_id, why_en.
    """
    first, last = COUNTED
    quota, repeats = func.sum(Cohort.quota), func.sum(Cohort.repeats)
    why_id = _repeats(" dari ", " peserta ", " pernah ikut sebelumnya")
    why_en = _repeats(" of the ", " participants of ", " took part before")
    counts: Any = select(
        func.coalesce(quota, 0).label("participations"),
        func.coalesce(quota - repeats, 0).label("regions"),
        func.coalesce(repeats, 0).label("repeats"),
        func.concat(
            f"Angkatan {first}-{last}: ",
            func.coalesce(why_id, "tidak ada pengulangan"),
            ". Angkatan sesudahnya dihitung terpisah.",
            type_=Text,
        ).label("why_id"),
        func.concat(
            f"Cohorts {first}-{last}: ",
            func.coalesce(why_en, "no repeats"),
            ". Later cohorts are counted apart.",
            type_=Text,
        ).label("why_en"),
    ).where(Cohort.year.between(first, last))
    return cast("Select[Any]", counts)  # to pyright, named columns are no Select[Any]


def _repeats(of: str, in_year: str, before: str) -> ColumnElement[str]:
    """Tell for each year with repeats how many of how many."""
    told = func.concat(Cohort.repeats, of, Cohort.quota, in_year, Cohort.year, before)
    by_year = aggregate_order_by(literal("; "), Cohort.year)
    return func.string_agg(told, by_year, type_=Text).filter(Cohort.repeats > 0)
