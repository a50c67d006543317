"""Hostile by amount: what would cost too much, and floods of one thing."""

from __future__ import annotations

from collections.abc import Iterator

from graphql_schema.limits.allowance import ANONYMOUS, TOKEN
from tests.graphql_schema.limits.hostile import Hostile, hostile, nested, several

ROWS = "{ nodes { id } }"
PAGES = "{ cities(first: 100) { nodes { innovations(first: %s) " + ROWS + " } } }"
RETURNED = "(input: {}) { errors { code } }"


def costs() -> Iterator[Hostile]:
    """Documents whose answers could hold too many objects."""
    cost = "LIMIT_COST"
    yield hostile("pages in pages", cost, PAGES % "100")
    yield hostile("pages in pages, anonymous", cost, PAGES % "10", ANONYMOUS)
    yield hostile("pages in pages from the end", cost, PAGES.replace("first", "last") % "100")
    yield hostile("size in a variable", cost, "query Q($n: Int)" + PAGES % "$n", n=100)
    yield hostile("size as a decimal", cost, "query Q($n: Int)" + PAGES % "$n", n=100.0)
    yield hostile("size as a default", cost, "query Q($n: Int = 100)" + PAGES % "$n")
    yield hostile("size of 1,000,000,000", cost, "{ cities(first: 1000000000)" + ROWS + "}")
    yield hostile("size of 5,000 digits", cost, f"{{ cities(first: {'9' * 5_000}) {ROWS} }}")
    more = PAGES.replace("id", "unit { id } reviews { id }")
    yield hostile("pages in pages by a token", cost, more % "100", TOKEN)
    of_each = "{ ... on City { innovations(first: 100) " + ROWS + " } }"
    by_id = "query Q($i: [ID!]!) { nodes(ids: $i) " + of_each + " }"
    yield hostile("pages of 100 nodes", cost, by_id, i=["x"] * 100)
    rows = "fragment R on InnovationConnection { nodes { unit { id } dimension { id } } }"
    split = "{ cities(first: 60) { nodes { innovations(first: 60) { ...R } } } }"
    yield hostile("rows in a fragment of their page", cost, split + rows)
    lists = "missions { goals { id } } versions { documents { id } }"
    plans = "{ national { participations(first: 99) { nodes { masterplan {" + lists + "} } } } }"
    yield hostile("lists without pages", cost, plans)
    pages = several(25, "a#: innovations(first: 100) " + ROWS)
    yield hostile("25 aliases of a page", cost, f"{{ cities {{ nodes {{ {pages} }} }} }}")
    edges = "{ cities(first: 99) { edges { node { units(first: 99) { edges { cursor } } } } } }"
    yield hostile("edges in edges", cost, edges)
    rows = "results { innovation { reviews { id } remarks: unit { id } } }"
    bulk = several(5, "a#: innovationsUpdate(input: {}) { " + rows + " }")
    yield hostile("five changes of many rows", cost, f"mutation {{ {bulk} }}")
    told = "innovation { city { innovations(first: 100) { nodes { reviews { id } } } } }"
    event = f'subscription {{ innovationChanged(cityId: "x") {{ {told} }} }}'
    yield hostile("pages in each event", cost, event, ANONYMOUS)
    doubling = "fragment F# on City { a: participations(first: 9) { nodes { city { ...F+ } } } }"
    last = "fragment F2 on City { units(first: 100) " + ROWS + " }"
    bomb = "{ cities { nodes { ...F0 } } }" + several(2, doubling) + last
    yield hostile("fragments that multiply", cost, bomb)


