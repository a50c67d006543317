"""Mutations of many rows through the API."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from graphql_schema.bulk import results
from graphql_schema.ids import Key
from graphql_schema.reader.reading import read_keys
from kotacerdas.bulk import MOST
from kotacerdas.identity.policy import Role
from kotacerdas.jobs import Job
from kotacerdas.scope import Door, Scope
from tenants.notifications.models import Notification
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.places import cohort, innovation, participation

ROW_ERRORS = "errors { __typename code message path"
CREATE = """mutation($input: InnovationsCreateInput!) { innovationsCreate(input: $input) {
  errors { code message path }
  results { index innovation { id name version state unit { shortName } }
    errors { __typename code message path } } } }"""


def step(name: str) -> str:
    return (
        f"mutation($input: InnovationsStepInput!) {{ {name}(input: $input) {{"
        " errors { code path }"
        " results { index innovation { state version } errors { code path"
        " ... on StaleVersionError { currentVersion current { ... on Innovation { name } } } } }"
        " } }"
    )


@pytest.fixture
def unit(city):
    return city.unit("Dinas Pariwisata", "Dispar")


@pytest.fixture
def sheet(database, city, unit):
    """Return a function: the input of a sheet of complete innovations of these names."""
    _, pillar = cohort(database)
    texts = {
        name: f"Isi {name}."
        for name in ("problem", "solution", "benefit", "uniqueness", "sustainability")
    }
    item = {
        "unitId": str(Key("unt", city.id, unit)),
        "dimensionId": str(Key("dim", None, pillar)),
        "kind": "DIGITAL",
        "maturity": "TRIAL",
        "budgetRupiah": "1,5 M",
        **texts,
    }

    def make(*names: str, **options) -> dict:
        return {
            "participationId": str(Key("par", city.id, participation(database, city))),
            "idempotencyKey": str(uuid4()),
            "items": [{**item, "name": name} for name in names],
            **options,
        }

    return make


def steps(city, *rows) -> dict:
    return {
        "cityId": str(Key("cty", city.id, None)),
        "items": [{"id": row["id"], "expectedVersion": row["version"]} for row in rows],
    }


def told(database, city) -> list[tuple[str, str]]:
    mine = select(Notification.kind, Notification.data["name"].as_string())
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        rows = session.execute(mine.where(Notification.tenant_id == city.id))
        return sorted((kind.value, name) for kind, name in rows)


def jobs(database, city) -> int:
    with database.unit_of_work(Scope(Door.WORKER, city.id)) as session:
        return session.scalar(select(func.count()).where(Job.tenant_id == city.id))


def test_a_department_hands_in_its_sheet_and_the_city_endorses_it(
    data, database, city, unit, sheet
):
    city.person(Role.BAPPEDA)
    city.person(Role.EXPERT)
    made = data(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=sheet("A", "B", "C"))
    made = made["innovationsCreate"]
    assert made["errors"] == []
    rows = [result["innovation"] for result in made["results"]]
    assert [row["name"] for row in rows] == ["A", "B", "C"]
    assert rows[0]["unit"] == {"shortName": "Dispar"}
    assert told(database, city) == []
    head = city.scope(Role.UNIT_HEAD, unit)
    done = data(step("innovationsSubmit"), head, input=steps(city, *rows))["innovationsSubmit"]
    assert done["errors"] == []
    assert [result["innovation"] for result in done["results"]] == [
        {"state": "SUBMITTED", "version": 2}
    ] * 3
    assert told(database, city) == [("submitted_many", "A; B; C")]
    assert jobs(database, city) == 1
    ahead = [{**row, "version": 2} for row in rows]
    done = data(step("innovationsEndorse"), city.scope(Role.BAPPEDA), input=steps(city, *ahead))[
        "innovationsEndorse"
    ]
    assert {result["innovation"]["state"] for result in done["results"]} == {"ENDORSED"}
    assert told(database, city)[0] == ("endorsed_many", "A; B; C")


def test_a_refused_row_rejects_all_and_each_fault_is_told_at_its_place(data, city, unit, sheet):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    given = sheet("A", " ", "C")
    given["items"][2] |= {"budgetRupiah": "seribu", "unitId": "unt_bohong"}
    answer = data(CREATE, scope, input=given)["innovationsCreate"]
    (whole,) = answer["errors"]
    assert (whole["code"], whole["path"]) == ("BULK_REJECTED", ["items"])
    assert whole["message"].startswith("2 dari 3 baris ditolak")
    paths = [[error["path"] for error in result["errors"]] for result in answer["results"]]
    assert paths == [[], [["items", "1", "name"]], [["items", "2", "unitId"]]]
    assert [result["innovation"] for result in answer["results"]] == [None, None, None]
    seen = "query($city: CityBy!) { city(by: $city) { innovations { totalCount } } }"
    count = data(seen, city.scope(), city={"slug": city.slug})["city"]["innovations"]
    assert count == {"totalCount": 0}


def test_what_is_refused_is_skipped_if_that_is_wished(data, city, unit, sheet):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    given = sheet("A", " ", "C", onError="SKIP_INVALID")
    answer = data(CREATE, scope, input=given)["innovationsCreate"]
    assert answer["errors"] == []
    names = [(result["innovation"] or {}).get("name") for result in answer["results"]]
    assert names == ["A", None, "C"]
    corrected = {**given, "items": [*given["items"][:1], {**given["items"][1], "name": "B"}]}
    again = data(CREATE, scope, input=corrected)["innovationsCreate"]
    assert again["results"][0] == answer["results"][0]
    assert again["results"][1]["innovation"]["name"] == "B"


def test_a_stale_row_comes_back_with_what_is_stored(data, database, city, unit):
    keys = [
        str(Key("inn", city.id, innovation(database, city, name=name, unit_id=unit)))
        for name in "AB"
    ]
    rows = [{"id": key, "version": version} for key, version in zip(keys, (1, 7), strict=True)]
    head = city.scope(Role.UNIT_HEAD, unit)
    given = {**steps(city, *rows), "onError": "SKIP_INVALID"}
    answer = data(step("innovationsSubmit"), head, input=given)["innovationsSubmit"]
    assert {error["code"] for error in answer["results"][0]["errors"]} == {"INVALID"}
    (stale,) = answer["results"][1]["errors"]
    assert stale == {
        "code": "STALE_VERSION",
        "path": ["items", "1", "expectedVersion"],
        "currentVersion": 1,
        "current": {"name": "B"},
    }


def test_rows_of_another_city_look_as_if_they_were_not_there(data, database, city, make_city, unit):
    other = make_city()
    foreign = str(
        Key("inn", other.id, innovation(database, other, state=InnovationState.SUBMITTED))
    )
    own = str(Key("inn", city.id, innovation(database, city, state=InnovationState.SUBMITTED)))
    rows = [{"id": each, "version": 1} for each in (own, foreign, "inn_bohong")]
    given = {**steps(city, *rows), "onError": "SKIP_INVALID"}
    answer = data(step("innovationsEndorse"), city.scope(), input=given)["innovationsEndorse"]
    codes = [[error["code"] for error in result["errors"]] for result in answer["results"]]
    assert codes == [[], ["NOT_FOUND"], ["NOT_FOUND"]]
    elsewhere = {**steps(other, *rows), "onError": "SKIP_INVALID"}
    refused = data(step("innovationsEndorse"), city.scope(), input=elsewhere)
    assert refused["innovationsEndorse"] == {
        "errors": [{"code": "NOT_FOUND", "path": ["cityId"]}],
        "results": [],
    }
    seen = "query($id: ID!) { node(id: $id) { ... on Innovation { state } } }"
    assert data(seen, other.scope(), id=foreign)["node"] == {"state": "SUBMITTED"}


def test_too_many_rows_or_none_are_refused_as_a_whole(data, city, unit, sheet):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    for names, code in (((), "BULK_EMPTY"), (["x"] * (MOST + 1), "BULK_TOO_LARGE")):
        answer = data(CREATE, scope, input=sheet(*names))["innovationsCreate"]
        assert [error["code"] for error in answer["errors"]] == [code]
        assert answer["results"] == []
    answer = data(CREATE, scope, input=sheet("A", idempotencyKey="kunci"))["innovationsCreate"]
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [
        ("INVALID", ["idempotencyKey"])
    ]


def test_all_objects_of_a_call_are_read_together(data, city, unit, sheet, monkeypatch):
    asked: list[int] = []

    async def counted(info, keys):
        asked.append(len(keys))
        return await read_keys(info, keys)

    monkeypatch.setattr(results, "read_keys", counted)
    answer = data(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=sheet(*"ABCDEFGH"))
    assert len(answer["innovationsCreate"]["results"]) == 8
    assert asked == [8]
