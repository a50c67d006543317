"""What is said of a text before it is registered."""

from __future__ import annotations

import pytest

from graphql_schema.trusted.checking import Finding, check

WIDE = """query Wide {
  cities(first: 100) { nodes { publications(first: 100) { nodes { id } } } }
  more: cities(first: 100) { nodes { publications(first: 100) { nodes { id } } } }
}"""


def test_a_text_that_would_run_has_names_and_no_faults():
    assert check(["query A { __typename }", "query B { __typename } query C { __typename }"]) == [
        Finding("A"),
        Finding("B, C"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("query Bad { nonsense }", "1:13 Cannot query field 'nonsense' on type 'Query'."),
        ("query Bad {", "1:12 Syntax Error: Expected Name, found <EOF>."),
        ("{ __typename }", "Give each operation a name: `query Cities { ... }`."),
        ("query A { __typename } { __typename }", "Give each operation a name: "),
        ("fragment F on Query { __typename }", "Give each operation a name: "),
        (WIDE, "The estimated cost of "),
        ("query Deep " + "{ node " * 14 + "{ id }" + "}" * 14, "Fields nest at most 12 levels."),
        ("query Long { __typename }" + " " * 17_000, "A document's text has at most 16384 bytes."),
    ],
)
def test_a_text_that_would_not_run_is_told_why(text, fault):
    (found,) = check([text])
    assert len(found.faults) == 1
    assert found.faults[0].startswith(fault)


def test_each_fault_is_told():
    (found,) = check(["query Bad { nonsense rubbish }"])
    assert [fault.split()[0] for fault in found.faults] == ["1:13", "1:22"]
