"""All cities together, narrowed to some of them."""

from __future__ import annotations

import pytest

from graphql_schema.ids import CITY, Key
from kotacerdas.identity.policy import Role
from tests.graphql_schema.places import innovation, participation

INNOVATIONS = """query($filter: NationalInnovationFilter) { national {
  innovations(filter: $filter, orderBy: {field: NAME}) { totalCount nodes { name } } } }"""


@pytest.fixture
def cities(database, make_city):
    """Three cities with an innovation each."""
    made = [make_city(), make_city(), make_city()]
    for place, city in enumerate(made):
        innovation(database, city, name=f"Inovasi {place}")
    return made


@pytest.fixture
def listed(data, ministry):
    """Return a function: the names of the innovations that a filter leaves."""

    def run(**given):
        found = data(INNOVATIONS, ministry(role=Role.MINISTRY_READER), filter=given)
        page = found["national"]["innovations"]
        assert page["totalCount"] == len(page["nodes"])
        return [node["name"] for node in page["nodes"]]

    return run


def key(city) -> str:
    return str(Key(CITY, city.id, None))


def test_the_nation_narrows_its_lists_to_some_cities(listed, cities):
    assert listed(cityId={"eq": key(cities[1])}) == ["Inovasi 1"]
    assert listed(cityId={"in": [key(cities[2]), key(cities[0])]}) == ["Inovasi 0", "Inovasi 2"]
    some = {"cityId": {"in": [key(city) for city in cities]}}
    assert listed(**some, name={"contains": "2"}) == ["Inovasi 2"]
    assert listed(**some, **{"not": {"cityId": {"eq": key(cities[0])}}}) == [
        "Inovasi 1",
        "Inovasi 2",
    ]


def test_the_nation_narrows_its_lists_to_a_province(listed, cities):
    mine = {"cityId": {"in": [key(city) for city in cities[:2]]}}
    assert listed(**mine, province={"eq": "Uji"}) == ["Inovasi 0", "Inovasi 1"]
    assert listed(**mine, province={"in": ["Uji", "Lain"]}) == ["Inovasi 0", "Inovasi 1"]
    assert listed(**mine, province={"eq": "Lain"}) == []
    assert listed(**mine, **{"not": {"province": {"contains": "uj"}}}) == []


def test_cities_are_listed_by_province_by_everybody(data, cities):
    document = """query($slug: String!, $province: String!) {
      cities(filter: {slug: {eq: $slug}, province: {eq: $province}}) { totalCount } }"""
    for province, count in (("Uji", 1), ("Lain", 0)):
        found = data(document, None, slug=cities[0].slug, province=province)
        assert found["cities"] == {"totalCount": count}


def test_programmes_and_participations_are_narrowed_as_well(data, database, ministry, cities):
    participation(database, cities[0])
    document = """query($city: ID!) { national {
      participations(filter: {cityId: {eq: $city}, province: {eq: "Uji"}}) { totalCount }
      programmes(filter: {cityId: {eq: $city}, province: {eq: "Uji"}}) { totalCount } } }"""
    found = data(document, ministry(), city=key(cities[0]))["national"]
    assert found == {"participations": {"totalCount": 1}, "programmes": {"totalCount": 0}}


def test_what_is_no_citys_id_is_refused(ask, ministry, database, cities):
    wrong = str(Key("inn", cities[0].id, innovation(database, cities[0])))
    for text in (wrong, "cty_", "kota-bukittinggi"):
        result = ask(INNOVATIONS, ministry(), filter={"cityId": {"eq": text}})
        assert [error.original_error.path for error in result.errors] == [("filter.cityId.eq",)]
