"""Single missions and goals, their order, and statements that cite nothing."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from tenants.masterplan import goals, missions, plan
from tenants.masterplan.analysis import gaps, readiness
from tenants.masterplan.analysis.models import (
    StatementKind,
    SwotKind,
)
from tenants.masterplan.analysis.queries import uncited
from tenants.masterplan.models import Mission
from tests.tenants.masterplan.planning import INDICATOR, codes
from tests.tenants.masterplan.statements import cited, point


def written(planning):
    """A plan with two missions of two goals each; returns its id, missions and goals."""
    plan_id = planning.plan().id
    planning.run(
        missions.write_missions,
        plan_id,
        missions=[("Satu.", ["1a", "1b"]), ("Dua.", ["2a", "2b"])],
        expected_version=1,
    )
    rows = planning.goals(plan_id)
    return plan_id, [rows[0][0], rows[2][0]], [row[1] for row in rows]


def test_goals_have_an_indicator_whose_target_lies_in_the_period(planning):
    _, _, (goal_id, *_) = written(planning)
    changed = planning.run(
        goals.update_goal,
        goal_id,
        expected_version=1,
        indicator="Indeks SPBE",
        target=Decimal("3.5"),
        target_year=2026,
        citations=[INDICATOR],
    )
    assert (changed.version, changed.target, changed.text) == (2, Decimal("3.5"), "1a")
    assert cited(planning, StatementKind.GOAL, goal_id) == [INDICATOR]
    refused = planning.refused(
        goals.update_goal,
        goal_id,
        expected_version=2,
        indicator="",
        target=Decimal("1e20"),
        target_year=2040,
    )
    assert codes(refused) == ["INVALID", "YEAR_OUTSIDE_PERIOD", "GOAL_INDICATOR_MISSING"]


def test_missions_change_places_with_their_goals(planning):
    plan_id, (first, second), goal_ids = written(planning)
    version = planning.version(plan_id)
    planning.run(
        goals.order_missions, plan_id, mission_ids=[second, first], expected_version=version
    )
    assert [row[2] for row in planning.goals(plan_id)] == ["2a", "2b", "1a", "1b"]
    planning.run(goals.order_goals, second, goal_ids=[goal_ids[3], goal_ids[2]], expected_version=1)
    assert [row[2] for row in planning.goals(plan_id)] == ["2b", "2a", "1a", "1b"]
    for wrong in ([first], [first, first], [first, second, uuid4()]):
        refused = planning.refused(
            goals.order_missions, plan_id, mission_ids=wrong, expected_version=version + 1
        )
        assert codes(refused) == ["ORDER_INCOMPLETE"]


def test_writing_all_missions_raises_versions_and_forgets_what_vanished(planning):
    plan_id, (first, second), _ = written(planning)
    planning.run(goals.update_mission, second, expected_version=1, citations=[INDICATOR])
    planning.run(
        missions.write_missions,
        plan_id,
        missions=[("Satu, diubah.", ["1a"])],
        expected_version=planning.version(plan_id),
    )
    key = (planning.city.id, first)
    assert planning.run(lambda session: session.get_one(Mission, key).version) == 2
    assert cited(planning, StatementKind.MISSION, second) == []


def test_every_statement_without_a_citation_is_named_in_the_order_of_the_books(planning):
    plan_id, missions_, goal_ids = written(planning)
    planning.run(
        plan.update,
        plan_id,
        expected_version=planning.version(plan_id),
        vision="Kota yang melayani.",
    )
    point(planning, plan_id, SwotKind.WEAKNESS)
    point(planning, plan_id, SwotKind.STRENGTH, citations=[INDICATOR])
    planning.run(
        gaps.create_gap, plan_id, dimension_id=planning.pillars["people"], gap="Belum merata."
    )
    planning.run(readiness.create_readiness, plan_id, element="structure", part="people")
    names = [each.names[0] for each in planning.run(uncited, plan_id)]
    assert names == [
        "visi",
        "misi 1",
        "misi 2",
        "sasaran 1.1",
        "sasaran 1.2",
        "sasaran 2.1",
        "sasaran 2.2",
        "kesiapan structure.people",
        "kesenjangan Smart People 1",
        "butir SWOT W1",
    ]
    version = planning.version(plan_id)
    planning.run(plan.update, plan_id, expected_version=version, vision_citations=[INDICATOR])
    planning.run(goals.update_mission, missions_[0], expected_version=1, citations=[INDICATOR])
    planning.run(goals.update_goal, goal_ids[3], expected_version=1, citations=[INDICATOR])
    left = [each.names[1] for each in planning.run(uncited, plan_id)]
    assert left[:4] == ["mission 2", "goal 1.1", "goal 1.2", "goal 2.1"]
