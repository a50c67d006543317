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
ROADMAP = """query($id: ID!) { node(id: $id) { ... on Masterplan { roadmap { budgetRupiah
  horizons { horizon length budgetRupiah programmes { id name }
    years { year budgetRupiah lines { programme { name leadUnit } target budgetRupiah } } }
  } } } }"""
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


def roadmap_year(year, money, target):
    """A year of the roadmap with one programme."""
    programme = {"name": "Cepat", "leadUnit": "Dinas Uji"}
    line = {"programme": programme, "target": target, "budgetRupiah": money}
    return {"year": year, "budgetRupiah": money, "lines": [line]}


def test_the_roadmap_sums_money_by_pillar_horizon_and_year(data, planner, plan, create):
    money = {"source": "APBD", "amountRupiah": "1,5 M"}
    more = {"source": "CSR", "amountRupiah": "500 juta"}
    create(
        name="Cepat",
        horizon="SHORT",
        indicator="Layanan",
        budgets=[{"year": 2023, **money}, {"year": 2023, **more}],
        targets=[{"year": 2023, "value": "40"}, {"year": 2024, "value": "60.5"}],
    )
    create(name="Lama", horizon="LONG", budgets=[{"year": 2027, **money}])
    pillars = data(ROADMAP, planner, id=plan)["node"]["roadmap"]
    (pillar,) = [each for each in pillars if each["budgetRupiah"] != "0"]
    assert pillar["budgetRupiah"] == "3500000000.00"
    short, medium, long = pillar["horizons"]
    assert [each["length"] for each in (short, medium, long)] == [1, 5, 10]
    assert short["years"] == [
        roadmap_year(2023, "2000000000.00", "40.0000"),
        roadmap_year(2024, "0", "60.5000"),
    ]
    assert (medium["budgetRupiah"], medium["programmes"], medium["years"]) == ("0", [], [])
    assert [programme["name"] for programme in long["programmes"]] == ["Lama"]
    assert [year["year"] for year in long["years"]] == [2027]


def test_everybody_reads_the_17_goals_with_169_targets(data):
    goals = data("{ sdgGoals { number name targets } }", None)["sdgGoals"]
    assert [goal["number"] for goal in goals] == list(range(1, 18))
    assert sum(len(goal["targets"]) for goal in goals) == 169
    assert goals[10]["name"] == "Kota dan Permukiman yang Berkelanjutan"
