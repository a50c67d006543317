"""The roadmap: by pillar, horizon and year, what is to be reached and what it costs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from kotacerdas.errors import NotFound
from kotacerdas.scope import tenant_of
from tenants.cities.editions import edition_of
from tenants.cities.models import Unit
from tenants.editions.queries import dimensions_of
from tenants.editions.rules import Horizons, rules_of
from tenants.masterplan.models import Budget, Horizon, Masterplan, Programme, YearTarget


@dataclass(frozen=True)
class Planned:
    """A programme of the working copy, with targets and the money of all sources by year."""

    id: UUID
    code: str
    name: str
    horizon: Horizon
    lead_unit: str
    indicator: str
    indicator_unit: str
    is_quick_win: bool
    targets: dict[int, Decimal] = field(default_factory=dict)
    budgets: dict[int, Decimal] = field(default_factory=lambda: defaultdict(Decimal))


@dataclass(frozen=True)
class Line:
    """A programme in one year."""

    programme: Planned
    target: Decimal | None
    budget_rupiah: Decimal


@dataclass(frozen=True)
class Year:
    """A year with the programmes that have a target or money in it."""

    year: int
    lines: tuple[Line, ...]

    @property
    def budget_rupiah(self) -> Decimal:
        """Money of all its programmes."""
        return _sum(line.budget_rupiah for line in self.lines)


@dataclass(frozen=True)
class Stretch:
    """One horizon of a pillar: how many first years it means, its programmes and its years."""

    horizon: Horizon
    length: int
    programmes: tuple[Planned, ...]
    years: tuple[Year, ...]

    @property
    def budget_rupiah(self) -> Decimal:
        """Money of all its years."""
        return _sum(each.budget_rupiah for each in self.years)


@dataclass(frozen=True)
class Pillar:
    """A pillar's roadmap over 1, 5 and 10 years, or what the edition says instead."""

    code: str
    name: str
    name_en: str
    stretches: tuple[Stretch, ...]

    @property
    def budget_rupiah(self) -> Decimal:
        """Money of all its horizons."""
        return _sum(each.budget_rupiah for each in self.stretches)


def roadmap(session: Session, masterplan_id: UUID) -> list[Pillar]:
    """Return the working copy's roadmap in the order of the pillars; raises NotFound.

    Six statements, however large the plan is.
    """
    plan = session.get(Masterplan, (tenant_of(session), masterplan_id))
    if plan is None:
        raise NotFound
    edition = edition_of(session, plan.participation_id)
    horizons = rules_of(edition).horizons
    programmes = _programmes(session, plan)
    return [
        Pillar(row.code, row.name, row.name_en, stretches(programmes[row.id], horizons))
        for row in dimensions_of(session, edition.id)
    ]


def stretches(programmes: Iterable[Planned], horizons: Horizons) -> tuple[Stretch, ...]:
    """Arrange a pillar's programmes by horizon and year; a horizon without any is shown empty."""
    found = list(programmes)
    arranged = []
    for horizon in Horizon:
        mine = tuple(each for each in found if each.horizon is horizon)
        length = horizons.years(horizon.value)
        arranged.append(Stretch(horizon, length, mine, tuple(_years(mine))))
    return tuple(arranged)


def _years(programmes: tuple[Planned, ...]) -> Iterator[Year]:
    years = {year for each in programmes for year in each.targets.keys() | each.budgets.keys()}
    for year in sorted(years):
        lines = tuple(
            Line(each, each.targets.get(year), each.budgets.get(year, Decimal(0)))
            for each in programmes
            if year in each.targets or year in each.budgets
        )
        yield Year(year, lines)


def _programmes(session: Session, plan: Masterplan) -> dict[UUID, list[Planned]]:
    found: dict[UUID, list[Planned]] = defaultdict(list)
    by_id: dict[UUID, Planned] = {}
    for dimension_id, *facts in session.execute(_rows(plan)):
        planned = Planned(*facts)
        by_id[planned.id] = planned
        found[dimension_id].append(planned)
    for programme_id, year, value in session.execute(_of_years(plan, YearTarget, "value")):
        by_id[programme_id].targets[year] = value
    for programme_id, year, amount in session.execute(_of_years(plan, Budget, "amount_rupiah")):
        by_id[programme_id].budgets[year] += amount
    return found


def _rows(plan: Masterplan) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Programme.dimension_id,
            Programme.id,
            Programme.code,
            Programme.name,
            Programme.horizon,
            Unit.name,
            Programme.indicator,
            Programme.indicator_unit,
            Programme.is_quick_win,
        )
        .join(Unit, (Unit.tenant_id == plan.tenant_id) & (Unit.id == Programme.lead_unit_id))
        .where(Programme.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
        .order_by(Programme.code, Programme.id)
    )


def _of_years(
    plan: Masterplan, part: type[YearTarget | Budget], amount: str
) -> Select[*tuple[Any, ...]]:
    of_plan = (Programme.tenant_id == plan.tenant_id) & (Programme.id == part.programme_id)
    return (
        select(part.programme_id, part.year, part.__table__.c[amount])
        .join(Programme, of_plan)
        .where(part.tenant_id == plan.tenant_id, Programme.masterplan_id == plan.id)
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
