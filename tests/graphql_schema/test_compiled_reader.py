"""What random documents found the compiled reader to answer otherwise; `ask` compares both."""

from __future__ import annotations

import pytest

from graphql_schema.ids import Key
from graphql_schema.reader.compiled import values
from tests.graphql_schema.places import innovation


def test_cursors_below_nodes_of_several_types_belong_to_their_own_lists(data, database, city):
    key = innovation(database, city)
    unit = str(Key("unt", city.id, city.unit("Dinas", "D")))
    document = """query($ids: [ID!]!) { nodes(ids: $ids) {
      ... on City { units { pageInfo { endCursor } } }
      ... on Unit { innovations { pageInfo { endCursor } edges { cursor } } }
      ... on Innovation { unit { innovations { pageInfo { endCursor } } } } } }"""
    ids = [f"cty_c{city.id:x}", unit, str(Key("inn", city.id, key))]
    first, _, third = data(document, city.scope(), ids=ids)["nodes"]
    after = """query($city: ID!, $innovation: ID!, $unit: String, $other: String) {
      city(by: {id: $city}) { units(after: $unit) { totalCount } }
      node(id: $innovation) { ... on Innovation { unit {
        innovations(after: $other) { totalCount } } } } }"""
    unit_cursor = first["units"]["pageInfo"]["endCursor"]
    other = third["unit"]["innovations"]["pageInfo"]["endCursor"]
    found = data(after, city.scope(), city=ids[0], innovation=ids[2], unit=unit_cursor, other=other)
    assert found["city"] == {"units": {"totalCount": 2}}
    assert found["node"] == {"unit": {"innovations": {"totalCount": 1}}}


@pytest.mark.parametrize("selection", ["__typename", "pageInfo { __typename }"])
def test_a_page_of_which_nothing_is_read_still_refuses_its_filter(ask, city, selection):
    page = f'units(filter: {{name: {{eq: "a\\u0001"}}}}) {{ {selection} }}'
    nested = f'{{ city(by: {{slug: "{city.slug}"}}) {{ {page} }} }}'
    root = f'{{ cities(filter: {{name: {{eq: "a\\u0001"}}}}) {{ {selection} }} }}'
    for document in (nested, root):
        (error,) = ask(document, city.scope()).errors
        assert error.original_error.code == "INVALID"


def test_an_amount_is_compared_with_all_its_digits(data, database, city):
    innovation(database, city, budget_rupiah="1.01")
    document = """query($slug: Slug!, $filter: InnovationFilter) { city(by: {slug: $slug}) {
      innovations(filter: $filter) { totalCount } } }"""

    def count(**operators):
        given = {"slug": city.slug, "filter": {"budgetRupiah": operators}}
        return data(document, city.scope(), **given)["city"]["innovations"]["totalCount"]

    large = "9" * 30
    assert [count(**{"in": ["1.01", large]}), count(lt=large), count(gt=large)] == [1, 1, 0]
    assert [count(eq="1.0100"), count(eq="1.005"), count(gt="1.005")] == [1, 0, 1]


def test_a_gated_list_refuses_null_for_a_value_that_must_be_there(ask, city):
    document = """query($step: UnitOrder = {field: NAME}) { cities(first: 1) { nodes {
      units(orderBy: [$step]) { totalCount } } } }"""
    (error,) = ask(document, step=None).errors
    assert error.path == ["cities", "nodes", 0, "units"]


def test_a_defect_of_the_compiled_reader_is_no_request_that_it_leaves(ask, city, monkeypatch):
    def defective(_value):
        raise KeyError("defect")

    monkeypatch.setitem(values.SCALARS, "Slug", defective)
    with pytest.raises(KeyError, match="defect"):
        ask("query($slug: Slug!) { city(by: {slug: $slug}) { slug } }", slug=city.slug)


def test_a_page_of_which_only_its_bounds_are_asked_knows_whether_rows_follow(data, city):
    city.unit("Dinas A", "A")
    city.unit("Dinas B", "B")
    page = "units(first: 1) { pageInfo { hasNextPage } }"
    found = data(f'{{ city(by: {{slug: "{city.slug}"}}) {{ {page} }} }}', city.scope())
    assert found["city"]["units"]["pageInfo"] == {"hasNextPage": True}
    found = data("{ regions(first: 1) { pageInfo { hasNextPage } } }", city.scope())
    assert found["regions"]["pageInfo"] == {"hasNextPage": True}
