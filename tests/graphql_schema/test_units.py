"""Departments in the API: reorganised, with their chain of successors and their open work."""

from __future__ import annotations

from uuid import uuid4

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tests.graphql_schema.places import innovation

REORGANISE = """mutation($input: UnitsReorganiseInput!) { unitsReorganise(input: $input) {
  unit { shortName validTo replacedBy { shortName }
    successions { kind occurredOn basis successor { shortName
      predecessions { unit { name } } } } }
  errors { code path } } }"""
REPLACE = """mutation($input: UnitReplaceInput!) { unitReplace(input: $input) {
  unit { validTo replacedBy { id } } errors { code path } } }"""
WORK = """query($id: ID!) { node(id: $id) { ... on Unit { openWork { kind id name } } } }"""
OWNER = """query($id: ID!) { node(id: $id) { ... on Innovation { unit { shortName } } } }"""


def unit_id(city, row_id) -> str:
    return str(Key("unt", city.id, row_id))


def asked(city, kind, *units, **options) -> dict:
    return {
        "cityId": str(Key("cty", city.id, None)),
        "kind": kind,
        "units": [{"id": unit_id(city, each), "expectedVersion": 1} for each in units],
        "on": "2024-07-01",
        "idempotencyKey": str(uuid4()),
        **options,
    }


def test_a_split_moves_the_chosen_work_and_keeps_the_chain(data, database, city):
    admin, old = city.scope(), city.unit("Dinas Lama", "Dislama")
    moving, staying = (
        str(Key("inn", city.id, innovation(database, city, unit_id=old))) for _ in range(2)
    )
    work = data(WORK, admin, id=unit_id(city, old))["node"]["openWork"]
    assert {(item["kind"], item["id"]) for item in work} == {
        ("INNOVATION", moving),
        ("INNOVATION", staying),
    }
    given = asked(
        city,
        "SPLIT",
        old,
        basis="Perda 5 Tahun 2024",
        successors=[
            {"name": "Dinas Satu", "shortName": "Satu"},
            {"name": "Dinas Dua", "shortName": "Dua"},
        ],
        choices=[{"id": moving, "successor": 1}],
    )
    done = data(REORGANISE, admin, input=given)["unitsReorganise"]
    assert done["errors"] == []
    before = [{"unit": {"name": "Dinas Lama"}}]
    entry = {"kind": "SPLIT", "occurredOn": "2024-07-01", "basis": "Perda 5 Tahun 2024"}
    assert done["unit"] == {
        "shortName": "Dislama",
        "validTo": "2024-07-01",
        "replacedBy": {"shortName": "Satu"},
        "successions": [
            {**entry, "successor": {"shortName": name, "predecessions": before}}
            for name in ("Satu", "Dua")
        ],
    }
    owners = [
        data(OWNER, admin, id=each)["node"]["unit"]["shortName"] for each in (moving, staying)
    ]
    assert owners == ["Dua", "Satu"]


def test_a_unit_is_replaced_with_its_open_work(data, database, city):
    admin, old, new = city.scope(), city.unit(), city.unit("Dinas Baru", "Disbaru")
    idea = str(Key("inn", city.id, innovation(database, city, unit_id=old)))
    given = {"id": unit_id(city, old), "expectedVersion": 1, "by": unit_id(city, new)}
    done = data(REPLACE, admin, input={**given, "on": "2024-07-01"})["unitReplace"]
    assert done == {
        "unit": {"validTo": "2024-07-01", "replacedBy": {"id": unit_id(city, new)}},
        "errors": [],
    }
    assert data(OWNER, admin, id=idea)["node"]["unit"] == {"shortName": "Disbaru"}


def test_ids_at_fault_are_told_by_their_place(data, city, make_city):
    admin, foreign = city.scope(), unit_id(make_city(), city.unit())
    new = {"name": "Baru", "shortName": "Baru"}
    given = asked(city, "MERGE", city.unit(), city.unit(), successors=[{"id": "x"}])
    errors = data(REORGANISE, admin, input=given)["unitsReorganise"]["errors"]
    assert errors == [{"code": "NOT_FOUND", "path": ["successors", "0", "id"]}]
    given = asked(
        city, "RENAME", city.unit(), successors=[new], choices=[{"id": foreign, "successor": 0}]
    )
    errors = data(REORGANISE, admin, input=given)["unitsReorganise"]["errors"]
    assert errors == [{"code": "NOT_FOUND", "path": ["choices", "0", "id"]}]


def test_open_work_is_for_who_may_reorganise(data, city):
    unit = city.unit()
    reader = city.scope(Role.BAPPEDA)
    assert data(WORK, reader, id=unit_id(city, unit))["node"]["openWork"] is None
    assert data(WORK, city.scope(), id=unit_id(city, unit))["node"]["openWork"] == []
