"""Programmes and departments entered together through the API."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.places import cohort, innovation, participation

BEGIN = """mutation($input: MasterplanCreateInput!) { masterplanCreate(input: $input) {
  masterplan { id } errors { code } } }"""
CREATE = """mutation($input: ProgrammesCreateInput!) { programmesCreate(input: $input) {
  errors { code } results { programme { id code version totalBudgetRupiah }
    errors { code path } } } }"""
CHANGE = """mutation($input: ProgrammesUpdateInput!) { programmesUpdate(input: $input) {
  errors { code } results { index programme { name version budgets { amountRupiah } }
    errors { code path } } } }"""
PLACE = """mutation($input: InnovationsPlaceInput!) { innovationsPlace(input: $input) {
  errors { code } results { programme { code name innovation { state } }
    errors { code } } } }"""
ENTER = """mutation($input: UnitsCreateInput!) { unitsCreate(input: $input) {
  errors { code } results { unit { shortName } errors { code path } } } }"""
BUDGET = {"year": 2023, "source": "APBD", "amountRupiah": "Rp2.000.000,00"}


@pytest.fixture
def planner(city):
    return city.scope(Role.BAPPEDA)


@pytest.fixture
def plan(data, database, city, planner) -> str:
    """Id of the city's masterplan, 2023 to 2027."""
    given = {
        "participationId": str(Key("par", city.id, participation(database, city))),
        "title": "Masterplan",
        "periodStart": 2023,
        "periodEnd": 2027,
        "idempotencyKey": str(uuid4()),
    }
    return data(BEGIN, planner, input=given)["masterplanCreate"]["masterplan"]["id"]


def in_city(city, *items: dict) -> dict:
    key = str(Key("cty", city.id, None))
    return {"cityId": key, "onError": "SKIP_INVALID", "items": list(items)}


def test_a_table_of_programmes_is_entered_and_edited(data, database, city, planner, plan):
    """Bappeda enters two programmes with their money, then corrects both."""
    fields = {
        "dimensionId": str(Key("dim", None, cohort(database)[1])),
        "leadUnitId": str(Key("unt", city.id, city.unit())),
    }
    target = {"year": 2023, "value": "40"}
    items = [
        {**fields, "name": "Pasar daring", "budgets": [BUDGET]},
        {**fields, "name": "Parkir", "targets": [target]},
    ]
    given = {"masterplanId": plan, "idempotencyKey": str(uuid4()), "items": items}
    answer = data(CREATE, planner, input=given)["programmesCreate"]
    assert answer["errors"] == []
    rows = [result["programme"] for result in answer["results"]]
    assert [(row["code"], row["totalBudgetRupiah"]) for row in rows] == [
        ("ECO-01", "2000000"),
        ("ECO-02", "0"),
    ]
    late = {"budgets": [{**BUDGET, "year": 2031}]}
    edits = [
        {"id": row["id"], "expectedVersion": 1, **change}
        for row, change in zip(rows, (late, {"name": "Parkir tepi jalan"}), strict=True)
    ]
    edited = data(CHANGE, planner, input=in_city(city, *edits))["programmesUpdate"]["results"]
    assert edited[0]["programme"] is None
    assert [error["code"] for error in edited[0]["errors"]] == ["YEAR_OUTSIDE_PERIOD"]
    assert edited[0]["errors"][0]["path"][:3] == ["items", "0", "budgets"]
    assert edited[1]["programme"] == {"name": "Parkir tepi jalan", "version": 2, "budgets": []}


def test_accepted_innovations_are_placed_together_once(data, database, city, planner, plan):
    states = (InnovationState.ACCEPTED, InnovationState.DRAFT, InnovationState.ACCEPTED)
    keys = [
        str(Key("inn", city.id, innovation(database, city, name=name, state=state)))
        for name, state in zip("ABC", states, strict=True)
    ]
    items = [{"innovationId": key} for key in keys]
    given = {**in_city(city, *items), "idempotencyKey": str(uuid4())}
    first = data(PLACE, planner, input=given)["innovationsPlace"]["results"]
    assert [result["programme"] for result in first] == [
        {"code": "ECO-01", "name": "A", "innovation": {"state": "PLACED"}},
        None,
        {"code": "ECO-02", "name": "C", "innovation": {"state": "PLACED"}},
    ]
    assert [error["code"] for error in first[1]["errors"]] == ["INNOVATION_NOT_ACCEPTED"]
    assert data(PLACE, planner, input=given)["innovationsPlace"]["results"] == first


def test_a_city_enters_its_departments_together(data, city):
    items = [{"name": f"Dinas {n}", "shortName": n, "kind": "AGENCY"} for n in ("A", "B", "A")]
    given = {**in_city(city, *items), "idempotencyKey": str(uuid4())}
    rows = data(ENTER, city.scope(), input=given)["unitsCreate"]["results"]
    assert [row["unit"] for row in rows] == [{"shortName": "A"}, {"shortName": "B"}, None]
    assert rows[2]["errors"] == [
        {"code": "UNIT_SHORT_NAME_TAKEN", "path": ["items", "2", "shortName"]}
    ]
