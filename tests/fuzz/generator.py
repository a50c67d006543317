"""Random valid documents over the whole schema, within the limits of who asks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from graphql import GraphQLObjectType, GraphQLSchema, parse_type, type_from_ast

from tests.fuzz.arguments import Arguments
from tests.fuzz.placing import Placing
from tests.fuzz.pool import Call, Pool
from tests.fuzz.selections import Selections
from tests.fuzz.values import Values

INTROSPECTION = (
    '{ __type(name: "City") { name kind fields { name type { kind name ofType { name } } } } }',
    "{ __schema { queryType { name } directives { name isRepeatable } } __typename }",
    '{ t: __type(name: "Nobody") { name } city(by: {slug: "kota-tiada"}) { id } }',
)


@dataclass(frozen=True)
class Request:
    """A document with the operation that is meant and its variables."""

    text: str
    operation: str | None
    variables: dict[str, Any]
    calls: dict[str, Call]
    definitions: dict[str, str] = field(default_factory=dict)


def request(schema: GraphQLSchema, random: Random, pool: Pool, deepest: int) -> Request:
    """Make one request; it may still be over a limit or, seldom, invalid."""
    if random.random() < 0.01:
        return Request(random.choice(INTROSPECTION), None, {}, {})
    values = Values(random, pool, odd=random.choice((0.0, 0.0, 0.03, 0.1)))
    placing = Placing(values, share=random.choice((0.0, 0.2, 0.5)))
    selections = Selections(schema, values, Arguments(values, placing))
    root = schema.query_type
    assert isinstance(root, GraphQLObjectType)
    body = selections.selection(root, random.randint(1, deepest), most=random.choice((1, 2, 3)))
    name = random.choice((None, "Q", "Kueri"))
    definitions = ", ".join(f"${key}: {kind}" for key, kind in placing.definitions.items())
    head = "" if name is None and not definitions else f"query {name or ''}"
    parts = [f"{head}{f'({definitions})' if definitions else ''} {body}"]
    parts += [f"fragment {each.name} on {each.kind} {each.text}" for each in selections.fragments]
    if name and random.random() < 0.1:
        parts.append("query Lain { __typename }")
    random.shuffle(parts)
    meant = name if len(parts) > 1 or random.random() < 0.5 else None
    return Request(
        "\n".join(parts), meant, dict(placing.sent), selections.calls, placing.definitions
    )


def varied(schema: GraphQLSchema, random: Random, pool: Pool, made: Request) -> Request:
    """The same document with other variables: what was kept of it must not know the former ones."""
    values = Values(random, pool, odd=0.02)
    sent: dict[str, Any] = {}
    for name, text in made.definitions.items():
        optional = not text.endswith("!")
        roll = random.random()
        if name in made.variables and (roll < 0.3 or text.startswith("String")):
            sent[name] = made.variables[name]  # a cursor, mostly
        elif not (optional and roll < 0.5):
            kind: Any = type_from_ast(schema, parse_type(text.partition(" = ")[0]))
            sent[name] = values.value(kind)
    return replace(made, variables=sent)
