"""Quick wins are as many as the edition says, and lie in its first years."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest

from kotacerdas.errors import DomainError
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, programmes
from tenants.masterplan.completeness.item import PLANNERS
from tenants.masterplan.completeness.rule import missing
from tenants.masterplan.draft import BudgetLine
from tenants.masterplan.models import BudgetSource, Horizon, Programme
from tests.tenants.masterplan.cohorts import PILLARS, RULES, make_cohort
from tests.tenants.masterplan.planning import Planning, codes, whole

WIN = {"horizon": Horizon.SHORT, "baseline": Decimal(0), "is_quick_win": True}


def money(*years: int) -> list[BudgetLine]:
    return [BudgetLine(year, BudgetSource.APBD, Decimal(5)) for year in years]


@pytest.fixture(scope="session")
def by_whole(database):
    """An edition with one or two quick wins in all, within three years, without a baseline."""
    rule = {"minimum": 1, "maximum": 2, "first_years": 3, "needs_baseline": False}
    return make_cohort(database, {**RULES, "quick_win": rule})


@pytest.fixture(scope="session")
def by_pillar(database):
    """An edition with exactly one quick win in each pillar, and horizons of its own."""
    rule = {"minimum": 1, "maximum": 1, "per_dimension": True}
    horizons = {"short": 2, "medium": 3, "long": 4}
    return make_cohort(database, {**RULES, "quick_win": rule, "horizons": horizons})


@pytest.fixture
def whole_plan(database, make_city, by_whole):
    return Planning(database, make_city(), by_whole, Stage.MENTORED)


@pytest.fixture
def pillar_plan(database, make_city, by_pillar):
    return Planning(database, make_city(), by_pillar, Stage.MENTORED)


def lacks(planning, plan_id):
    return [item for item in planning.run(missing, plan_id) if item.blocks]


def test_a_plan_without_its_quick_wins_cannot_be_frozen(whole_plan):
    plan_id = whole_plan.complete()
    (item,) = lacks(whole_plan, plan_id)
    assert (item.error.code, item.error.path) == ("QUICK_WINS_TOO_FEW", ("quickWins",))
    assert item.owner == PLANNERS
    assert "only 0 quick wins in the masterplan; the guide asks for 1" in item.error.text("en")
    version = whole_plan.version(plan_id)
    errors = whole_plan.refused(freezing.freeze, plan_id, expected_version=version)
    assert codes(errors) == ["QUICK_WINS_TOO_FEW"]
    whole_plan.programme(plan_id, **WIN)
    assert lacks(whole_plan, plan_id) == []
    assert whole_plan.run(freezing.freeze, plan_id, expected_version=version).number == 1


def test_a_quick_win_that_is_none_by_the_rule_is_its_lead_units_task(pillar_plan):
    plan_id = pillar_plan.complete()
    for pillar in PILLARS:
        win = pillar_plan.programme(plan_id, pillar, **WIN)
    key = (pillar_plan.city.id, win.id)

    def spoil(session):
        row = session.get_one(Programme, key)
        row.baseline, row.horizon = None, Horizon.LONG

    pillar_plan.run(spoil)
    late, unmeasured = lacks(pillar_plan, plan_id)
    assert [item.error.code for item in (late, unmeasured)] == [
        "QUICK_WIN_LATE",
        "QUICK_WIN_BASELINE_MISSING",
    ]
    assert late.owner.unit_id == unmeasured.owner.unit_id == pillar_plan.unit_id
    assert late.place.programme_id == win.id


def test_each_pillar_that_lacks_its_quick_win_is_named(pillar_plan):
    plan_id = pillar_plan.complete()
    for pillar in ("government", "people", "mobility", "living"):
        pillar_plan.programme(plan_id, pillar, **WIN)
    paths = [item.error.path for item in lacks(pillar_plan, plan_id)]
    assert paths == [
        ("dimensions", "economy", "quickWins"),
        ("dimensions", "environment", "quickWins"),
    ]


def test_one_more_than_the_guide_allows_is_refused_at_writing(whole_plan):
    plan_id = whole_plan.plan().id
    whole_plan.programme(plan_id, "people", **WIN)
    second = whole_plan.programme(plan_id, "living", **WIN)
    third = whole_plan.programme(plan_id, "economy")
    change = {"expected_version": 1, **WIN}
    errors = whole_plan.refused(programmes.update_programme, third.id, **change)
    assert [(error.code, error.path) for error in errors] == [
        ("QUICK_WINS_TOO_MANY", ("isQuickWin",))
    ]
    assert "makes 3 quick wins in the masterplan; the guide allows 2" in errors[0].text("en")
    whole_plan.run(programmes.update_programme, second.id, expected_version=1, is_quick_win=False)
    assert whole_plan.run(programmes.update_programme, third.id, **change).is_quick_win


def test_a_pillars_maximum_leaves_other_pillars_alone(pillar_plan):
    plan_id = pillar_plan.plan().id
    first = pillar_plan.programme(plan_id, "people", **WIN)
    named = {"name": "Lagi", "lead_unit_id": pillar_plan.unit_id, **whole(), **WIN}
    pillar = pillar_plan.pillars["people"]
    errors = pillar_plan.refused(programmes.create_programme, plan_id, dimension_id=pillar, **named)
    assert codes(errors) == ["QUICK_WINS_TOO_MANY"]
    assert "Smart People" in errors[0].text("id")
    pillar_plan.programme(plan_id, "living", **WIN)
    kept = pillar_plan.run(
        programmes.update_programme, first.id, expected_version=1, place="Pasar", is_quick_win=True
    )
    assert kept.place == "Pasar"


def test_two_who_mark_the_last_quick_win_at_once_do_not_both_succeed(pillar_plan):
    plan_id = pillar_plan.plan().id
    both = [pillar_plan.programme(plan_id, "people") for _ in range(2)]

    def mark(programme) -> str:
        try:
            pillar_plan.run(programmes.update_programme, programme.id, expected_version=1, **WIN)
        except DomainError as error:
            return error.code
        return "marked"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(mark, both)) == ["QUICK_WINS_TOO_MANY", "marked"]


def test_the_edition_says_how_long_quick_wins_take_and_what_they_need(whole_plan):
    plan_id = whole_plan.plan().id
    won = {"is_quick_win": True, "horizon": Horizon.SHORT, "baseline": None}
    programme = whole_plan.programme(plan_id, **won, budgets=money(2023, 2025))
    errors = whole_plan.refused(
        programmes.update_programme, programme.id, expected_version=1, budgets=money(2026)
    )
    assert codes(errors) == ["QUICK_WIN_LATE"]
    assert "2023-2025" in errors[0].text("id")


@pytest.mark.parametrize(
    ("horizon", "last"), [(Horizon.SHORT, 2024), (Horizon.MEDIUM, 2025), (Horizon.LONG, 2026)]
)
def test_money_stays_within_the_years_of_the_horizon(pillar_plan, horizon, last):
    plan_id = pillar_plan.plan().id
    within = {"horizon": horizon, "budgets": money(2023, last)}
    programme = pillar_plan.programme(plan_id, **within)
    late = money(2023, last + 1)
    errors = pillar_plan.refused(
        programmes.update_programme, programme.id, expected_version=1, budgets=late
    )
    assert [(error.code, error.path) for error in errors] == [
        ("HORIZON_EXCEEDED", ("budgets", "1", "year"))
    ]
    assert f"which is 2023-{last}" in errors[0].text("en")
