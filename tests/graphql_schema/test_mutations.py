"""Steps through the API: payloads, errors as data, idempotency, versions."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.execution import READER
from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tests.graphql_schema.places import cohort, innovation, participation

CREATE = """mutation($input: InnovationCreateInput!) { innovationCreate(input: $input) {
  innovation { id version state name budgetRupiah unit { id } }
  errors { __typename code message path } } }"""
SUBMIT = """mutation($id: ID!, $version: Int!) {
  innovationSubmit(input: {id: $id, expectedVersion: $version}) { innovation { state version }
    errors { __typename code message path
      ... on StaleVersionError { currentVersion
        current { ... on Innovation { name version } } } } } }"""


@pytest.fixture
def unit(city):
    return city.unit("Dinas Pariwisata", "Dispar")


@pytest.fixture
def proposal(database, city, unit):
    """Input of a complete innovation."""
    _, pillar = cohort(database)
    texts = "problem solution benefit uniqueness sustainability"
    return {
        "participationId": str(Key("par", city.id, participation(database, city))),
        "unitId": str(Key("unt", city.id, unit)),
        "dimensionId": str(Key("dim", None, pillar)),
        "name": "Tiket Jam Gadang",
        "kind": "DIGITAL",
        "maturity": "TRIAL",
        "budgetRupiah": "Rp1.500.000,00",
        "idempotencyKey": str(uuid4()),
        **{name: f"Isi {name}." for name in texts.split()},
    }


def test_an_innovation_is_created_once_for_one_key(data, city, unit, proposal):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    first = data(CREATE, scope, input=proposal)["innovationCreate"]
    again = data(CREATE, scope, input=proposal)["innovationCreate"]
    assert first["errors"] == again["errors"] == []
    assert first == again
    assert first["innovation"]["budgetRupiah"] == "1500000"
    changed = data(CREATE, scope, input={**proposal, "name": "Lain"})["innovationCreate"]
    assert [error["code"] for error in changed["errors"]] == ["IDEMPOTENCY_KEY_REUSED"]


def test_the_head_submits_and_the_operator_may_not(data, city, unit, proposal):
    made = data(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=proposal)
    made = made["innovationCreate"]["innovation"]
    step = {"id": made["id"], "version": made["version"]}
    refused = data(SUBMIT, city.scope(Role.UNIT_OPERATOR, unit), **step)["innovationSubmit"]
    assert refused["innovation"] is None
    assert refused["errors"][0]["__typename"] == "ForbiddenError"
    other = data(SUBMIT, city.scope(Role.UNIT_HEAD, city.unit()), **step)["innovationSubmit"]
    assert other["errors"][0]["code"] == "FORBIDDEN_UNIT"
    done = data(SUBMIT, city.scope(Role.UNIT_HEAD, unit), **step)["innovationSubmit"]
    assert done == {"innovation": {"state": "SUBMITTED", "version": 2}, "errors": []}


def test_a_stale_version_comes_back_with_what_is_stored(data, city, unit, proposal):
    made = data(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=proposal)
    made = made["innovationCreate"]["innovation"]
    head = city.scope(Role.UNIT_HEAD, unit)
    answer = data(SUBMIT, head, id=made["id"], version=7)["innovationSubmit"]
    (error,) = answer["errors"]
    assert (error["code"], error["path"]) == ("STALE_VERSION", ["expectedVersion"])
    assert error["currentVersion"] == 1
    assert error["current"] == {"name": "Tiket Jam Gadang", "version": 1}


def test_a_wrong_state_names_the_open_steps_in_both_languages(data, database, city):
    key = str(Key("inn", city.id, innovation(database, city)))
    document = """mutation($id: ID!) { innovationEndorse(input: {id: $id, expectedVersion: 1}) {
      errors { __typename code message } } }"""
    texts = {
        language: data(document, city.scope(), id=key, language=language)["innovationEndorse"]
        for language in ("id", "en")
    }
    assert texts["id"]["errors"][0]["__typename"] == "StateError"
    assert "draf" in texts["id"]["errors"][0]["message"].lower()
    assert "draft" in texts["en"]["errors"][0]["message"].lower()
    assert texts["id"] != texts["en"]


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("budgetRupiah", "1.500", "INVALID"),
        ("budgetRupiah", "-5", "INVALID"),
        ("budgetRupiah", "seribu", "INVALID"),
        ("name", "x" * 201, "INVALID"),
        ("name", " ", "INVALID"),
        ("problem", "a\x00b", "INVALID"),
        ("solution", "x" * 10_001, "INVALID"),
        ("unitId", "unt_bohong", "NOT_FOUND"),
    ],
)
def test_bad_values_are_refused_at_their_field(data, city, unit, proposal, field, value, code):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    answer = data(CREATE, scope, input={**proposal, field: value})["innovationCreate"]
    assert answer["innovation"] is None
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [(code, [field])]
    assert answer["errors"][0]["message"]


def test_several_refusals_come_at_once(data, city, unit, proposal):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    bad = {**proposal, "name": "", "budgetRupiah": "-1", "benefit": "x" * 10_001}
    answer = data(CREATE, scope, input=bad)["innovationCreate"]
    paths = [error["path"] for error in answer["errors"]]
    assert sorted(paths) == [["benefit"], ["budgetRupiah"], ["name"]]


def test_hostile_text_is_kept_as_it_was_written(data, city, unit, proposal):
    hostile = "<script>alert('x')</script> {{7*7}} '; drop table innovation; -- #eval(\"1\") 😀"
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    made = data(CREATE, scope, input={**proposal, "name": hostile})["innovationCreate"]
    assert made["innovation"]["name"] == hostile


def test_absent_fields_stay_and_sent_ones_change(data, city, unit, proposal):
    scope = city.scope(Role.UNIT_OPERATOR, unit)
    made = data(CREATE, scope, input=proposal)["innovationCreate"]["innovation"]
    document = """mutation($input: InnovationUpdateInput!) { innovationUpdate(input: $input) {
      innovation { name problem benefit budgetRupiah version } errors { code path } } }"""
    change = {"id": made["id"], "expectedVersion": 1, "benefit": "", "budgetRupiah": "2 M"}
    done = data(document, scope, input=change)["innovationUpdate"]
    assert done["errors"] == []
    assert done["innovation"] == {
        "name": "Tiket Jam Gadang",
        "problem": "Isi problem.",
        "benefit": "",
        "budgetRupiah": "2000000000",
        "version": 2,
    }


def test_a_token_is_told_once_and_ends_when_revoked(data, city):
    scope = city.scope()
    make = """mutation($input: TokenCreateInput!) { tokenCreate(input: $input) {
      secret token { id scopes city { slug } revokedAt } errors { code path } } }"""
    given = {"name": "Dasbor", "scopes": ["CITY_READ"], "cityId": str(Key("cty", city.id, None))}
    made = data(make, scope, input=given)["tokenCreate"]
    assert made["errors"] == []
    assert made["secret"].startswith("kc_")
    assert made["token"]["scopes"] == ["CITY_READ"]
    assert made["token"]["city"] == {"slug": city.slug}
    assert made["secret"] not in str(data("{ viewer { tokens { id name } } }", scope))
    wide = {**given, "scopes": ["NATIONAL_READ"]}
    refused = data(make, scope, input=wide)["tokenCreate"]
    assert [error["code"] for error in refused["errors"]] == ["TOKEN_SCOPE_TOO_WIDE"]
    end = """mutation($id: ID!) { tokenRevoke(input: {id: $id}) {
      token { revokedAt } errors { code } } }"""
    stranger = data(end, city.scope(), id=made["token"]["id"])["tokenRevoke"]
    assert stranger == {"token": None, "errors": [{"code": "NOT_FOUND"}]}
    ended = data(end, scope, id=made["token"]["id"])["tokenRevoke"]
    assert ended["token"]["revokedAt"]
    seen = "query($id: ID!) { node(id: $id) { id } }"
    assert data(seen, city.scope(), id=made["token"]["id"]) == {"node": None}
    assert data(seen, scope, id=made["token"]["id"])["node"]


def test_an_id_of_another_kind_is_refused_at_its_own_field(data, city):
    document = """mutation($input: UnitCreateInput!) { unitCreate(input: $input) {
      errors { code path } } }"""
    given = {"cityId": "par_c1", "name": "Dinas", "shortName": "D", "kind": "AGENCY"}
    answer = data(document, city.scope(), input={**given, "idempotencyKey": str(uuid4())})
    assert answer["unitCreate"]["errors"] == [{"code": "NOT_FOUND", "path": ["cityId"]}]


def test_what_a_mutation_changed_is_read_alike_by_both_paths(data, city, unit, proposal):
    made = data(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=proposal)
    key = made["innovationCreate"]["innovation"]["id"]
    document = """mutation($id: ID!, $first: Int = 1) {
      again: innovationSubmit(input: {id: $id, expectedVersion: 7}) { ...Refused }
      unitUpdate: innovationSubmit(input: {id: $id, expectedVersion: 8}) { ...Refused } }
      fragment Refused on InnovationSubmitPayload { innovation { id } errors { code
        ... on StaleVersionError { current { __typename id ... on Innovation { version createdAt
          unit { innovations(first: $first) { totalCount edges { cursor node { name } }
            pageInfo { hasNextPage endCursor } } } } } } } }"""
    head = city.scope(Role.UNIT_HEAD, unit)
    compiled = data(document, head, id=key)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(READER.__class__, "answer", _declined)
        assert data(document, head, id=key) == compiled
    (error,) = compiled["again"]["errors"]
    assert (error["code"], error["current"]["__typename"]) == ("STALE_VERSION", "Innovation")
    page = error["current"]["unit"]["innovations"]
    assert (page["totalCount"], page["edges"][0]["cursor"]) == (1, page["pageInfo"]["endCursor"])


def test_a_change_is_told_even_if_what_was_changed_cannot_be_read(ask, city, unit, proposal):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(READER.__class__, "answer", _broken)
        result = ask(CREATE, city.scope(Role.UNIT_OPERATOR, unit), input=proposal)
    assert result.data == {"innovationCreate": {"innovation": None, "errors": []}}
    (error,) = result.errors
    assert error.path == ["innovationCreate", "innovation"]
    assert isinstance(error.original_error, KeyError)


async def _broken(*_given):
    """Fail by a defect."""
    raise KeyError("defect")


async def _declined(*_given):
    """Leave an operation to graphql-core."""
    return


REVISIONS = """query($id: ID!) { node(id: $id) { ... on Innovation { revisions {
  number changes { field words { kind text } } } } } }"""


def test_a_revision_shows_the_fields_that_it_changed(data, city, unit, proposal):
    head = city.scope(Role.UNIT_HEAD, unit)
    made = data(CREATE, head, input=proposal)["innovationCreate"]["innovation"]
    data(SUBMIT, head, id=made["id"], version=made["version"])
    (first,) = data(REVISIONS, head, id=made["id"])["node"]["revisions"]
    told = {change["field"]: change["words"] for change in first["changes"]}
    assert told["NAME"] == [{"kind": "ADDED", "text": "Tiket Jam Gadang"}]
    assert "RISKS" not in told
