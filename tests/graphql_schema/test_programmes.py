"""Programmes in the API: their codes, goals, parts and years."""

from __future__ import annotations

from uuid import uuid4

import pytest

from graphql_schema.ids import Key
from kotacerdas.identity.policy import Role
from tests.graphql_schema.places import cohort, participation

BEGIN = """mutation($input: MasterplanCreateInput!) { masterplanCreate(input: $input) {
  masterplan { id } errors { code } } }"""
CREATE = """mutation($input: ProgrammeCreateInput!) { programmeCreate(input: $input) {
  programme { id permendagriCode permendagriLevel sdgs sdgTargets sdgGoals { number nameEn } }
  errors { code path message } } }"""
LIST = """query($id: ID!, $filter: ProgrammeFilter) { node(id: $id) { ... on Masterplan {
  programmes(filter: $filter) { nodes { permendagriCode } } } } }"""


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


@pytest.fixture
def create(data, database, city, planner, plan):
    """Add a programme with some fields."""
    lead = str(Key("unt", city.id, city.unit()))
    pillar = str(Key("dim", None, cohort(database)[1]))

    def add(**fields):
        given = {"name": "Program", "leadUnitId": lead, "dimensionId": pillar, **fields}
        key = {"masterplanId": plan, "idempotencyKey": str(uuid4())}
        return data(CREATE, planner, input={**given, **key})["programmeCreate"]

    return add


def test_programmes_are_found_by_each_level_of_their_code(data, planner, plan, create):
    codes = ["2.16.02", "2.16.03.2.02.0005", "2.20.03", "1.02.02", "X.XX.01.2.01"]
    levels = [create(permendagriCode=code)["programme"]["permendagriLevel"] for code in codes]
    assert levels == ["PROGRAMME", "SUBKEGIATAN", "PROGRAMME", "PROGRAMME", "KEGIATAN"]
    wanted = {
        ("permendagriUrusan", "2"): codes[:3],
        ("permendagriBidang", "2.16"): codes[:2],
        ("permendagriProgramme", "2.16.03"): codes[1:2],
        ("permendagriKegiatan", "X.XX.01.2.01"): codes[4:],
        ("permendagriBidang", "2.1"): [],
    }
    for (field, code), found in wanted.items():
        asked = {"id": plan, "filter": {field: {"eq": code}}}
        nodes = data(LIST, planner, **asked)["node"]["programmes"]["nodes"]
        assert sorted(node["permendagriCode"] for node in nodes) == sorted(found), field


def test_a_programme_names_its_goals_and_their_targets(create):
    programme = create(sdgTargets=["17.18", "11.2"])["programme"]
    assert programme["sdgTargets"] == ["11.2", "17.18"]
    assert programme["sdgGoals"] == [
        {"number": 11, "nameEn": "Sustainable Cities and Communities"},
        {"number": 17, "nameEn": "Partnerships for the Goals"},
    ]


def test_an_edition_says_how_long_each_horizon_is(data, database):
    cohort_id, _ = cohort(database)
    edition = """query($id: ID!) { node(id: $id) { ... on Cohort {
      edition { horizonRule { short medium long } } } } }"""
    found = data(edition, None, id=str(Key("coh", None, cohort_id)))["node"]
    assert found["edition"]["horizonRule"] == {"short": 1, "medium": 5, "long": 10}


def test_everybody_reads_the_17_goals_with_169_targets(data):
    goals = data("{ sdgGoals { number name targets } }", None)["sdgGoals"]
    assert [goal["number"] for goal in goals] == list(range(1, 18))
    assert sum(len(goal["targets"]) for goal in goals) == 169
    assert goals[10]["name"] == "Kota dan Permukiman yang Berkelanjutan"
