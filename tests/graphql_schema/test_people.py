"""Names of people are personal data: nobody looks them up by id."""

from __future__ import annotations

from graphql_schema.ids import Key


def test_a_persons_name_is_found_by_id_by_nobody(city, data, ministry, make_person):
    key = str(Key("per", None, make_person("Ibu Rahasia")))

    for reader in (None, city.scope(), ministry()):
        answer = data("query($id: ID!) { node(id: $id) { id __typename } }", reader, id=key)
        assert answer == {"node": None}
