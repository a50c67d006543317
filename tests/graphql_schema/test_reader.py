"""The reader: one statement for each root field, pages by keyset, any shape of selection."""

from __future__ import annotations

from contextlib import contextmanager

import pytest

from graphql_schema.ids import Key
from kotacerdas.database import Database
from tests.graphql_schema.places import innovation

PAGE = """query($which: CityBy!, $first: Int, $after: String, $last: Int, $before: String) {
  city(by: $which) {
    units(first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor node { shortName } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }"""


def _names(page):
    return [edge["node"]["shortName"] for edge in page["edges"]]


@pytest.fixture
def lettered(city):
    """A city with five units A to E."""
    for letter in "CABED":
        city.unit(f"Dinas {letter}", letter)
    return city


def test_pages_go_forward_to_the_end(data, lettered):
    by, scope = {"slug": lettered.slug}, lettered.scope()
    one = data(PAGE, scope, which=by, first=2)["city"]["units"]
    assert _names(one) == ["A", "B"]
    assert one["totalCount"] == 5
    assert (one["pageInfo"]["hasNextPage"], one["pageInfo"]["hasPreviousPage"]) == (True, False)
    two = data(PAGE, scope, which=by, first=2, after=one["pageInfo"]["endCursor"])["city"]["units"]
    assert _names(two) == ["C", "D"]
    last = data(PAGE, scope, which=by, first=2, after=two["pageInfo"]["endCursor"])["city"]["units"]
    assert _names(last) == ["E"]
    assert last["pageInfo"]["hasNextPage"] is False


def test_pages_go_backward_in_the_same_order(data, lettered):
    by, scope = {"slug": lettered.slug}, lettered.scope()
    one = data(PAGE, scope, which=by, last=2)["city"]["units"]
    assert _names(one) == ["D", "E"]
    assert (one["pageInfo"]["hasNextPage"], one["pageInfo"]["hasPreviousPage"]) == (False, True)
    two = data(PAGE, scope, which=by, last=4, before=one["pageInfo"]["startCursor"])["city"][
        "units"
    ]
    assert _names(two) == ["A", "B", "C"]
    assert two["pageInfo"]["hasPreviousPage"] is False


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"first": 0}, "INVALID"),
        ({"first": 101}, "INVALID"),
        ({"first": 1, "last": 1}, "INVALID"),
        ({"after": "bohong"}, "BAD_CURSOR"),
        ({"after": "*"}, "BAD_CURSOR"),
    ],
)
def test_a_page_that_cannot_be_is_refused_with_its_reason(ask, lettered, arguments, code):
    result = ask(PAGE, lettered.scope(), which={"slug": lettered.slug}, **arguments)
    assert [error.original_error.code for error in result.errors] == [code]


def test_a_cursor_of_another_order_is_refused(ask, data, lettered):
    document = """query($slug: Slug!, $after: String, $way: Direction!) { city(by: {slug: $slug}) {
      units(first: 1, after: $after, orderBy: [{field: SHORT_NAME, direction: $way}]) {
        pageInfo { endCursor } } } }"""
    scope = lettered.scope()
    page = data(document, scope, slug=lettered.slug, way="ASC")["city"]["units"]["pageInfo"]
    result = ask(document, scope, slug=lettered.slug, way="DESC", after=page["endCursor"])
    assert result.errors[0].original_error.code == "BAD_CURSOR"


def test_filters_combine(data, lettered):
    document = """query($slug: Slug!, $filter: UnitFilter) { city(by: {slug: $slug}) {
      units(filter: $filter) { nodes { shortName } } } }"""

    def names(given):
        found = data(document, lettered.scope(), slug=lettered.slug, filter=given)
        return [node["shortName"] for node in found["city"]["units"]["nodes"]]

    assert names(None) == names({}) == list("ABCDE")
    assert names({"shortName": {"in": ["A", "E"]}}) == ["A", "E"]
    assert names({"or": [{"shortName": {"eq": "B"}}, {"name": {"contains": "dinas c"}}]}) == [
        "B",
        "C",
    ]
    assert names({"not": {"shortName": {"in": ["A", "B"]}}, "kind": {"eq": "AGENCY"}}) == list(
        "CDE"
    )
    assert names({"and": [{"shortName": {"eq": "A"}}, {"shortName": {"eq": "B"}}]}) == []
    assert names({"name": {"contains": "%"}}) == []


def test_null_inside_an_operator_is_refused(ask, lettered):
    document = """query($slug: Slug!) { city(by: {slug: $slug}) {
      units(filter: {shortName: {eq: null}}) { nodes { shortName } } } }"""
    result = ask(document, lettered.scope(), slug=lettered.slug)
    assert result.errors[0].original_error.code == "INVALID"


