"""The roadmap: programmes by pillar, horizon and year, with targets and money summed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from uuid_utils.compat import uuid7

from kotacerdas.errors import NotFound
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.masterplan.roadmap import roadmap
from tests.tenants.masterplan.cohorts import PILLARS


def money(year: int, amount: int, source: BudgetSource = BudgetSource.APBD) -> BudgetLine:
    return BudgetLine(year, source, Decimal(amount))


def test_every_pillar_shows_its_three_horizons_even_without_programmes(planning):
    pillars = planning.run(roadmap, planning.plan().id)
    assert [pillar.code for pillar in pillars] == list(PILLARS)
    for pillar in pillars:
        assert [(each.horizon, each.length) for each in pillar.stretches] == [
            (Horizon.SHORT, 1),
            (Horizon.MEDIUM, 5),
            (Horizon.LONG, 10),
        ]
        assert pillar.budget_rupiah == 0


def test_money_of_all_sources_is_summed_by_year_horizon_and_pillar(planning):
    plan_id = planning.plan().id
    csr = BudgetSource.CSR
    budgets = [money(2023, 10), money(2023, 5, csr), money(2024, 20)]
    targets = [TargetLine(2025, Decimal(9))]
    one = planning.programme(plan_id, "living", budgets=budgets, targets=targets)
    two = planning.programme(plan_id, "living", budgets=[money(2024, 1)], targets=[])
    pillar = planning.run(roadmap, plan_id)[PILLARS.index("living")]
    medium = pillar.stretches[1]
    assert [each.id for each in medium.programmes] == [one.id, two.id]
    assert [(year.year, year.budget_rupiah, len(year.lines)) for year in medium.years] == [
        (2023, 15, 1),
        (2024, 21, 2),
        (2025, 0, 1),
    ]
    assert medium.years[2].lines[0].target == 9
    assert (medium.budget_rupiah, pillar.budget_rupiah) == (36, 36)


def test_another_citys_plan_is_not_found(make_planning):
    here, there = make_planning(), make_planning()
    for unknown in (there.plan().id, uuid7()):
        with pytest.raises(NotFound):
            here.run(roadmap, unknown)