def floods() -> Iterator[Hostile]:
    """Too many aliases, root fields, mutations, fragments or directives."""
    yield hostile("31 aliases", "LIMIT_ALIASES", "{" + several(31, "a#: viewer { id }") + "}")
    leaves = f"{{ viewer {{ {several(400, 'a#: id')} }} }}"
    yield hostile("400 aliases of a leaf", "LIMIT_ALIASES", leaves)
    roots = "cities {totalCount} regions {totalCount} cohorts {totalCount} viewer {id} x y z "
    yield hostile("root fields", "LIMIT_ROOT_FIELDS", "{" + roots * 3 + "}")
    split = "{ ...A ...B } fragment A on Query {" + roots * 2 + "} fragment B on Query {"
    yield hostile("root fields in fragments", "LIMIT_ROOT_FIELDS", split + roots + "}")
    changes = several(11, "a#: jobCancel" + RETURNED)
    yield hostile("11 mutations", "LIMIT_MUTATIONS", f"mutation {{ {changes} }}")
    each = "mutation M# { jobCancel" + RETURNED + " }"
    yield hostile("11 operations that mutate", "LIMIT_MUTATIONS", several(11, each))
    fragments = "{ viewer { ...F0 } }" + several(21, "fragment F# on Viewer { id }")
    yield hostile("21 fragments", "LIMIT_FRAGMENTS", fragments)
    bomb = "{ ...F0 }" + several(30, "fragment F# on Query {" + "...F+ " * 25 + "}")
    yield hostile("fragments 25 wide and 30 deep", "LIMIT_FRAGMENTS", bomb)
    directives = "@include(if: true) " * 51
    yield hostile("directives on a field", "LIMIT_DIRECTIVES", f"{{ x {directives} }}")
    yield hostile("directives on an operation", "LIMIT_DIRECTIVES", "query " + "@a " * 60 + "{x}")
    spread = "{ ...F %s } fragment F on Query { x }" % ("@a " * 300)
    yield hostile("directives on a spread", "LIMIT_DIRECTIVES", spread)


def repeats() -> Iterator[Hostile]:
    """One key asked for again and again, which validation compares two by two."""
    code = "LIMIT_REPEATS"
    yield hostile("6 equal leaves", code, "{ viewer {" + "id " * 6 + "} }")
    yield hostile("300 equal fields", code, "{" + "viewer { id } " * 300 + "}")
    yield hostile("5 times 5 times 5", code, "{" + _powers(3) + "}")
    inline = "{ viewer {" + "... { id } " * 200 + "} }"
    yield hostile("equal leaves in inline fragments", code, inline)
    fragments = several(20, "fragment F# on Viewer { id name }")
    spreads = "{ viewer {" + several(20, "...F#") + "} }"
    yield hostile("equal leaves in fragments", code, spreads + fragments)
    renamed = "{ viewer {" + "a: id " * 29 + "} }"
    yield hostile("29 fields of one alias", code, renamed)
    kinds = several(40, "... on T# { id }")
    yield hostile("equal leaves on 40 types", code, f'{{ node(id: "x") {{ {kinds} }} }}')
    unused = "{ viewer { id } } fragment F on Viewer {" + "name " * 900 + "}"
    yield hostile("equal leaves that nobody spreads", code, unused)


def _powers(levels: int) -> str:
    return "id" if levels == 0 else f"viewer {{ {_powers(levels - 1)} }} " * 5


def values() -> Iterator[Hostile]:
    """Variables and literals that are long, deep or many."""
    by_id = "query Q($i: [ID!]!) { nodes(ids: $i) { id } }"
    yield hostile("list of 10,000", "LIMIT_LIST", by_id, i=["x"] * 10_000)
    yield hostile("list of 501", "LIMIT_LIST", by_id, i=["x"] * 501)
    yield hostile("unused list of 10,000", "LIMIT_LIST", "{ viewer { id } }", x=[1] * 10_000)
    literal = f"{{ nodes(ids: [{'1 ' * 600}]) {{ id }} }}"
    yield hostile("literal list of 600", "LIMIT_LIST", literal)
    default = f"query Q($i: [ID!]! = [{'1 ' * 600}]) {{ nodes(ids: $i) {{ id }} }}"
    yield hostile("default list of 600", "LIMIT_LIST", default)
    filtered = "query Q($f: CityFilter) { cities(filter: $f) { totalCount } }"
    deep: dict[str, object] = {}
    for _ in range(60):
        deep = {"and": [deep]}
    yield hostile("filter 120 deep", "LIMIT_VALUE_DEPTH", filtered, f=deep)
    literal = nested(60, "{and: [", "", "]}")
    document = f"{{ cities(filter: {literal}) {{ totalCount }} }}"
    yield hostile("literal filter 60 deep", "LIMIT_VALUE_DEPTH", document)
    many = {f"k{i}": i for i in range(15_000)}
    yield hostile("object of 15,000 keys", "LIMIT_VALUES", filtered, f=many)
    yield hostile("200 lists of 400", "LIMIT_VALUES", by_id, i=[[1] * 400] * 200)
    yield hostile("15,000 variables", "LIMIT_VALUES", "{ viewer { id } }", **many)
