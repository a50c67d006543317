"""SWOT points, and the strategies that follow from them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import uuid4

from sqlalchemy import select

from tenants.masterplan.analysis import strategies, swot
from tenants.masterplan.analysis.models import (
    StrategyKind,
    StrategyPoint,
    SwotKind,
)
from tests.tenants.masterplan.planning import codes
from tests.tenants.masterplan.statements import point


def test_weights_and_ratings_of_points_have_bounds(planning):
    plan_id = planning.plan().id
    made = point(planning, plan_id, SwotKind.WEAKNESS, weight=Decimal("0.15"), rating=2)
    assert (made.weight, made.rating, swot.point_code(made)) == (Decimal("0.15"), 2, "W1")
    for weight, rating in ((Decimal("1.1"), 5), (Decimal("0.12345"), 0), (Decimal("NaN"), -1)):
        refused = planning.refused(
            swot.update_point, made.id, expected_version=1, weight=weight, rating=rating
        )
        assert [each.path for each in refused] == [("weight",), ("rating",)]


def test_a_strategy_comes_from_at_least_one_point_of_each_side(planning):
    plan_id = planning.plan().id
    strong = point(planning, plan_id, SwotKind.STRENGTH)
    weak = point(planning, plan_id, SwotKind.WEAKNESS)
    chance = point(planning, plan_id, SwotKind.OPPORTUNITY)
    create = (strategies.create_strategy, plan_id)
    of = {"kind": StrategyKind.SO, "text": "Memadukan layanan."}
    made = planning.run(*create, **of, point_ids=[strong.id, chance.id, strong.id])
    assert strategies_of(planning, made.id) == {strong.id, chance.id}
    refused = planning.refused(*create, **of, point_ids=[strong.id])
    assert codes(refused) == ["STRATEGY_SIDE_MISSING"]
    assert "peluang (O)" in refused[0].text("id")
    refused = planning.refused(*create, **of, point_ids=[weak.id, uuid4()])
    assert codes(refused) == [
        "STRATEGY_POINT_FOREIGN",
        "NOT_FOUND",
        "STRATEGY_SIDE_MISSING",
        "STRATEGY_SIDE_MISSING",
    ]
    refused = planning.refused(
        strategies.update_strategy, made.id, expected_version=1, text="", point_ids=[]
    )
    assert codes(refused) == ["INVALID", "STRATEGY_SIDE_MISSING", "STRATEGY_SIDE_MISSING"]


def test_a_point_of_another_plan_is_no_ground_of_a_strategy(planning, make_planning):
    other = make_planning()
    foreign = point(other, other.plan().id, SwotKind.STRENGTH)
    plan_id = planning.plan().id
    threat = point(planning, plan_id, SwotKind.THREAT)
    refused = planning.refused(
        strategies.create_strategy,
        plan_id,
        kind=StrategyKind.ST,
        text="Tangguh",
        point_ids=[foreign.id, threat.id],
    )
    assert codes(refused) == ["NOT_FOUND", "STRATEGY_SIDE_MISSING"]


def test_a_point_stays_while_a_strategy_comes_from_it(planning):
    plan_id = planning.plan().id
    weak = point(planning, plan_id, SwotKind.WEAKNESS)
    threat = point(planning, plan_id, SwotKind.THREAT)
    made = planning.run(
        strategies.create_strategy,
        plan_id,
        kind=StrategyKind.WT,
        text="Bertahan",
        point_ids=[weak.id, threat.id],
    )
    refused = planning.refused(swot.delete_point, weak.id, expected_version=1)
    assert codes(refused) == ["SWOT_POINT_IN_USE"]
    assert "WT-1" in refused[0].text("id")
    assert "W1" in refused[0].text("id")
    planning.run(strategies.delete_strategy, made.id, expected_version=1)
    assert strategies_of(planning, made.id) == set()
    planning.run(swot.delete_point, weak.id, expected_version=1)


def test_changed_points_raise_the_strategys_version(planning):
    plan_id = planning.plan().id
    strong, more = (point(planning, plan_id, SwotKind.STRENGTH) for _ in range(2))
    chance = point(planning, plan_id, SwotKind.OPPORTUNITY)
    made = planning.run(
        strategies.create_strategy,
        plan_id,
        kind=StrategyKind.SO,
        text="Memadukan",
        point_ids=[strong.id, chance.id],
    )
    changed = planning.run(
        strategies.update_strategy,
        made.id,
        expected_version=1,
        point_ids=[more.id, chance.id],
    )
    assert changed.version == 2
    assert strategies_of(planning, made.id) == {more.id, chance.id}


def strategies_of(planning, strategy_id) -> set:
    own = {"tenant_id": planning.city.id, "strategy_id": strategy_id}
    wanted = select(StrategyPoint.swot_point_id).filter_by(**own)
    return planning.run(lambda session: set(session.scalars(wanted)))


def test_points_made_at_once_get_different_places(planning):
    plan_id = planning.plan().id
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(lambda _: point(planning, plan_id, SwotKind.THREAT), range(8)))
    assert sorted(each.ordinal for each in made) == list(range(1, 9))
