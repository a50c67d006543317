"""What the demo stands on: regions, cohorts and the guides that they follow, read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tenants.cities.models import Participant, Region
from tenants.editions.models import Cohort, Dimension, GuideEdition, SubDimension
from tenants.editions.queries import dimensions_of
from tenants.editions.rules import Rules, rules_of
from tenants.evaluation.instruments import Instrument, read

SCALE = Decimal(4)
"""Highest score of an item in the demo's evaluations."""

EVALUATED_BY = "panduan-enam-dimensi"


@dataclass(frozen=True)
class Place:
    """A region as far as a city's rows need it."""

    code: str
    kind: str
    name: str
    zone: str

    @property
    def head(self) -> str:
        """The title of its head."""
        return "Wali Kota" if self.kind.startswith("KOTA") else "Bupati"


@dataclass(frozen=True)
class Pillar:
    """A pillar of an edition and its parts, by id and name."""

    id: UUID
    code: str
    name: str
    parts: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True)
class Guide:
    """An edition: its rules and its pillars in order."""

    code: str
    rules: Rules
    pillars: tuple[Pillar, ...]


@dataclass(frozen=True)
class Year:
    """A cohort: `named` are the regions whose participation is public."""

    id: UUID
    year: int
    quota: int
    repeats: int
    guide: Guide
    named: frozenset[str]


@dataclass(frozen=True)
class Nation:
    """Everything that is the same for all cities."""

    places: Mapping[str, Place]
    years: Sequence[Year]
    instrument: Instrument
    evaluation_edition: UUID


def read_nation(session: Session) -> Nation:
    """Read the reference data; through the ministry's door."""
    editions = {row.id: row for row in session.scalars(select(GuideEdition))}
    pillars = {edition_id: dimensions_of(session, edition_id) for edition_id in editions}
    parts = _parts(session)
    guides = {
        row.id: Guide(
            row.code, rules_of(row), tuple(_pillar(each, parts) for each in pillars[row.id])
        )
        for row in editions.values()
    }
    named: dict[UUID, set[str]] = defaultdict(set)
    for cohort_id, code in session.execute(select(Participant.cohort_id, Participant.region_code)):
        named[cohort_id].add(code)
    years = [
        Year(
            row.id,
            row.year,
            row.quota,
            row.repeats,
            guides[row.edition_id],
            frozenset(named[row.id]),
        )
        for row in session.scalars(select(Cohort).order_by(Cohort.year))
    ]
    (edition,) = (row for row in editions.values() if row.code == EVALUATED_BY)
    used = read(edition, pillars[edition.id], SCALE)
    session.expunge_all()  # the instrument outlives the session
    return Nation(_places(session), years, used, edition.id)


def _pillar(row: Dimension, parts: Mapping[UUID, Sequence[tuple[UUID, str]]]) -> Pillar:
    return Pillar(row.id, row.code, row.name, tuple(parts.get(row.id, ())))


def _parts(session: Session) -> dict[UUID, list[tuple[UUID, str]]]:
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = select(SubDimension.dimension_id, SubDimension.id, SubDimension.name)
    for dimension_id, part_id, name in session.execute(rows.order_by(SubDimension.ordinal)):
        found[dimension_id].append((part_id, name))
    return found


def _places(session: Session) -> dict[str, Place]:
    rows = select(Region.code, Region.kind, Region.name, Region.zone).where(
        Region.valid_to.is_(None)
    )
    return {row.code: Place(*row) for row in session.execute(rows.order_by(Region.code))}
