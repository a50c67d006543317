"""Hostile by the form of the document: too long, too deep, in circles."""

from __future__ import annotations

from collections.abc import Iterator

from graphql_schema.limits.allowance import ANONYMOUS, TOKEN
from tests.graphql_schema.limits.hostile import Hostile, hostile, nested, several

CITIES = "publications{nodes{city{"
VIEWER = "{ viewer { id } }"


def texts() -> Iterator[Hostile]:
    """Texts that are long, or made of too many words."""
    size, tokens = "LIMIT_SIZE", "LIMIT_TOKENS"
    yield hostile("text of spaces", size, VIEWER + " " * 9_000, ANONYMOUS)
    yield hostile("text of two-byte letters", size, "#" + "é" * 5_000 + "\n{x}", ANONYMOUS)
    yield hostile("huge string", size, f'{{ node(id: "{"a" * 17_000}") {{ id }} }}')
    yield hostile("huge block string", size, f'{{ node(id: """{"a " * 9_000}""") {{ id }} }}')
    yield hostile("field flood", tokens, "{" + "x " * 1_900 + "}", ANONYMOUS)
    yield hostile("field flood by a token", tokens, "{" + "x " * 3_000 + "}", TOKEN)
    yield hostile("comment flood", tokens, "#\n" * 5_000 + VIEWER)
    yield hostile("comments within", tokens, "{ viewer {" + "#\n" * 5_000 + "id } }")
    yield hostile("3,000 literals", tokens, f"{{ nodes(ids: [{'1 ' * 3_000}]) {{ id }} }}")
    yield hostile("operation flood", tokens, several(600, "query Q# {x}"))
    bomb = "{ ...F0 }" + several(30, "fragment F# on Query {" + "...F+ " * 100 + "}")
    yield hostile("fragments 100 wide and 30 deep", size, bomb)
    yield hostile("fragments 100 wide and 20 deep", tokens, bomb[: 15 * 1024])


def depths() -> Iterator[Hostile]:
    """Selections that nest too deeply."""
    depth = "LIMIT_DEPTH"
    cities = "{cities(first:1){nodes{" + nested(2, CITIES, "id", "}}}") + "}}}"
    yield hostile("circle of cities, anonymous", depth, cities, ANONYMOUS)
    cities = "{cities(first:1){nodes{" + nested(4, CITIES, "id", "}}}") + "}}}"
    yield hostile("circle of cities", depth, cities)
    yield hostile("fields 100 deep", depth, "{" + nested(100, "a{", "b") + "}")
    yield hostile("fields 600 deep", depth, "{" + nested(600, "a{", "b") + "}")
    yield hostile("inline fragments 60 deep", depth, "{" + nested(60, "...{", "x") + "}")
    yield hostile("inline fragments 600 deep", depth, "{" + nested(600, "...{", "x") + "}")
    chain = several(18, "fragment F# on City { region { ...F+ } }")
    yield hostile("fragments 18 deep", depth, "{ cities { nodes { ...F0 } } }" + chain)
    unused = f"fragment F on City {{ {nested(5, CITIES, 'id', '}}}')} }}"
    yield hostile("fragment that nobody spreads", depth, VIEWER + unused)
    lists = nested(400, "[", "1", "]")
    yield hostile("literal lists 400 deep", depth, f"{{ nodes(ids: {lists}) {{ id }} }}")


def circles() -> Iterator[Hostile]:
    """Fragments that contain themselves."""
    cycle = "LIMIT_CYCLE"
    yield hostile("fragment in itself", cycle, "{ ...F } fragment F on Query { ...F }")
    below = "fragment F on City { publications { nodes { city { ...F } } } }"
    yield hostile("fragment below itself", cycle, "{ cities { nodes { ...F } } }" + below)
    ring = several(19, "fragment F# on Query { ...F+ }") + "fragment F19 on Query { ...F0 }"
    yield hostile("ring of 20 fragments", cycle, "{ ...F0 }" + ring)
    inline = "fragment F on Query { ... { ... @include(if: true) { ...F } } }"
    yield hostile("fragment within inline fragments", cycle, "{ ...F }" + inline)
    yield hostile("ring that nobody enters", cycle, VIEWER + ring)
    all_in_all = several(20, "fragment F# on Query {" + several(20, "...F#") + "}")
    yield hostile("every fragment in every other", cycle, "{ ...F0 }" + all_in_all)


def introspection() -> Iterator[Hostile]:
    """The description of the schema, read by nobody known or in circles."""
    closed, deep = "LIMIT_INTROSPECTION", "LIMIT_INTROSPECTION_DEPTH"
    yield hostile("schema, anonymous", closed, "{ __schema { types { name } } }", ANONYMOUS)
    hidden = '{ ...F } fragment F on Query { t: __type(name: "City") { name } }'
    yield hostile("type in a fragment, anonymous", closed, hidden, ANONYMOUS)
    yield hostile("schema, misplaced", closed, "{ viewer { __schema { x } } }", ANONYMOUS)
    fields = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"
    yield hostile("fields of fields", deep, fields)
    split = "{ __schema { types { fields { type { ...T } } } } } fragment T on __Type {"
    yield hostile("fields of fields by a fragment", deep, split + " possibleTypes { name } }")
    chain = nested(25, "ofType {", "name")
    yield hostile("types of types", deep, f'{{ __type(name: "City") {{ {chain} }} }}')
    ring = "fragment T on __Type { ofType { ...T } }"
    yield hostile("types in a ring", "LIMIT_CYCLE", "{ __schema { types { ...T } } }" + ring)
    six = several(6, "a#: __schema { types { name } }")
    yield hostile("schema six times", "LIMIT_COST", f"{{ {six} }}")
