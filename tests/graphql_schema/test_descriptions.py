"""Every part of the schema says what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLSchema,
    build_schema,
    is_specified_directive,
    is_specified_scalar_type,
)

from graphql_schema.schema import core


def parts(schema: GraphQLSchema) -> Iterator[tuple[str, str | None]]:
    """Yield the coordinate and the description of everything that the schema declares itself."""
    for directive in schema.directives:
        if not is_specified_directive(directive):
            yield f"@{directive.name}", directive.description
            for name, argument in directive.args.items():
                yield f"@{directive.name}({name}:)", argument.description
    for kind in schema.type_map.values():
        if kind.name.startswith("__") or is_specified_scalar_type(kind):
            continue
        yield kind.name, kind.description
        if isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                yield f"{kind.name}.{name}", value.description
        for name, field in getattr(kind, "fields", {}).items():
            yield f"{kind.name}.{name}", field.description
            for argument, given in getattr(field, "args", {}).items():
                yield f"{kind.name}.{name}({argument}:)", given.description


def letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]|^(the|its|an?)\b", "", text.lower())


def undescribed(schema: GraphQLSchema) -> list[str]:
    """Return the coordinates whose description is missing, or says no more than the name."""
    return [
        coordinate
        for coordinate, text in parts(schema)
        if not (text or "").strip()
        or letters(text or "") == letters(re.split(r"[.(]", coordinate.rstrip(":)"))[-1])
    ]


def test_every_part_of_the_schema_says_more_than_its_name():
    assert undescribed(core) == []


@pytest.mark.parametrize(
    ("fault", "coordinate"),
    [
        ('"d" type Query { a: Int }', "Query.a"),
        ('"d" type Query { "A." a: Int }', "Query.a"),
        ('"d" type Query { "Its own unit." ownUnit: Int }', "Query.ownUnit"),
        ('type Query { "d" a: Int }', "Query"),
        ('"Query" type Query { "d" a: Int }', "Query"),
        ('"d" type Query { "d" a(b: Int): Int }', "Query.a(b:)"),
        ('"d" type Query { "d" a: E } "d" enum E { "d" X Y }', "E.Y"),
        ('"d" type Query { "d" a("d" b: I): Int } "d" input I { c: Int }', "I.c"),
        ('"d" type Query { "d" a: Int } directive @x on FIELD', "@x"),
        ('"d" type Query { "d" a: Int } "d" directive @x(y: Int) on FIELD', "@x(y:)"),
    ],
)
def test_what_says_nothing_is_found(fault, coordinate):
    assert undescribed(build_schema(fault)) == [coordinate]
