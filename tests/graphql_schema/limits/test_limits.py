"""What stays within the limits is answered, and every answer tells what it cost."""

from __future__ import annotations

import re

import orjson
import pytest
from graphql import get_introspection_query

from graphql_schema.limits.admission import Gate
from graphql_schema.limits.allowance import ANONYMOUS, TOKEN, USER, Allowance
from graphql_schema.limits.parsing import parsed
from graphql_schema.limits.refusals import LimitExceeded
from graphql_schema.schema import core
from tests.graphql_schema.limits.hostile import nested, several
from tests.graphql_schema.limits.measuring import Measured
from tests.journeys.people import DOCUMENTS

GATE = Gate(core)
NODES = sorted(kind.name for kind in core.get_possible_types(core.type_map["Node"]))[:30]
"""As many types with an id as one place may ask for a key of each."""


def cost(document: str, sender: Allowance = USER, name: str | None = None, **variables) -> int:
    return GATE.admit(parsed(document, sender), name, variables, sender)


@pytest.fixture
def measured(settings, database) -> Measured:
    return Measured(settings)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ __typename }", 0),
        ("{ viewer { id name } }", 1),
        ("{ cities { totalCount } }", 2),
        ("{ cities { nodes { id } } }", 21),
        ("{ cities(first: 3) { nodes { region { name } } pageInfo { endCursor } } }", 8),
        ("{ cities(first: 3) { edges { cursor node { id } } } }", 7),
        ("{ cities(last: 4) { nodes { innovations(first: 5) { nodes { id } } } } }", 29),
        ('{ node(id: "x") { ... on Masterplan { missions { goals { id } } } } }', 111),
        ('{ nodes(ids: ["x", "y", "z"]) { id } }', 3),
        ('{ nodes(ids: "x") { id } }', 1),
        ("{ cities(first: 2) { ...P } } fragment P on CityConnection { nodes { ...F ...F } }"
         " fragment F on City { region { code } }", 5),
    ],
)  # fmt: skip
def test_cost_counts_the_objects_that_an_answer_may_hold(document, expected):
    assert cost(document) == expected


def test_a_page_size_is_read_from_the_variable_or_else_its_default():
    document = "query Q($n: Int = 7) { cities(first: $n) { nodes { id } } }"
    assert cost(document, n=50) == 51
    assert cost(document) == 8
    assert cost(document, n=None) == 21


def test_the_cost_is_that_of_the_operation_that_runs():
    document = "query A { cities { nodes { id } } } query B { viewer { id } }"
    assert cost(document, name="A") == 21
    assert cost(document, name="B") == 1


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_operation_of_the_journey_is_within_a_users_limits(name):
    assert cost(DOCUMENTS[name]) <= USER.cost


@pytest.mark.parametrize(
    "document",
    [
        "{" + several(20, "a#: viewer { id }") + "}",
        "{ viewer {" + "id " * 5 + "} }",
        "mutation {" + several(10, "a#: jobCancel(input: {}) { errors { code } }") + "}",
        "{ viewer { ...F0 } }" + several(19, "fragment F# on Viewer { ...F+ }")
        + "fragment F19 on Viewer { id }",
        "{ viewer { id " + "@include(if: true)" * 50 + "} }",
        "{" + nested(11, "a{", "b") + "}",
        f"{{ nodes(ids: [{'1 ' * 500}]) {{ id }} }}",
        '{ node(id: "x") {' + " ".join(f"... on {kind} {{ id }}" for kind in NODES) + "} }",
    ],
    ids=["roots", "repeats", "mutations", "fragments", "directives", "depth", "list", "types"],
)  # fmt: skip
def test_what_reaches_a_limit_is_admitted(document):
    assert cost(document) <= USER.cost


def test_people_who_signed_in_may_read_the_schema_by_the_standard_query():
    for sender in (USER, TOKEN):
        assert cost(get_introspection_query(), sender) == 1_000


def test_an_answer_tells_what_it_cost_and_what_is_allowed(measured):
    body = orjson.dumps({"query": "{ __typename }"})
    for sender, limit in ((ANONYMOUS, 1_000), (USER, 5_000), (TOKEN, 10_000)):
        answer = measured.send(body, sender).body
        assert answer == {
            "data": {"__typename": "Query"},
            "extensions": {"cost": {"requested": 0, "limit": limit}},
        }


def test_a_refusal_names_the_estimate_and_the_limit(measured):
    document = "{ cities(first: 100) { nodes { innovations(first: 100) { nodes { id } } } } }"
    answer = measured.send(orjson.dumps({"query": document}), USER)
    assert answer.codes == ["LIMIT_COST"]
    assert answer.body["errors"][0]["message"] == (
        "The estimated cost of 10201 is over the limit of 5000."
        " Ask for smaller pages, or read lists within lists separately."
    )


@pytest.mark.parametrize("cls", LimitExceeded.__subclasses__(), ids=lambda cls: cls.code)
def test_every_refusal_speaks_both_languages(cls):
    assert re.fullmatch(r"LIMIT_[A-Z_]+", cls.code)
    assert set(re.findall(r"{(\w+)}", cls.id)) == set(re.findall(r"{(\w+)}", cls.en))
    assert cls.id != cls.en
