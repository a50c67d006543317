"""What a field costs stands in the schema, and nowhere else."""

from __future__ import annotations

import pytest
import strawberry
from graphql import parse

from graphql_schema.directives.cost import Cost
from graphql_schema.directives.list_size import ListSize
from graphql_schema.limits.admission import Gate
from graphql_schema.limits.allowance import TOKEN, USER
from graphql_schema.limits.prices import DIRECTIVES, INTROSPECTION, price
from graphql_schema.limits.refusals import CostExceeded, ListExceeded
from graphql_schema.limits.values import sizes_of
from graphql_schema.schema import core, schema
from tests.limits_page import PAGE, limits_page

GATE = Gate(core)
PAGED = (
    '@listSize(assumedSize: 20, slicingArguments: ["first", "last"],'
    ' sizedFields: ["edges", "nodes"], requireOneSlicingArgument: false)'
)


@strawberry.type(description="A book.")
class Book:
    title: str = strawberry.field(description="Title.")


def books(*directives: object) -> strawberry.Schema:
    """A schema of one list with these directives."""

    @strawberry.type(description="Root.")
    class Query:
        @strawberry.field(description="Books.", directives=directives)
        def books(self, most: int = 5) -> list[Book]:
            return []

    return strawberry.Schema(Query, types=DIRECTIVES, schema_directives=[INTROSPECTION])


def cost(built: strawberry.Schema, document: str) -> int:
    return Gate(built._schema).cost(parse(document), None, (), USER)


def test_the_sdl_shows_the_prices():
    sdl = schema.as_str()
    assert f"  ): InnovationConnection {PAGED} @requires(" in sdl
    assert '  totalCount: Int! @cost(weight: "1")\n' in sdl
    assert "  reviews: [Review!]! @listSize(assumedSize: 10)\n" in sdl
    assert '  ): [Node]! @listSize(slicingArguments: ["ids"])\n' in sdl
    assert '): InnovationSubmitPayload @cost(weight: "10") @requires(' in sdl
    assert 'schema @introspectionCost(schema: "1000", type: "100") {' in sdl


def test_a_declared_price_is_what_a_field_costs():
    usual = books()
    price(usual)
    assert cost(usual, "{ books { title } }") == 10
    sized = ListSize(assumed_size=3, slicing_arguments=["most"])
    declared = books(sized, Cost(weight="4"))
    price(declared)
    assert cost(declared, "{ books { title } }") == 12
    assert cost(declared, "{ books(most: 7) { title } }") == 28


def test_a_price_is_attached_once():
    built = books()
    price(built)
    price(built)
    assert built.as_str().count("books(most: Int! = 5): [Book!]! @listSize(assumedSize: 10)\n") == 1


def test_a_list_of_unknown_size_is_a_defect_of_the_schema():
    with pytest.raises(LookupError, match=r"^Query.books is a list without @listSize"):
        Gate(books()._schema)


def test_the_cost_depends_on_the_variables_that_say_a_size_and_on_no_other():
    document = parse(
        "query Q($n: Int, $ids: [ID!]!, $by: CityBy!, $after: String) {"
        " city(by: $by) { ...F } nodes(ids: $ids) { id } }"
        " fragment F on City { innovations(first: $n, after: $after) { nodes { id } } }"
    )
    names = GATE.size_variables(document)
    assert names == ("ids", "n")
    few = sizes_of(names, {"n": 3, "ids": ["a"], "by": {}, "after": "x"})
    same = sizes_of(names, {"n": 3.0, "ids": ["b"], "by": {"slug": "y"}})
    many = sizes_of(names, {"n": 30, "ids": ["a", "b"]})
    assert (few, hash(few)) == (same, hash(same))
    assert GATE.cost(document, "Q", few, USER) == 1 + 1 + 3 + 1
    assert GATE.cost(document, "Q", many, USER) == 1 + 1 + 30 + 2


def test_the_same_document_may_be_too_much_by_its_variables_alone():
    document = parse(
        "query Q($n: Int) { cities(first: 100) { nodes {"
        " innovations(first: $n) { nodes { id } } } } }"
    )
    names = GATE.size_variables(document)
    assert GATE.cost(document, None, sizes_of(names, {"n": 1}), USER) == 301
    with pytest.raises(CostExceeded):
        GATE.cost(document, None, sizes_of(names, {"n": 60}), USER)
    assert GATE.cost(document, None, sizes_of(names, {"n": 60}), TOKEN) == 6_201


def test_values_are_checked_without_a_document():
    GATE.check_values({"ids": ["x"] * 500}, USER)
    with pytest.raises(ListExceeded):
        GATE.check_values({"ids": ["x"] * 501}, USER)


def test_the_page_on_limits_equals_the_limits():
    assert PAGE.read_text() == limits_page(), "run `python -m tests.limits_page`"