def test_fragments_aliases_and_directives_shape_the_answer(data, database, city):
    innovation(database, city, name="Pasar Digital")
    document = """
      query($slug: Slug!, $yes: Boolean!, $no: Boolean!) {
        here: city(by: {slug: $slug}) {
          __typename
          ...Named
          a: innovations(first: 1) { nodes { ...on Node { id __typename } ...One }
            edges { c: cursor n: node { name } } }
          b: innovations(filter: {name: {eq: "x"}}) { totalCount nodes { name } }
          slug @skip(if: $yes)
          zone @include(if: $no)
        } }
      fragment Named on City { title: name name ...on City { name } }
      fragment One on Innovation { name unit { shortName city { name } } latestReview { id } }"""
    here = data(document, city.scope(), slug=city.slug, yes=True, no=False)["here"]
    assert list(here) == ["__typename", "title", "name", "a", "b"]
    (node,) = here["a"]["nodes"]
    assert node["__typename"] == "Innovation"
    assert node["unit"]["city"]["name"] == here["name"] == here["title"]
    assert node["latestReview"] is None
    assert here["a"]["edges"][0]["n"] == {"name": "Pasar Digital"}
    assert here["b"] == {"totalCount": 0, "nodes": []}


def test_one_statement_serves_a_deep_selection_whatever_its_length(data, database, city):
    for number in range(12):
        innovation(database, city, name=f"Inovasi {number}")
    document = """query($slug: Slug!) { city(by: {slug: $slug}) { name
      participations { nodes { stage steps { stage }
        cohort { year edition { dimensions { code } } } } }
      innovationStates { state count } innovationDimensions { dimension { code } count }
      innovations(first: 50) { totalCount nodes { name unit { name city { name } }
        participation { stage } createdBy { name }
        reviews { verdict remarks { text } } latestReview { verdict } } } } }"""
    scope, seen = city.scope(), []

    with statements(seen):
        found = data(document, scope, slug=city.slug)["city"]
    assert found["innovations"]["totalCount"] == 12
    assert found["innovationStates"] == [{"state": "DRAFT", "count": 12}]
    assert seen == [1, 1], "graphql-core's path and the compiled one send one statement each"


def test_money_and_decimals_are_exact_text(data, database, city):
    innovation(database, city, name="Anggaran", budget_rupiah="98765432109876.50")
    document = (
        "query($slug: Slug!) { city(by: {slug: $slug}) { innovations { nodes { budgetRupiah } } } }"
    )
    found = data(document, city.scope(), slug=city.slug)["city"]["innovations"]["nodes"]
    assert found == [{"budgetRupiah": "98765432109876.5"}]


def test_one_object_carries_more_fields_than_postgres_takes_arguments(data, city):
    many = " ".join(f"a{number}: name" for number in range(201))
    found = data(f'{{ city(by: {{slug: "{city.slug}"}}) {{ {many} }} }}', city.scope())["city"]
    assert found == {f"a{number}": "Kota Uji" for number in range(201)}


def test_nodes_of_one_type_and_city_are_one_statement_in_the_order_asked(data, database, city):
    keys = [str(Key("inn", city.id, innovation(database, city, name=n))) for n in "ABC"]
    unit = str(Key("unt", city.id, city.unit("Dinas", "D")))
    asked = [keys[2], unit, "inn_bohong", keys[0], keys[2]]
    document = """query($ids: [ID!]!) { nodes(ids: $ids) {
      ... on Innovation { name unit { city { slug } } } ... on Unit { shortName } } }"""
    scope, seen = city.scope(), []
    with statements(seen):
        found = data(document, scope, ids=asked)["nodes"]
    assert [node and (node.get("name") or node["shortName"]) for node in found] == [
        "C", "D", None, "A", "C",
    ]  # fmt: skip
    assert seen == [1, 1, 2], "a statement for each type; the compiled path sends them at once"


def test_an_innovation_leads_to_what_hangs_on_it_and_back(data, database, city):
    key = str(Key("inn", city.id, innovation(database, city)))
    document = """query($id: ID!) { node(id: $id) { ... on Innovation { openRemarkCount
      programme { masterplan { title } } participation { masterplan { title } } } } }"""
    found = data(document, city.scope(), id=key)["node"]
    assert found == {
        "openRemarkCount": 0, "programme": None, "participation": {"masterplan": None},
    }  # fmt: skip


@contextmanager
def statements(seen):
    """Note in `seen` how many statements each batch of reads holds."""
    sent = Database.batch

    async def noting(self, scope, steps, *, fresh):
        seen.append(len(steps))
        return await sent(self, scope, steps, fresh=fresh)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "batch", noting)
        yield
