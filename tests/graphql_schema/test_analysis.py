"""The analysis through the API: sources, citations, readiness, gaps, SWOT, strategies."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tenants.masterplan.models import Masterplan
from tests.graphql_schema.places import participation

ERRORS = "errors { __typename ... on UserError { code path } }"
SOURCE = f"""mutation($city: ID!, $key: String!) {{ sourceDocumentCreate(input: {{ cityId: $city,
  kind: BPS, title: "Kota Uji dalam Angka", year: 2022, idempotencyKey: $key }})
  {{ sourceDocument {{ id version }} {ERRORS} }} }}"""
POINT = f"""mutation($plan: ID!, $key: String!, $kind: SwotKind!, $citations: [CitationInput!]) {{
  swotPointCreate(input: {{ masterplanId: $plan, kind: $kind, text: "Pasar ramai",
  weight: "0.2500", rating: 4, citations: $citations, idempotencyKey: $key }})
  {{ point {{ id code }} {ERRORS} }} }}"""
STRATEGY = f"""mutation($plan: ID!, $key: String!, $points: [ID!]) {{ swotStrategyCreate(input: {{
  masterplanId: $plan, kind: SO, text: "Pasar daring", pointIds: $points, idempotencyKey: $key }})
  {{ strategy {{ id code }} {ERRORS} }} }}"""
READINESS = f"""mutation($plan: ID!, $key: String!, $part: String!, $score: Int) {{
  readinessCreate(input: {{ masterplanId: $plan, element: "structure", part: $part, score: $score,
  idempotencyKey: $key }}) {{ readiness {{ id score }} {ERRORS} }} }}"""
PLAN = """query($id: ID!) { node(id: $id) { ... on Masterplan {
  swotPoints { code weight rating citations { sourceDocument { title } page indicator } }
  swotStrategies { code points { code } } readiness { element part score }
  readinessAxes { element mean scored parts } gaps { gap } visionCitations { indicator } } } }"""


@pytest.fixture
def plan(database, city):
    """The opaque id of a plan whose edition knows two parts of readiness."""
    participation_id = participation(database, city)
    with database.unit_of_work(city.scope()) as session:
        row = Masterplan(
            tenant_id=city.id, participation_id=participation_id, title="Rencana",
            period_start=2023, period_end=2027,
        )  # fmt: skip
        session.add(row)
        session.flush()  # its id is asked for
        return str(Key("mpl", city.id, row.id))


def key() -> str:
    return str(uuid4())


def test_swot_points_cite_documents_and_strategies_name_them(data, city, plan):
    scope = city.scope(Role.BAPPEDA)
    city_id = str(Key("cty", city.id, None))
    made = data(SOURCE, scope, city=city_id, key=key())["sourceDocumentCreate"]
    source = made["sourceDocument"]["id"]
    cited = [{"sourceDocumentId": source, "page": "12"}]
    of = {"plan": plan, "citations": cited}
    points = [
        data(POINT, scope, **of, key=key(), kind=kind)["swotPointCreate"]["point"]
        for kind in ("STRENGTH", "OPPORTUNITY")
    ]
    ids = [each["id"] for each in points]
    made = data(STRATEGY, scope, plan=plan, key=key(), points=ids)["swotStrategyCreate"]
    assert made["strategy"]["code"] == "SO-1"
    told = data(PLAN, city.scope(Role.COUNCIL), id=plan)["node"]
    assert told["swotStrategies"] == [{"code": "SO-1", "points": [{"code": "O1"}, {"code": "S1"}]}]
    citation = {
        "sourceDocument": {"title": "Kota Uji dalam Angka"},
        "page": "12",
        "indicator": "",
    }
    assert told["swotPoints"] == [
        {"code": code, "weight": "0.25", "rating": 4, "citations": [citation]}
        for code in ("O1", "S1")
    ]


def test_every_fault_of_a_strategy_is_told_at_its_field(data, city, plan):
    scope = city.scope()
    refused = data(STRATEGY, scope, plan=plan, key=key(), points=[plan])["swotStrategyCreate"]
    assert refused["strategy"] is None
    assert [(each["code"], each["path"]) for each in refused["errors"]] == [
        ("NOT_FOUND", ["pointIds", "0"])
    ]


def test_a_part_that_the_edition_lacks_is_refused(data, city, plan):
    refused = data(READINESS, city.scope(), plan=plan, key=key(), part="people", score=3)
    assert [each["code"] for each in refused["readinessCreate"]["errors"]] == [
        "READINESS_PART_UNKNOWN"
    ]


def test_another_city_sees_nothing_of_the_analysis(data, city, make_city, plan):
    scope = city.scope()
    point = data(POINT, scope, plan=plan, key=key(), kind="THREAT", citations=[])
    point_id = point["swotPointCreate"]["point"]["id"]
    asked = "query($id: ID!) { node(id: $id) { id } }"
    assert data(asked, make_city().scope(), id=point_id) == {"node": None}
    assert data(asked, scope, id=point_id) == {"node": {"id": point_id}}


def test_a_deleted_document_answers_null_without_errors(data, city):
    scope = city.scope()
    city_id = str(Key("cty", city.id, None))
    made = data(SOURCE, scope, city=city_id, key=key())["sourceDocumentCreate"]["sourceDocument"]
    delete = f"""mutation($id: ID!) {{ sourceDocumentDelete(
      input: {{ id: $id, expectedVersion: 1 }}) {{ sourceDocument {{ id }} {ERRORS} }} }}"""
    told = data(delete, scope, id=made["id"])["sourceDocumentDelete"]
    assert told == {"sourceDocument": None, "errors": []}
    again = data(delete, scope, id=made["id"])["sourceDocumentDelete"]
    assert [each["code"] for each in again["errors"]] == ["NOT_FOUND"]
