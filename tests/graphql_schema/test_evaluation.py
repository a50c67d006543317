"""An evaluation through the API, and who sees what of it at each stage."""

from __future__ import annotations

import pytest

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tests.years import next_year

STEP = """mutation($id: ID!, $version: Int!) {
  step: %s(input: {id: $id, expectedVersion: $version}) {
    evaluation { id state version } errors { code message } } }"""
OPEN = """mutation($input: EvaluationRoundOpenInput!) {
  evaluationRoundOpen(input: $input) { round { id year scaleMaximum edition { code } }
    errors { code path } } }"""
JOIN = """mutation($input: EvaluationTakePartInput!) {
  evaluationTakePart(input: $input) { evaluation { id state version } errors { code } } }"""
SELF = """mutation($input: SelfScoreWriteInput!) {
  selfScoreWrite(input: $input) { selfScore { id item score version } errors { code path } } }"""
ASSESS = """mutation($input: AssessorScoreWriteInput!) {
  assessorScoreWrite(input: $input) { assessorScore { score reason } errors { code } } }"""
SETTLE = """mutation($id: ID!, $version: Int!) {
  step: evaluationSettle(input: {id: $id, expectedVersion: $version, letterNumber: "B-1",
    letterDate: "2022-12-01"}) { evaluation { id state version } errors { code message } } }"""
RESULTS = """query($id: ID!) { node(id: $id) { ... on Evaluation { state
  selfScores { item } assessorScores { item }
  results { kind index parts { code weight score }
    items { item gainPerPoint gainToMaximum reasons } } } } }"""
PUBLIC = """query($year: Int!) { publishedResults(filter: {year: {eq: $year}}) { nodes {
  index city { slug } parts { code nameEn score } } } }"""
ITEMS = ["baseline", "output", "outcome", "quick_win"] + [
    f"impact.{pillar}"
    for pillar in ("government", "people", "mobility", "living", "economy", "environment")
]


@pytest.fixture(scope="session", autouse=True)
def reference(database) -> None:
    """The shipped guides."""
    with database.unit_of_work(Scope(Door.MINISTRY, NATION)) as session:
        load_reference(session)


class Round:
    """A round of its own with one city, played through the API."""

    def __init__(self, data, ministry, city) -> None:
        self.data, self.ministry, self.city = data, ministry(), city
        self.admin = city.scope(Role.CITY_ADMIN)
        self.expert = city.scope(Role.EXPERT)
        self.year = next_year()
        given = {
            "year": self.year,
            "editionCode": "pilar-2022",
            "scaleMaximum": "5",
            "selfScoreDueAt": "2031-08-29T23:59:00+07:00",
            "objectionDays": 7,
        }
        opened = data(OPEN, self.ministry, input=given)["evaluationRoundOpen"]
        assert opened["round"]["edition"] == {"code": "pilar-2022"}
        given = {"cityId": str(Key(CITY, city.id, None)), "roundId": opened["round"]["id"]}
        self.row = data(JOIN, self.ministry, input=given)["evaluationTakePart"]["evaluation"]

    def step(self, name, scope, document=None):
        asked = {"id": self.row["id"], "version": self.row["version"]}
        done = self.data(document or STEP % name, scope, **asked)["step"]
        assert done["errors"] == []
        self.row = done["evaluation"]

    def score(self, document, scope, **values):
        for item in ITEMS:
            given = {"evaluationId": self.row["id"], "item": item, "expectedVersion": 0, **values}
            (answer,) = self.data(document, scope, input=given).values()
            assert answer["errors"] == []

    def seen(self, scope):
        return self.data(RESULTS, scope, id=self.row["id"])["node"]

    def published(self, scope=None):
        return self.data(PUBLIC, scope, year=self.year)["publishedResults"]["nodes"]


@pytest.fixture
def held(data, ministry, city) -> Round:
    return Round(data, ministry, city)


def test_an_evaluation_is_played_from_self_score_to_publication(held):
    held.score(SELF, held.admin, score="3", evidence="SK 1/2022")
    held.step("evaluationSubmit", held.admin)
    held.score(ASSESS, held.expert, score="2.5", reason="Bukti kurang.")
    during = held.seen(held.admin)
    assert (len(during["selfScores"]), during["assessorScores"]) == (10, None)
    assert [each["kind"] for each in during["results"]] == ["SELF"]
    assert len(held.seen(held.expert)["assessorScores"]) == 10
    held.step("evaluationConclude", held.ministry)
    last = held.seen(held.admin)["results"][-1]
    assert (last["kind"], last["index"]) == ("PROVISIONAL", "2.5")
    assert [part["weight"] for part in last["parts"]] == ["10", "20", "30", "20", "20"]
    assert last["items"][0] == {
        "item": "outcome",
        "gainPerPoint": "0.3",
        "gainToMaximum": "0.75",
        "reasons": ["Bukti kurang."],
    }
    held.step("evaluationAccept", held.admin)
    held.step("evaluationSettle", held.ministry, SETTLE)
    assert held.published() == []
    held.step("evaluationPublish", held.ministry)
    (shown,) = held.published()
    assert (shown["index"], shown["city"]["slug"]) == ("2.5", held.city.slug)
    assert shown["parts"][3] == {"code": "impact", "nameEn": "Impact", "score": "2.5"}


def test_nobody_outside_sees_what_is_not_published(held, make_city):
    held.score(SELF, held.admin, score="3", evidence="SK 1/2022")
    held.step("evaluationSubmit", held.admin)
    neighbour = make_city().scope(Role.CITY_ADMIN)
    assert held.seen(neighbour) is None
    assert held.seen(None) is None
    assert held.published(neighbour) == held.published() == []


def test_a_self_score_names_its_faults_by_path(held):
    given = {"evaluationId": held.row["id"], "item": "output", "expectedVersion": 0}
    given |= {"score": "7", "evidence": ""}
    answer = held.data(SELF, held.admin, input=given)["selfScoreWrite"]
    assert answer["selfScore"] is None
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [
        ("INVALID", ["score"]),
        ("INVALID", ["evidence"]),
    ]
