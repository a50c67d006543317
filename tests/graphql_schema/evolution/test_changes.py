"""What a change of the schema does to clients, and what is said about it."""

from __future__ import annotations

from datetime import date

import pytest
from graphql import BreakingChangeType, build_schema

from graphql_schema.evolution.advice import advice
from graphql_schema.evolution.changes import Severity, changes
from graphql_schema.evolution.labels import labels, last_release
from graphql_schema.evolution.report import as_text, unlabelled

REQUIRES = (
    "directive @requires(permission: P!) repeatable on FIELD_DEFINITION | OBJECT enum P { R W }"
)
OLD = """
type Query implements N { a(x: Int = 1, y: Int): String  b: U  c: E  d(i: I): Int @deprecated(
  reason: "Use a. Removal not before 2027-01-01.") n: Int }
interface N { n: Int } interface M { m: Int } union U = A | B
type A implements M { m: Int } type B { t: Int } enum E { V W } input I { f: Int } scalar S
directive @x(y: Int) repeatable on FIELD | QUERY
"""


def edited(*edits: tuple[str, str]) -> str:
    text = OLD
    for before, after in edits:
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@pytest.mark.parametrize(
    ("edit", "severity", "coordinate"),
    [
        (("b: U ", ""), "breaking", "Query.b"),
        (("c: E ", "c: Int "), "breaking", "Query.c"),
        (("y: Int): String", "y: Int): [String]"), "breaking", "Query.a"),
        (("x: Int = 1, y: Int)", "x: Int = 1)"), "breaking", "Query.a(y:)"),
        (("x: Int = 1, y: Int)", "x: Int = 1, y: String)"), "breaking", "Query.a(y:)"),
        (("y: Int): String", "y: Int, z: Int!): String"), "breaking", "Query.a(z:)"),
        (("{ V W }", "{ V }"), "breaking", "E.W"),
        (("f: Int }", "f: Int g: Int! }"), "breaking", "I.g"),
        (("f: Int }", "f: [Int] }"), "breaking", "I.f"),
        (("= A | B", "= A"), "breaking", "U"),
        (("scalar S", ""), "breaking", "S"),
        (("scalar S", "enum S { X }"), "breaking", "S"),
        (("A implements M {", "A {"), "breaking", "A"),
        (("directive @x(y: Int) repeatable on FIELD | QUERY", ""), "breaking", "@x"),
        (("@x(y: Int)", "@x"), "breaking", "@x(y:)"),
        (("@x(y: Int)", "@x(y: Int, z: Int!)"), "breaking", "@x(z:)"),
        ((" repeatable ", " "), "breaking", "@x"),
        (("FIELD | QUERY", "FIELD"), "breaking", "@x"),
        (("{ V W }", "{ V W X }"), "dangerous", "E.X"),
        (("B { t: Int }", "B implements M { m: Int t: Int }"), "dangerous", "B"),
        (("= A | B", "= A | B | Query"), "dangerous", "U"),
        (("f: Int }", "f: Int g: Int }"), "dangerous", "I.g"),
        (("x: Int = 1", "x: Int = 2"), "dangerous", "Query.a(x:)"),
        (("y: Int): String", "y: Int, z: Int): String"), "dangerous", "Query.a(z:)"),
        (("b: U ", "b: U! "), "safe", "Query.b"),
        (("n: Int }\ninterface", "n: Int e: Int }\ninterface"), "safe", "Query.e"),
        (("scalar S", "scalar S scalar T"), "safe", "T"),
    ],
)
def test_each_change_is_told_with_what_it_does_to_clients_and_where(edit, severity, coordinate):
    found = [each for each in changes(OLD, edited(edit)) if each.coordinate == coordinate]
    assert [each.severity for each in found] == [severity]
    assert bool(found[0].to_do) is (severity != "safe")
    assert coordinate.partition("(")[0] in found[0].text


def test_equal_schemas_and_other_words_are_no_change():
    assert changes(OLD, OLD) == []
    assert changes(OLD, edited(("scalar S", '"Words." scalar S'))) == []
    assert as_text([], frozenset()) == "The schemas are the same for clients."


@pytest.mark.parametrize(
    ("then", "now", "severity", "words"),
    [
        ("", "@requires(permission: R)", "dangerous", "asks for R instead of no permission"),
        ("@requires(permission: R)", "", "safe", "asks for no permission instead of R"),
        ("@requires(permission: R)", "@requires(permission: W)", "dangerous", "W instead of R"),
        (
            "@requires(permission: R)",
            "@requires(permission: R) @requires(permission: W)",
            "safe",
            "R or W instead of R",
        ),
    ],
)
def test_another_permission_is_told(then, now, severity, words):
    old, new = (f"type Query {{ a: Int {each} }} {REQUIRES}" for each in (then, now))
    (change,) = changes(old, new)
    assert (change.severity, change.coordinate) == (severity, "Query.a")
    assert words in change.text


def removal(day: date, coordinate: str = "Query.d") -> str:
    return advice(BreakingChangeType.FIELD_REMOVED, coordinate, build_schema(OLD), day)


def test_what_is_removed_before_its_day_is_to_be_kept():
    assert "keep it until then" in removal(date(2026, 12, 31))
    assert removal(date(2027, 1, 1)).endswith("which has come: label the removal.")
    assert "never deprecated" in removal(date(2027, 1, 1), "Query.a")


CHANGELOG = """# Changelog

## [0.3.0] - Unreleased
- [breaking] Query.b: gone; use c.
- **[breaking] `Query.a(y:)`**: another type.

## [0.2.0] - 2026-12-01
- [breaking] E.W: long ago.
"""


def test_a_label_admits_a_breaking_change_of_its_own_release_alone():
    assert labels(CHANGELOG) == {"Query.b", "Query.a(y:)"}
    assert last_release(CHANGELOG) == ("0.2.0", "2026-12-01")
    assert last_release("## [0.1.0] - Unreleased\n") is None
    edits = (("b: U ", ""), ("{ V W }", "{ V }"))
    found = changes(OLD, edited(*edits))
    assert [each.coordinate for each in unlabelled(found, labels(CHANGELOG))] == ["E.W"]
    told = as_text(found, labels(CHANGELOG))
    assert "Field Query.b was removed. [labelled]" in told
    assert told.endswith("- [breaking] E.W: why, and what to use")
    assert all(each.severity is Severity.BREAKING for each in found[:2])
