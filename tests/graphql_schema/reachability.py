"""Which paths of the schema lead to what a city owns, and which of them may."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from graphql_schema.context import Context
from graphql_schema.reader.declaration import READ, Listed, Many, One, Source
from graphql_schema.reader.roots import ROOT, RootGroup, RootNodes, RootRow
from graphql_schema.reader.seeking import RootFound
from kotacerdas.identity.policy import Permission
from kotacerdas.tenancy import TenantOwned

ANYBODYS = {
    "Publication",
    "PublishedItem",
    "PublishedPart",
    "PublishedResult",
    "SearchHit",
    "TextPart",
}
"""Rows of cities that everybody may read."""
ONES_OWN = {"OwnAssignment", "OwnMembership", "UnitName"}
"""Rows of cities that a person reads because they are about themselves, besides `own` ones."""
NARROWED = {"Query.search"}
"""Looks in all cities and is narrowed to some: what it shows, it shows without that too."""
SELECTOR = re.compile(r"(city|cities|tenant|region|province|slug)", re.IGNORECASE)


class Under(Enum):
    """Where a path begins: what its scope lets it reach."""

    PUBLIC = "a root that everybody may read"
    CITY = "one city, or one object's city"
    NATION = "national"
    OWN = "viewer"


class Edge(NamedTuple):
    """A step from a type to another; `gate` is the permission without which it is null."""

    name: str
    target: GraphQLNamedType
    gate: Permission | None
    own: bool


def findings(core: GraphQLSchema) -> list[str]:
    """Return every path that leads where it may not, and every row that hides its city."""
    walk = Walk(core)
    walk.roots()
    return [*walk.found, *rows_without_city(core), *selectors(core)]


class Walk:
    """One walk over the schema; each type is seen once for each beginning."""

    def __init__(self, core: GraphQLSchema) -> None:
        self.core = core
        self.found: list[str] = []
        self._seen: set[tuple[Under, str]] = set()

    def roots(self) -> None:
        """Walk from every root."""
        for name, field in self.core.query_type.fields.items():
            self._root(f"Query.{name}", field)
        for root in (self.core.mutation_type, self.core.subscription_type):
            for name, field in root.fields.items() if root else ():
                self._visit(Under.CITY, get_named_type(field.type), f"{root.name}.{name}")

    def _root(self, path: str, field: GraphQLField) -> None:
        target = get_named_type(field.type)
        match declared(field).get(ROOT):
            case RootNodes():
                self._visit(Under.CITY, target, path)
            case RootRow(target="City") if list(field.args) == ["by"]:
                self._visit(Under.CITY, target, path)
            case RootRow(target="Viewer"):
                self._visit(Under.OWN, target, path)
            case RootGroup(requires=Permission.NATIONAL_READ):
                for name, part in target.fields.items():
                    inner = self._rows(part)
                    self._visit(Under.NATION, inner, f"{path}.{name}")
                    if owned(inner) and "city" not in inner.fields:
                        self.found.append(f"{path}.{name}: rows of all cities without their city")
            case RootFound(target="SearchHit"):  # a hit opens what is gated in its own scope
                self._visit(Under.PUBLIC, self._rows(field), path)
            case root if getattr(root, "scope", None) is Context.public:
                self._visit(Under.PUBLIC, self._rows(field), path)
            case _:
                self.found.append(f"{path} is no permitted beginning of a read")

    def _rows(self, field: GraphQLField) -> Any:
        return self.core.type_map[declared(field)[ROOT].target]

    def _visit(self, under: Under, kind: GraphQLNamedType, path: str) -> None:
        under = Under.OWN if kind.name == "Viewer" else under
        if (under, kind.name) in self._seen:
            return
        self._seen.add((under, kind.name))
        if owned(kind) and not may(under, kind):
            self.found.append(f"{path} reaches {kind.name} under {under.value}")
            return
        for edge in self._edges(kind):
            step = f"{path}.{edge.name}"
            if edge.own and under is not Under.OWN:
                self.found.append(f"{step} reads what is a person's own outside viewer")
            elif not (under is Under.PUBLIC and edge.gate):  # null for whoever has no role
                self._visit(under, edge.target, step)

    def _edges(self, kind: GraphQLNamedType) -> Iterator[Edge]:
        if isinstance(kind, GraphQLInterfaceType):
            for possible in self.core.get_possible_types(kind):
                yield Edge(f"({possible.name})", possible, None, False)
        for name, field in getattr(kind, "fields", {}).items():
            read = field.extensions.get(READ)
            if isinstance(read, One | Listed | Many):
                gate = read.requires or field.extensions.get("requires")
                target = self.core.type_map[read.target]
                yield Edge(name, target, gate, getattr(read, "own", False))
            elif "reads" not in kind.extensions:
                yield Edge(name, get_named_type(field.type), None, False)


def may(under: Under, kind: GraphQLNamedType) -> bool:
    """Whether rows of a city may be read where a path has begun."""
    if kind.name in ANYBODYS:
        return True
    match under:
        case Under.PUBLIC:
            return False
        case Under.OWN:
            return kind.name in ONES_OWN or source_of(kind).own
        case Under.CITY | Under.NATION:
            return kind.name not in ONES_OWN and not source_of(kind).public


def rows_without_city(core: GraphQLSchema) -> Iterator[str]:
    """Yield types of a city's rows that do not say which: a line without id is part of its row."""
    for kind in filter(owned, core.type_map.values()):
        named = get_named_type(kind.fields["city"].type).name if "city" in kind.fields else ""
        if source_of(kind).prefix and named not in ("City", "CityName") and kind.name != "UnitName":
            yield f"{kind.name} belongs to a city and does not say which"


def selectors(core: GraphQLSchema) -> Iterator[str]:
    """Yield arguments and filters by which a city is chosen elsewhere than where it may be."""
    for kind in core.type_map.values():
        if not isinstance(kind, GraphQLObjectType) or kind is core.subscription_type:
            continue  # a subscription begins in one city, as `city(by:)` does
        for name, field in kind.fields.items():
            path = f"{kind.name}.{name}"
            yield from (
                f"{path}({argument}:) chooses a city"
                for argument in field.args
                if SELECTOR.search(argument) and path not in NARROWED
            )
            if kind.name != "National" and "filter" in field.args:
                yield from _filters(core, path, field)


def _filters(core: GraphQLSchema, path: str, field: GraphQLField) -> Iterator[str]:
    root = declared(field).get(ROOT) or field.extensions.get(READ)
    if owned(core.type_map[root.target]):
        for name in get_named_type(field.args["filter"].type).fields:
            if SELECTOR.search(name):
                yield f"{path}(filter: {{{name}}}) chooses cities outside national"


def owned(kind: GraphQLNamedType) -> bool:
    """Whether a type shows rows that belong to a tenant."""
    source = kind.extensions.get("reads")
    return source is not None and issubclass(source.model, TenantOwned)


def source_of(kind: GraphQLNamedType) -> Source:
    source: Source = kind.extensions["reads"]
    return source


def declared(field: GraphQLField) -> dict[Any, Any]:
    metadata: dict[Any, Any] = field.extensions["strawberry-definition"].metadata
    return metadata
