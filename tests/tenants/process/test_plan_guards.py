"""What the masterplan must have left behind for the presentation, acceptance and adoption."""

from __future__ import annotations

from datetime import date

import pytest

from kotacerdas.identity.policy import Role
from tenants.cities.models import Participation
from tenants.cities.steps import enter
from tenants.cities.workflow import Stage
from tenants.masterplan import freezing, plan
from tenants.process.guards import missing_for
from tests.tenants.masterplan.books.shelf import Shelf, make_guide
from tests.tenants.participating import adopt, freeze_plan, regulate
from tests.tenants.refusals import refused, run

S = Stage


@pytest.fixture(scope="module")
def guide(database):
    return make_guide(database)


def codes(database, journey, to, scope=None) -> list[str]:
    found = run(database, scope or journey.city, lambda s: missing_for(s, journey.id, stage=to))
    return [item.error.code for item in found]


def test_presenting_without_a_plan_is_the_planners_turn(database, journey):
    found = run(database, journey.city, lambda s: missing_for(s, journey.id, stage=S.PRESENTED))
    assert [(item.error.code, item.owner) for item in found][-1] == (
        "MASTERPLAN_NOT_BEGUN",
        Role.BAPPEDA,
    )


@pytest.mark.parametrize("to", [S.PRESENTED, S.ACCEPTED])
def test_an_unfinished_plan_names_each_missing_thing_with_its_owner(database, city, guide, to):
    shelf = Shelf(database, city, guide).ready()
    programme = shelf.programme(shelf.plan_id, "people", indicator="")
    found = shelf.run(lambda s: missing_for(s, shelf.participation_id, stage=to))
    items = [item for item in found if item.error.code.startswith("PROGRAMME")]
    assert [(item.owner, item.unit_id) for item in items] == [(Role.UNIT_OPERATOR, shelf.unit_id)]
    assert programme.code in items[0].error.text("id")


def test_a_complete_plan_has_to_be_frozen_and_nothing_else(database, city, guide):
    shelf = Shelf(database, city, guide).ready()
    ask = {"stage": S.ACCEPTED}
    (item,) = of_plan(shelf, **ask)
    assert (item.error.code, item.owner) == ("MASTERPLAN_NOT_FROZEN", Role.CITY_ADMIN)
    shelf.freeze()
    assert of_plan(shelf, **ask) == []


def test_a_revised_plan_is_accepted_once_its_revision_is_frozen(database, journey):
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    journey.place(S.PRESENTED)
    assert codes(database, journey, S.ACCEPTED, journey.ministry) == ["PLAN_VERDICT_MISSING"]
    journey.go(S.REVISION)
    journey.place(S.PRESENTED)
    lacking = codes(database, journey, S.ACCEPTED)
    assert len(lacking) > 1
    refused(database, journey.ministry, journey.step(S.ACCEPTED), *lacking)
    run(database, journey.city, lambda s: freeze_plan(s, journey, 2))
    assert codes(database, journey, S.ACCEPTED) == ["PLAN_VERDICT_MISSING"]


def of_plan(shelf, **asked):
    """What the plan itself lacks; the assessors' verdict is a subject of its own."""
    found = shelf.run(lambda s: missing_for(s, shelf.participation_id, **asked))
    return [each for each in found if each.error.code != "PLAN_VERDICT_MISSING"]


def test_a_complete_plan_still_waits_for_the_version_of_its_revision(database, city, guide):
    shelf = Shelf(database, city, guide).ready()
    first = shelf.freeze()
    shelf.run(revise, shelf)
    (item,) = of_plan(shelf, stage=S.ACCEPTED)
    assert (item.error.code, item.owner) == ("REVISION_NOT_FROZEN", Role.CITY_ADMIN)
    assert f"versi {first.number}" in item.error.text("id")
    number = shelf.version(shelf.plan_id)
    words = {"vision": "Kota yang sudah diperbaiki.", "expected_version": number}
    shelf.run(plan.update, shelf.plan_id, **words)
    shelf.run(freezing.freeze, shelf.plan_id, expected_version=number + 1)
    assert of_plan(shelf, stage=S.ACCEPTED) == []


def revise(session, shelf):
    """Note that the ministry has asked for a revision."""
    row = session.get_one(Participation, (shelf.city.id, shelf.participation_id))
    enter(session, row, S.REVISION, date(2022, 10, 1))


def test_adopting_needs_the_regulation_and_then_the_version_that_it_adopts(database, journey):
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    journey.place(S.ACCEPTED)
    assert codes(database, journey, S.ADOPTED) == ["REGULATION_MISSING"]
    run(database, journey.city, lambda s: regulate(s, journey))
    (error,) = refused(database, journey.city, journey.step(S.ADOPTED), "ADOPTION_MISSING")
    assert error.text("id").startswith("Versi masterplan yang ditetapkan")


def test_an_adopted_version_lets_the_participation_pass(database, journey):
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    journey.place(S.ACCEPTED)
    run(database, journey.city, lambda s: adopt(s, journey))
    assert journey.go(S.ADOPTED).stage is S.ADOPTED
