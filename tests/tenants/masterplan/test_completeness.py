"""What a plan lacks is told at once, with whose it is and where."""

from __future__ import annotations

import time

import pytest
from uuid_utils.compat import uuid7

from kotacerdas.errors import NotFound
from kotacerdas.identity.policy import Role
from tenants.masterplan import missions
from tenants.masterplan.analysis import swot
from tenants.masterplan.analysis.models import SwotKind
from tenants.masterplan.completeness.item import PLANNERS, Owner
from tenants.masterplan.completeness.rule import missing
from tests.tenants.masterplan.cohorts import PILLARS


def found(planning, plan_id):
    return planning.run(missing, plan_id)


def test_an_empty_plan_lacks_vision_missions_and_every_pillar(planning):
    items = found(planning, planning.plan().id)
    codes = [item.error.code for item in items]
    assert codes == ["VISION_MISSING", "MISSIONS_MISSING", *["PILLAR_EMPTY"] * len(PILLARS)]
    assert {item.owner for item in items} == {PLANNERS}
    assert all(item.blocks for item in items)


def test_an_unfinished_programme_is_its_lead_units_task(planning):
    plan_id = planning.complete()
    programme = planning.programme(plan_id, "living", indicator="", budgets=[])
    (item,) = found(planning, plan_id)
    assert item.error.code == "PROGRAMME_INCOMPLETE"
    assert item.error.fields["missing_id"] == "indikator, anggaran"
    assert item.error.fields["missing_en"] == "indicator, budgets"
    name = "Dinas Komunikasi dan Informatika"
    assert item.owner == Owner(Role.UNIT_OPERATOR, planning.unit_id, name)
    assert item.place.programme_id == programme.id


def test_a_mission_without_a_goal_is_named_by_its_number(planning):
    plan_id = planning.complete()
    texts = [("Satu", ["a"]), ("Dua", [])]
    planning.run(missions.write_missions, plan_id, missions=texts, expected_version=3)
    (item,) = (each for each in found(planning, plan_id) if each.blocks)
    assert (item.error.code, item.error.path) == (
        "MISSION_WITHOUT_GOAL",
        ("missions", "1", "goals"),
    )


def test_a_complete_plan_lacks_nothing(planning):
    assert found(planning, planning.complete()) == []


def test_a_statement_without_a_citation_is_named_and_blocks_nothing(planning):
    plan_id = planning.complete()
    point = planning.run(swot.create_point, plan_id, kind=SwotKind.STRENGTH, text="Pasar ramai.")
    (item,) = found(planning, plan_id)
    assert (item.error.code, item.blocks) == ("STATEMENT_UNCITED", False)
    assert item.error.path == ("swot", str(point.id))
    assert "SWOT point S1" in item.error.text("en")


def test_another_citys_plan_is_not_found(make_planning):
    here, there = make_planning(), make_planning()
    plan_id = there.plan().id
    for unknown in (plan_id, uuid7()):
        with pytest.raises(NotFound):
            found(here, unknown)


def test_a_plan_of_a_hundred_programmes_is_checked_at_once(planning):
    plan_id = planning.complete()
    for place in range(94):
        planning.programme(plan_id, PILLARS[place % 6], name=f"Program {place}", budgets=[])
    assert len(found(planning, plan_id)) == 94
    took = []
    for _ in range(3):
        began = time.perf_counter()
        found(planning, plan_id)
        took.append(time.perf_counter() - began)
    assert min(took) < 0.1
