"""A plan's programmes: those that innovations have become, and others of the departments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from random import Random
from uuid import UUID

from tenants.cities.workflow import Stage
from tenants.demo.national import words
from tenants.demo.national.calendar import Way
from tenants.demo.national.innovations import Accepted
from tenants.demo.national.nation import Guide, Pillar
from tenants.demo.national.people import Office, Staff
from tenants.demo.national.plans import Plan
from tenants.demo.national.rows import Row, Rows
from tenants.masterplan.models import (
    Budget,
    BudgetSource,
    Horizon,
    Programme,
    ProgrammeSupport,
    YearTarget,
)

COUNT = (30, 38)
"""Fewest and most of a plan: about 6,000 in all."""

QUICK_WINS = 6
QUICK_YEARS = 2
SOURCES = list(BudgetSource)
LATER = (Horizon.MEDIUM, Horizon.MEDIUM, Horizon.LONG)
AMOUNTS = range(25, 3_000, 25)
"""In millions of rupiah."""


def programme(
    rows: Rows, way: Way, guide: Guide, staff: Staff, plan: Plan, placed: Sequence[Accepted]
) -> None:
    """Add the programmes of a plan that has come through its workshops."""
    if not way.reached(Stage.MENTORED):
        return
    random = rows.random(f"programmes {way.year}")
    total = max(random.randint(*COUNT), len(placed))
    given: Counter[str] = Counter()
    for number, (pillar, office, origin) in enumerate(
        _subjects(guide, staff, placed, total, random)
    ):
        given[pillar.code] += 1
        quick = number % (total // QUICK_WINS) == 0
        values = _values(random, plan, pillar, office, origin, quick=quick)
        code = f"{pillar.code[:3].upper()}-{given[pillar.code]:02}"
        programme_id = rows.new(Programme, masterplan_id=plan.id, code=code, **values)
        supporting = random.choice([each for each in staff.offices if each is not office])
        rows.new(ProgrammeSupport, programme_id=programme_id, unit_id=supporting.id)
        _measure(rows, programme_id, plan, values["baseline"], random)
        _fund(rows, programme_id, plan, random, quick=quick)


def _subjects(
    guide: Guide, staff: Staff, placed: Sequence[Accepted], total: int, random: Random
) -> Iterator[tuple[Pillar, Office, Accepted | None]]:
    """Yield pillar, lead unit and origin; the others go round the pillars: none stays empty."""
    for each in placed:
        yield each.pillar, each.office, each
    for number in range(total - len(placed)):
        yield guide.pillars[number % len(guide.pillars)], random.choice(staff.offices), None


def _values(
    random: Random,
    plan: Plan,
    pillar: Pillar,
    office: Office,
    origin: Accepted | None,
    *,
    quick: bool,
) -> Row:
    indicator, unit = random.choice(words.INDICATORS)
    part_id, part = random.choice(pillar.parts) if pillar.parts else (None, "")
    return {
        "dimension_id": pillar.id,
        "innovation_id": origin.id if origin else None,
        "lead_unit_id": office.id,
        "goal_id": random.choice(plan.goals),
        "permendagri_code": random.choice(words.PROGRAMME_CODES),
        "name": origin.name if origin else words.title(random, pillar.code),
        "description": words.paragraph(random, 2),
        "sub_dimension": part,
        "sub_dimension_id": part_id,
        "activity": words.paragraph(random, 1),
        "partners": random.choice(words.PARTNERS),
        "place": random.choice(words.PLACES),
        "indicator": indicator,
        "indicator_unit": unit,
        "baseline": Decimal(random.randint(10, 60)),
        "horizon": Horizon.SHORT if quick else random.choice(LATER),
        "is_new": random.random() < 0.6,
        "is_quick_win": quick,
        "sdgs": sorted(random.sample(range(1, 18), 2)),
    }


def _measure(rows: Rows, programme_id: UUID, plan: Plan, baseline: Decimal, random: Random) -> None:
    step = random.randint(2, 6)
    for number, year in enumerate(range(plan.first, plan.last + 1, 2), start=1):
        rows.new(YearTarget, programme_id=programme_id, year=year, value=baseline + step * number)


def _fund(rows: Rows, programme_id: UUID, plan: Plan, random: Random, *, quick: bool) -> None:
    years = range(plan.first, plan.first + QUICK_YEARS if quick else plan.last + 1)
    for year in sorted(random.sample(years, 2)):
        amount = Decimal(random.choice(AMOUNTS)) * 1_000_000
        source = BudgetSource.APBD if random.random() < 0.7 else random.choice(SOURCES)
        facts = {"year": year, "source": source, "amount_rupiah": amount}
        rows.new(Budget, programme_id=programme_id, **facts)
