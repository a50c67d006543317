"""Modes, repeats and withdrawal through the API."""

from __future__ import annotations

from datetime import date

import pytest

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from tenants.cities.workflow import CLOSED, Stage
from tests.tenants.participating import ensure_reference, invited

INVITE = """mutation($input: ParticipationInviteInput!) { participationInvite(input: $input) {
  participation { id mode repeat stage cohort { year } } errors { code message } } }"""
ADVANCE = """mutation($input: ParticipationAdvanceInput!) { participationAdvance(input: $input) {
  participation { stage nextStages steps { stage note } } errors { code message } } }"""
MINE = """query($id: ID!) { city(by: {id: $id}) { participations(orderBy: [{field: CREATED_AT,
  direction: ASC}]) { nodes { repeat mode cohort { year } } } } }"""
OPEN = [stage for stage in Stage if stage not in CLOSED]


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


def test_a_city_that_took_part_comes_again_in_a_mode_of_its_own(data, city, journey):
    journey.place(Stage.IMPLEMENTING)
    town = str(Key(CITY, city.id, None))
    given = {"cityId": town, "cohortYear": 2023, "occurredOn": "2023-02-01", "mode": "SELECTION"}
    told = data(INVITE, journey.ministry, input=given)["participationInvite"]
    assert told["errors"] == []
    again = told["participation"]
    assert (again["mode"], again["repeat"], again["stage"]) == ("SELECTION", True, "INVITED")
    admin = city.scope(Role.CITY_ADMIN)
    assert data(MINE, admin, id=town)["city"]["participations"]["nodes"] == [
        {"repeat": False, "mode": "INVITATION", "cohort": {"year": 2022}},
        {"repeat": True, "mode": "SELECTION", "cohort": {"year": 2023}},
    ]
    (error,) = data(INVITE, journey.ministry, input=given)["participationInvite"]["errors"]
    assert error["code"] == "ALREADY_INVITED"


def _withdraw(data, city, journey):
    given = {
        "id": str(Key("par", city.id, journey.id)),
        "expectedVersion": journey.version,
        "to": "WITHDRAWN",
        "occurredOn": date(2022, 5, 2).isoformat(),
        "note": "Anggaran dialihkan.",
    }
    return data(ADVANCE, city.scope(Role.CITY_ADMIN), input=given)["participationAdvance"]


@pytest.mark.parametrize("stage", OPEN)
def test_a_city_withdraws_from_every_open_stage(data, city, journey, stage):
    journey.place(stage)
    told = _withdraw(data, city, journey)
    assert told["errors"] == []
    row = told["participation"]
    assert (row["stage"], row["nextStages"]) == ("WITHDRAWN", [])
    assert row["steps"][-1] == {"stage": "WITHDRAWN", "note": "Anggaran dialihkan."}


@pytest.mark.parametrize("stage", sorted(CLOSED))
def test_nobody_withdraws_from_what_has_ended(data, city, journey, stage):
    journey.place(stage)
    told = _withdraw(data, city, journey)
    assert told["participation"] is None
    (error,) = told["errors"]
    assert error["code"] == "WRONG_STAGE"
