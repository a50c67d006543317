"""Names of people are personal data: nobody looks them up by id."""

from __future__ import annotations

from graphql_schema.ids import Key
from tests.graphql_schema.places import participation


def test_a_persons_name_is_found_by_id_by_nobody(city, data, ministry, make_person):
    key = str(Key("per", None, make_person("Ibu Rahasia")))

    for reader in (None, city.scope(), ministry()):
        answer = data("query($id: ID!) { node(id: $id) { id __typename } }", reader, id=key)
        assert answer == {"node": None}


def test_an_offer_tells_its_department_its_language_and_who_made_it(city, data):
    unit = str(Key("unt", city.id, city.unit(short_name="DISKOM")))
    host = city.scope()
    document = """mutation($input: MemberInviteInput!) { memberInvite(input: $input) {
      invitation { language invitedBy { name } unit { shortName } } errors { code } } }"""
    given = {"cityId": str(Key("cty", city.id, None)), "email": "kadis@b.example", "name": "Ani"}
    given |= {"role": "UNIT_HEAD", "unitId": unit, "language": "EN", "idempotencyKey": "uji-12345"}
    assert data(document, host, input=given)["memberInvite"] == {
        "invitation": {
            "language": "EN",
            "invitedBy": {"name": "Orang Uji"},
            "unit": {"shortName": "DISKOM"},
        },
        "errors": [],
    }


def test_whoever_has_no_role_in_the_city_learns_no_name_from_its_steps(city, data, database):
    key = str(Key("par", city.id, participation(database, city)))
    document = """query($id: ID!) { node(id: $id) { ... on Participation {
      createdAt steps { takenBy { name } } } } }"""
    assert data(document, None, id=key) == {"node": None}
    assert data(document, city.scope(), id=key)["node"]["steps"] == []
