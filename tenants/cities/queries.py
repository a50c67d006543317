"""What is known of cities, their deadlines, and the count of participations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from tenants.cities.models import City, Cohort, Deadline

COUNTED = (2017, 2022)
"""First and last cohort of the announced total; the repeats of later ones are not known."""


@dataclass(frozen=True)
class Counts:
    """Participations and distinct regions of the counted cohorts, and why they differ."""

    participations: int
    regions: int
    repeats: int
    why_id: str
    why_en: str


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


def participation_counts(session: Session) -> Counts:
    """Count by the announced quotas: a region that took part again is one region, two times."""
    counted = select(Cohort.year, Cohort.quota, Cohort.repeats).where(Cohort.year.between(*COUNTED))
    cohorts = session.execute(counted.order_by(Cohort.year)).all()
    participations = sum(cohort.quota for cohort in cohorts)
    repeats = sum(cohort.repeats for cohort in cohorts)
    repeated = [cohort for cohort in cohorts if cohort.repeats]
    first, last = COUNTED
    why_id = "; ".join(
        f"{cohort.repeats} dari {cohort.quota} peserta {cohort.year} pernah ikut sebelumnya"
        for cohort in repeated
    )
    why_en = "; ".join(
        f"{cohort.repeats} of the {cohort.quota} participants of {cohort.year} took part before"
        for cohort in repeated
    )
    return Counts(
        participations,
        participations - repeats,
        repeats,
        f"Angkatan {first}-{last}: {why_id or 'tidak ada pengulangan'}."
        " Angkatan sesudahnya dihitung terpisah.",
        f"Cohorts {first}-{last}: {why_en or 'no repeats'}. Later cohorts are counted apart.",
    )
