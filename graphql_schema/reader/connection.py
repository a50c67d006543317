"""The shape of a connection in the response: edges, nodes, pageInfo, totalCount."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLObjectType, get_named_type
from sqlalchemy import ColumnElement

from graphql_schema.reader.paging import Page
from graphql_schema.reader.selection import Selection

Finish = Callable[[Any], Any]


@dataclass(frozen=True)
class Piece:
    """An SQL expression and what turns its JSON value into the response's shape (None: nothing)."""

    sql: ColumnElement[Any]
    finish: Finish | None = None


Part = Callable[["Result"], Any]


@dataclass(frozen=True)
class Result:
    """A fetched page: each line is [order values, objects...], in the order of the response."""

    lines: list[list[Any]]
    cursors: list[str]
    total: int | None
    more: bool
    page: Page


@dataclass(frozen=True)
class Shape:
    """What the selection wants of a connection.

    `objects` are the distinct node selections (under edges and under nodes, by alias), each
    compiled once; `parts` builds each response key from a result.
    """

    objects: list[Piece]
    parts: dict[str, Part]
    counted: bool

    @classmethod
    def of(
        cls,
        selection: Selection,
        connection: GraphQLObjectType,
        asked: list[FieldNode],
        compiled: Callable[[list[FieldNode]], Piece],
    ) -> Shape:
        """Let `compiled` make the node selections and note how to build each part."""
        objects: list[Piece] = []
        parts: dict[str, Part] = {}
        counted = False

        def node(nodes: list[FieldNode]) -> int:
            objects.append(compiled(nodes))
            return len(objects)

        for key, nodes in selection.fields(connection, asked).items():
            match nodes[0].name.value:
                case "nodes":
                    parts[key] = _nodes(node(nodes), objects)
                case "edges":
                    wanted = selection.fields(_inner(connection, "edges"), nodes)
                    places = {
                        name: node(inner) if inner[0].name.value == "node" else 0
                        for name, inner in wanted.items()
                        if inner[0].name.value != "__typename"
                    }
                    parts[key] = _edges(places, objects)
                case "pageInfo":
                    wanted = selection.fields(_inner(connection, "pageInfo"), nodes)
                    names = {name: inner[0].name.value for name, inner in wanted.items()}
                    parts[key] = _page_info(names)
                case "totalCount":
                    counted = True
                    parts[key] = _total
        return cls(objects, parts, counted)

    def finish(self, page: Page) -> Callable[[Any], Any]:
        """Return what turns the fetched value into the response's shape."""

        def shaped(value: Any) -> dict[str, Any]:
            lines, total = value
            more = len(lines) > page.size
            lines = lines[: page.size][:: -1 if page.order.backward else 1]
            cursors = [page.seal(line[0]) for line in lines]
            result = Result(lines, cursors, total, more, page)
            return {name: part(result) for name, part in self.parts.items()}

        return shaped


def _inner(connection: GraphQLObjectType, field: str) -> GraphQLObjectType:
    kind = get_named_type(connection.fields[field].type)
    assert isinstance(kind, GraphQLObjectType)  # noqa: S101  (of our own schema)
    return kind


def _object(piece: Piece, value: Any) -> Any:
    return piece.finish(value) if piece.finish else value


def _nodes(place: int, objects: list[Piece]) -> Part:
    return lambda result: [_object(objects[place - 1], line[place]) for line in result.lines]


def _edges(places: dict[str, int], objects: list[Piece]) -> Part:
    """Edges by position of their object in the line; 0 stands for the cursor."""

    def edges(result: Result) -> list[dict[str, Any]]:
        return [
            {
                name: _object(objects[place - 1], line[place]) if place else cursor
                for name, place in places.items()
            }
            for line, cursor in zip(result.lines, result.cursors, strict=True)
        ]

    return edges


def _page_info(names: dict[str, str]) -> Part:
    def info(result: Result) -> dict[str, Any]:
        beyond = result.page.order.beyond_cursor
        whole = {
            "hasNextPage": beyond if result.page.order.backward else result.more,
            "hasPreviousPage": result.more if result.page.order.backward else beyond,
            "startCursor": result.cursors[0] if result.cursors else None,
            "endCursor": result.cursors[-1] if result.cursors else None,
        }
        return {key: whole[name] for key, name in names.items() if name in whole}

    return info


def _total(result: Result) -> Any:
    return result.total
