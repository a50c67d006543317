"""Placing accepted innovations, and the codes that programmes get."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tenants.masterplan import programmes
from tenants.masterplan.models import BudgetSource, Horizon
from tenants.submissions.models import Innovation
from tenants.submissions.texts import STATES
from tenants.submissions.workflow import InnovationState
from tests.tenants.masterplan.cohorts import PILLARS
from tests.tenants.masterplan.planning import codes, draft, whole

APBD, CSR = BudgetSource.APBD, BudgetSource.CSR
SHORT = Horizon.SHORT


def innovation_state(planning, innovation_id):
    key = (planning.city.id, innovation_id)
    return planning.run(lambda session: session.get_one(Innovation, key).state)


def test_an_accepted_innovation_becomes_a_programme_of_its_pillar_led_by_its_unit(planning):
    planning.plan()
    innovation_id = planning.innovation("economy")
    programme = planning.run(programmes.place, innovation_id, **whole())
    assert programme.code == "ECO-01"
    assert programme.dimension_id == planning.pillars["economy"]
    assert programme.innovation_id == innovation_id
    assert programme.lead_unit_id == planning.unit_id
    assert programme.name == "Layanan Satu Pintu Daring"
    assert programme.description == "Warga mengurus izin dari rumah."
    assert programme.partners == "Bank Nagari"
    assert innovation_state(planning, innovation_id) is InnovationState.PLACED


def test_what_the_planner_says_wins_over_the_innovation(planning):
    planning.plan()
    lead = planning.city.unit("Dinas Kesehatan")
    fields = {
        "name": "Nama Program",
        "lead_unit_id": lead,
        "supporting_unit_ids": [planning.unit_id],
    }
    programme = planning.run(programmes.place, planning.innovation(), **fields)
    stored = draft(planning, programme)
    assert (stored.name, stored.lead_unit_id) == ("Nama Program", lead)
    assert stored.supporting_unit_ids == (planning.unit_id,)


@pytest.mark.parametrize("state", [s for s in InnovationState if s is not InnovationState.ACCEPTED])
def test_an_innovation_that_is_not_accepted_is_not_placed(planning, state):
    planning.plan()
    errors = planning.refused(programmes.place, planning.innovation(state=state), **whole())
    assert codes(errors) == ["INNOVATION_NOT_ACCEPTED"]
    assert f"berstatus {STATES[state][0]}. Langkah berikutnya: " in errors[0].text("id")


def test_an_innovation_is_placed_once_however_often_it_is_asked(planning):
    planning.plan()
    innovation_id = planning.innovation()
    asked = {**whole(), "idempotency_key": "tempat-1"}
    first = planning.run(programmes.place, innovation_id, **asked)
    assert planning.run(programmes.place, innovation_id, **asked).id == first.id
    again = planning.refused(programmes.place, innovation_id, **whole())
    assert codes(again) == ["INNOVATION_NOT_ACCEPTED"]


def test_placing_needs_a_masterplan(planning):
    innovation_id = planning.innovation()
    assert codes(planning.refused(programmes.place, innovation_id)) == ["MASTERPLAN_MISSING"]


def test_codes_are_numbered_by_pillar_and_stay(planning):
    plan_id = planning.plan().id
    made = [planning.programme(plan_id, pillar).code for pillar in PILLARS]
    assert made == ["GOV-01", "PEO-01", "MOB-01", "LIV-01", "ECO-01", "ENV-01"]
    second = planning.programme(plan_id, "government")
    assert second.code == "GOV-02"
    changed = planning.run(
        programmes.update_programme, second.id, expected_version=1, name="Nama lain"
    )
    assert changed.code == "GOV-02"


def test_parallel_programmes_get_different_codes(planning):
    plan_id = planning.plan().id
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda _: planning.programme(plan_id).code, range(6)))
    assert sorted(made) == [f"GOV-0{number}" for number in range(1, 7)]
