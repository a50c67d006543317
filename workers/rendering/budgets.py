"""Sums of the plan's money by year, by source and by pillar, and the scale of their charts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from math import ceil

from tenants.masterplan.content import BudgetContent, DimensionContent

SOURCES = ("apbd", "apbn", "dak", "csr", "kpbu", "other")
TICKS = 4
STEPS = (Decimal(1), Decimal("1.5"), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def budgets_of(dimension: DimensionContent) -> list[BudgetContent]:
    """All budgets of one pillar's programmes."""
    return [budget for programme in dimension.programmes for budget in programme.budgets]


def total(budgets: Iterable[BudgetContent]) -> Decimal:
    """The sum in rupiah."""
    return sum((budget.amount_rupiah for budget in budgets), Decimal(0))


def by_year(budgets: Iterable[BudgetContent]) -> dict[int, Decimal]:
    """Rupiah of each year; years without money read as zero."""
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for budget in budgets:
        sums[budget.year] += budget.amount_rupiah
    return sums


def by_source(budgets: Iterable[BudgetContent]) -> dict[str, list[BudgetContent]]:
    """Budgets grouped by source, in the usual order; sources without money are left out."""
    groups: dict[str, list[BudgetContent]] = {source: [] for source in SOURCES}
    for budget in budgets:
        groups.setdefault(budget.source, []).append(budget)
    return {source: group for source, group in groups.items() if total(group)}


def chart_ticks(highest: Decimal) -> list[Decimal]:
    """Round values of an axis from zero to at least `highest`, in at most six steps."""
    if highest <= 0:
        return [Decimal(0), Decimal(1)]
    rough = highest / TICKS
    magnitude = Decimal(10) ** rough.adjusted()
    step = next(step * magnitude for step in STEPS if step * magnitude >= rough)
    count = ceil(highest / step)
    return [step * index for index in range(count + 1)]
