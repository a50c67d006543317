"""Keyset pages: arguments, signed cursors, and the connection types."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import orjson
import strawberry
from sqlalchemy import ColumnElement, FromClause, and_, cast, or_, tuple_

from graphql_schema.reader.listing import Direction, Listing
from kotacerdas.errors import DomainError, Invalid

NodeType = TypeVar("NodeType")

DEFAULT_PAGE = 20
LARGEST_PAGE = 100


@strawberry.type(description="Where a page stands within its list.")
class PageInfo:
    """Where a page stands within its list."""

    has_next_page: bool = strawberry.field(description="Whether rows follow the page.")
    has_previous_page: bool = strawberry.field(description="Whether rows precede the page.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first row.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last row.")


@strawberry.type(description="A row of a page and its cursor.")
class Edge(Generic[NodeType]):
    """A row of a page and its cursor."""

    cursor: str = strawberry.field(description="Place of the row, for `after` and `before`.")
    node: NodeType = strawberry.field(description="The row.")


@strawberry.type(description="A page of rows: 20 if nothing is said, at most 100.")
class Connection(Generic[NodeType]):
    """A page of rows."""

    edges: list[Edge[NodeType]] = strawberry.field(description="The rows with their cursors.")
    nodes: list[NodeType] = strawberry.field(description="The rows alone.")
    page_info: PageInfo = strawberry.field(description="Whether there is more, and from where.")
    total_count: int = strawberry.field(
        description="All rows under the filter; counted only when asked for."
    )


class BadCursor(DomainError):
    """A cursor of another list, order or filter, or no cursor at all."""

    code = "BAD_CURSOR"
    id = (
        "Kursor ini tidak cocok dengan daftar, urutan, atau saringan ini."
        " Mulai lagi dari halaman pertama."
    )
    en = "This cursor does not fit this list, order or filter. Start again from the first page."


Steps = list[tuple[ColumnElement[Any], bool]]
"""Columns of an order, id last, each with whether it runs downward."""


@dataclass(frozen=True)
class Order:
    """In which order and direction a list is read, and whether beyond a cursor."""

    steps: tuple[tuple[str, Direction], ...]
    backward: bool
    beyond_cursor: bool

    @classmethod
    def of(cls, listing: Listing, arguments: Mapping[str, Any]) -> Order:
        """Read it from a connection's arguments."""
        backward = arguments.get("last") is not None
        given = [(step["field"], step["direction"]) for step in arguments.get("orderBy") or ()]
        steps = [(getattr(name, "value", name), Direction(way)) for name, way in given]
        steps = steps or [(next(iter(listing.orders)), listing.default)]
        cursor = arguments.get("before" if backward else "after")
        return cls(tuple(steps), backward, cursor is not None)

    def columns(self, listing: Listing, row: FromClause) -> Steps:
        """The order's columns over `row`."""
        steps = [(row.c[listing.orders[name].key], way) for name, way in self.steps]
        (tie, *_) = [c for c in row.primary_key if c.key != "tenant_id"]
        way = self.steps[-1][1]
        return [
            (column, (w is Direction.DESC) != self.backward) for column, w in (*steps, (tie, way))
        ]

    def clauses(self, columns: Steps) -> list[ColumnElement[Any]]:
        """ORDER BY for the columns."""
        return [column.desc() if down else column.asc() for column, down in columns]

    def beyond(self, columns: Steps, texts: Sequence[ColumnElement[Any]]) -> ColumnElement[bool]:
        """Rows after the cursor, whose values are `texts`, in the direction of reading."""
        values = [cast(text, c.type) for text, (c, _) in zip(texts, columns, strict=True)]
        downs = {down for _, down in columns}
        if len(downs) == 1:  # a comparison of rows is found by an index, a ladder of them is not
            left, right = tuple_(*(column for column, _ in columns)), tuple_(*values)
            return left < right if downs == {True} else left > right
        ladder = []
        for place, (column, down) in enumerate(columns):
            equal = [c == v for (c, _), v in zip(columns[:place], values[:place], strict=True)]
            further = column < values[place] if down else column > values[place]
            ladder.append(and_(*equal, further))
        return or_(*ladder)


@dataclass(frozen=True)
class Page:
    """One page asked for: how many rows, in which order, beyond which values."""

    size: int
    order: Order
    beyond: tuple[str, ...] | None
    key: bytes = field(repr=False)
    list_signature: Callable[[], bytes] = field(repr=False)

    @classmethod
    def of(
        cls,
        listing: Listing,
        arguments: Mapping[str, Any],
        key: bytes,
        order: Order | None = None,
    ) -> Page:
        """Read a connection's arguments; `order` is theirs where it is known already.

        Raises Invalid for sizes out of range or both directions at once, BadCursor for a cursor of
        another list.
        """
        order = order or Order.of(listing, arguments)
        size = _size(arguments, backward=order.backward)
        bound = [listing.name, order.steps, arguments.get("filter") or {}]

        @cache
        def signature() -> bytes:
            return _mark(key, orjson.dumps(bound, default=str))

        cursor = arguments.get("before" if order.backward else "after")
        length = len(order.steps) + 1
        beyond = None if cursor is None else _open(cursor, signature(), length, key)
        return cls(size, order, beyond, key, signature)

    def seal(self, values: Sequence[str]) -> str:
        """Make the cursor of a row from its order values, id last."""
        body = orjson.dumps(values)
        mark = _mark(self.key, self.list_signature() + body)
        return urlsafe_b64encode(mark + body).decode().rstrip("=")


def _mark(key: bytes, content: bytes) -> bytes:
    """Sign: by BLAKE2 with a key, for a tenth of what OpenSSL takes for an HMAC."""
    return blake2b(content, digest_size=9, key=key).digest()


def _size(arguments: Mapping[str, Any], *, backward: bool) -> int:
    first, last = arguments.get("first"), arguments.get("last")
    mixed = (first is not None or arguments.get("after")) if backward else arguments.get("before")
    if mixed:
        raise Invalid(
            "last" if backward else "before",
            "pakai first dengan after, atau last dengan before.",
            "use first with after, or last with before.",
        )
    size = last if backward else first
    size = DEFAULT_PAGE if size is None else size
    if not 1 <= size <= LARGEST_PAGE:
        raise Invalid(
            "last" if backward else "first",
            f"isi ukuran halaman 1 sampai {LARGEST_PAGE}.",
            f"ask for a page of 1 to {LARGEST_PAGE} rows.",
        )
    return size


def _open(cursor: str, signature: bytes, length: int, key: bytes) -> tuple[str, ...]:
    try:
        raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except ValueError:
        raise BadCursor from None
    mark, body = raw[:9], raw[9:]
    if not hmac.compare_digest(mark, _mark(key, signature + body)):
        raise BadCursor
    values: list[str] = orjson.loads(body)
    if len(values) != length:
        raise BadCursor
    return tuple(values)
