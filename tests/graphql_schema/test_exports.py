"""Exports through the API: asked for with a list's filter, followed, fetched, and kept apart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from graphql_schema.ids import Key, decode
from graphql_schema.schema import core
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.exports import actions
from tenants.exports.models import Export, ExportFormat, ExportKind
from tenants.exports.tables.registry import TABLES
from tenants.submissions.models import Innovation, Maturity
from tenants.submissions.workflow import InnovationState
from tests.graphql_schema.places import innovation
from workers.exports.writing import Order, write

ASK = """mutation($input: ExportRequestInput!) { exportRequest(input: $input) {
  export { id kind format language state rows sizeBytes hash failure expiresAt
    city { slug } job { state kind progress } requestedBy { name } }
  errors { code path } } }"""
LINK = """mutation($id: ID!) { exportLink(input: {id: $id}) {
  url export { state } errors { code message } } }"""
LISTED = """query($city: CityBy!, $filter: InnovationFilter) { city(by: $city) {
  innovations(filter: $filter, first: 100, orderBy: [{field: CREATED_AT}]) { nodes { id } } } }"""
NODE = "query($id: ID!) { node(id: $id) { id } }"
FILE = {"sha256": "c" * 64, "size_bytes": 12, "rows": 3}


def wish(city, **fields) -> dict:
    key = city and str(Key("cty", city.id, None))
    given = {"cityId": key, "rows": {"innovations": {}}, "format": "JSONL"}
    return {**given, "idempotencyKey": str(uuid4()), **fields}


def kept(database, city, key: str) -> Export:
    with database.unit_of_work(Scope(Door.WORKER, city.id if city else NATION)) as session:
        tenant = city.id if city else NATION
        return session.get_one(Export, (tenant, _uuid(key)))


def _uuid(key: str) -> UUID:
    return decode(key).id


@pytest.fixture
def five(database, city) -> list[str]:
    """Five innovations that differ in every way that a filter knows."""
    states = list(InnovationState)[:5]
    keys = [
        innovation(database, city, name=f"Inovasi {n} 50%_/", state=state, budget_rupiah=f"{n}000")
        for n, state in enumerate(states)
    ]
    with database.unit_of_work(Scope(Door.CITY, city.id)) as session:
        for number, key in enumerate(keys):
            row = session.get_one(Innovation, (city.id, key))
            row.maturity = list(Maturity)[number % 3]
    return [str(Key("inn", city.id, key)) for key in keys]


def test_an_export_is_asked_for_followed_and_fetched(data, database, city):
    scope = city.scope(Role.BAPPEDA)
    made = data(ASK, scope, input=wish(city, format="XLSX", language="EN"))["exportRequest"]
    assert made["errors"] == []
    export = made["export"]
    assert (export["kind"], export["format"], export["language"]) == ("INNOVATIONS", "XLSX", "EN")
    assert (export["state"], export["city"]) == ("WAITING", {"slug": city.slug})
    assert export["job"] == {"state": "QUEUED", "kind": "exports.write", "progress": None}
    early = data(LINK, scope, id=export["id"])["exportLink"]
    assert (early["url"], early["errors"][0]["code"]) == (None, "EXPORT_NOT_READY")
    worker = Scope(Door.WORKER, city.id, scope.person_id)
    soon = datetime.now(UTC) + timedelta(days=7)
    with database.unit_of_work(worker) as session:
        actions.complete(session, _uuid(export["id"]), **FILE, expires_at=soon)
    linked = data(LINK, scope, id=export["id"])["exportLink"]
    assert (linked["export"], linked["errors"]) == ({"state": "READY"}, [])
    assert f"/files/exp.{city.id}.{_uuid(export['id']).hex}?expires=" in linked["url"]
    seen = """query($city: CityBy!) { city(by: $city) { exports(filter: {state: {eq: READY}}) {
      nodes { rows sizeBytes hash } } } }"""
    found = data(seen, scope, city={"slug": city.slug})["city"]["exports"]["nodes"]
    assert found == [{"rows": 3, "sizeBytes": 12, "hash": "c" * 64}]
    told = data("{ viewer { notifications { nodes { kind subjectId } } } }", scope)["viewer"]
    assert told["notifications"]["nodes"] == [{"kind": "EXPORT_READY", "subjectId": export["id"]}]


def test_one_key_asks_once(data, city):
    given, scope = wish(city), city.scope()
    first = data(ASK, scope, input=given)["exportRequest"]["export"]["id"]
    assert data(ASK, scope, input=given)["exportRequest"]["export"]["id"] == first
    other = data(ASK, scope, input={**given, "rows": {"units": {}}})["exportRequest"]
    assert [error["code"] for error in other["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


@pytest.mark.parametrize(
    "conditions",
    [
        {},
        {"state": {"in": ["DRAFT", "ENDORSED"]}, "name": None},
        {"name": {"contains": "1 50%_/"}},
        {"budgetRupiah": {"gt": "1000", "lte": "3000"}},
        {"maturity": {"eq": "IDEA"}, "not": {"state": {"eq": "DRAFT"}}},
        {"or": [{"state": {"eq": "SUBMITTED"}}, {"budgetRupiah": {"eq": "4000"}}, {}]},
        {"and": [], "or": [], "not": {}},
        {"createdAt": {"gte": "2020-01-01T00:00:00+07:00"}, "unitId": {"isNull": False}},
        {"createdAt": {"lt": "2020-01-01T00:00:00+07:00"}},
    ],
)
def test_a_filter_means_the_same_in_a_list_and_in_an_export(
    data, database, city, five, tmp_path, conditions
):
    scope = city.scope()
    listed = data(LISTED, scope, city={"slug": city.slug}, filter=conditions)["city"]
    made = data(ASK, scope, input=wish(city, rows={"innovations": conditions}))["exportRequest"]
    assert made["errors"] == []
    criteria = kept(database, city, made["export"]["id"]).criteria
    order = Order(city.id, ExportKind.INNOVATIONS, ExportFormat.JSONL, "id", criteria)
    write(database, order, tmp_path / "rows", lambda _: None, most_bytes=10**6)
    lines = (tmp_path / "rows").read_text().splitlines()
    exported = [json.loads(line)["id"] for line in lines]
    assert sorted(exported) == sorted(node["id"] for node in listed["innovations"]["nodes"])


def test_ids_of_rows_lead_back_to_them(data, database, city, five, tmp_path):
    for kind in (ExportKind.INNOVATIONS, ExportKind.UNITS, ExportKind.PARTICIPATIONS):
        order = Order(city.id, kind, ExportFormat.JSONL, "id", {})
        write(database, order, tmp_path / kind.value, lambda _: None, most_bytes=10**6)
        first = json.loads((tmp_path / kind.value).read_text().splitlines()[0])
        assert data(NODE, city.scope(), id=first["id"])["node"] == {"id": first["id"]}


def test_every_prefix_of_an_export_is_one_of_the_api():
    known = core.extensions["prefixes"]
    prefixes = {
        column.prefix for table in TABLES.values() for column in table.columns if column.prefix
    }
    assert prefixes <= set(known)


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        ({"state": {"eq": None}}, "INVALID"),
        ({"name": {"contains": "x" * 201}}, "INVALID"),
        ({"unitId": {"eq": "bohong"}}, "NOT_FOUND"),
    ],
)
def test_a_filter_that_cannot_hold_is_refused(data, city, conditions, code):
    answer = data(ASK, city.scope(), input=wish(city, rows={"innovations": conditions}))
    assert answer["exportRequest"]["export"] is None
    assert [error["code"] for error in answer["exportRequest"]["errors"]] == [code]


def test_strangers_neither_ask_nor_see_nor_fetch(data, database, city, make_city):
    made = data(ASK, city.scope(), input=wish(city))["exportRequest"]["export"]["id"]
    stranger = make_city().scope()
    asked = data(ASK, stranger, input=wish(city))["exportRequest"]["errors"]
    assert asked == [{"code": "NOT_FOUND", "path": ["cityId"]}]
    assert data(NODE, stranger, id=made) == {"node": None}
    assert data(LINK, stranger, id=made)["exportLink"]["errors"][0]["code"] == "NOT_FOUND"
    seen = "query($city: CityBy!) { city(by: $city) { exports { totalCount } } }"
    assert data(seen, stranger, city={"slug": city.slug})["city"] == {"exports": None}


def test_all_cities_are_the_ministrys(data, database, city, ministry):
    refused = data(ASK, city.scope(), input=wish(None))["exportRequest"]
    assert refused["errors"] == [{"code": "FORBIDDEN", "path": []}]
    reader = ministry(None, Role.MINISTRY_READER)
    made = data(ASK, reader, input=wish(None, rows={"programmes": {"isNew": {"eq": True}}}))
    export = made["exportRequest"]["export"]
    assert (export["kind"], export["city"]) == ("PROGRAMMES", None)
    assert kept(database, None, export["id"]).criteria == {"is_new": {"eq": True}}
    seen = "{ national { exports(first: 100) { nodes { id city { slug } } } } }"
    nodes = data(seen, reader)["national"]["exports"]["nodes"]
    assert {"id": export["id"], "city": None} in nodes
    assert all(node["city"] is None for node in nodes)
    assert data(NODE, city.scope(), id=export["id"]) == {"node": None}


def test_a_job_tells_how_far_it_is_and_is_stopped_by_who_asked(data, database, city):
    scope = city.scope()
    ask = ASK.replace("job { state", "job { id state")
    job = data(ask, scope, input=wish(city))["exportRequest"]["export"]["job"]["id"]
    stop = """mutation($id: ID!) { jobCancel(input: {id: $id}) {
      job { state } errors { code } } }"""
    others = data(stop, city.scope(), id=job)["jobCancel"]
    assert others == {"job": None, "errors": [{"code": "JOB_OF_ANOTHER"}]}
    assert data(stop, scope, id=job)["jobCancel"]["job"] == {"state": "CANCELLED"}
