"""Bound values of a compiled statement: each is worked out anew for every request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, Text, bindparam
from sqlalchemy.types import TypeEngine

from graphql_schema.reader.asking import Take
from graphql_schema.reader.compiled.slots import Variables, filling, slotted
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.paging import Order, Page
from kotacerdas.pipeline.connection import Parameters, Statement
from kotacerdas.pipeline.statements import compiled, encoder
from kotacerdas.scope import Scope

NAMES = count()


class Request(NamedTuple):
    """What the values of one request are taken from; `tenant` is as PostgreSQL reads it."""

    scope: Scope
    tenant: bytes | None
    variables: Variables
    pages: Sequence[Page]
    key: Any
    """The id of the row or rows that are asked for."""


Binder = Callable[[Request], bytes | None]


class PageAsked:
    """A connection of the operation: its list, and its arguments with slots."""

    def __init__(self, listing: Listing, arguments: Mapping[str, Any]) -> None:
        self._listing = listing
        self._order = Order.of(listing, arguments)
        self._fill = filling(arguments)
        self._same = not slotted(arguments)
        self._known: dict[bytes, Page] = {}

    def page(self, variables: Variables, key: bytes) -> Page:
        """Return the page that a request asks for; raises Invalid or BadCursor."""
        known = self._known.get(key)
        if known is None:
            known = Page.of(self._listing, self._fill(variables), key, self._order)
            if self._same:
                self._known = {key: known}
        return known


@dataclass(frozen=True)
class Deferred:
    """Asking at compile time: it notes how each value will be found, and binds its name."""

    has_tenant: bool
    binders: dict[str, Binder] = field(default_factory=dict)
    pages: list[PageAsked] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    """Names that stand in a statement."""

    def tenant(self, column: ColumnElement[int]) -> ColumnElement[int]:
        """The scope's tenant, or the column."""
        if not self.has_tenant:
            return column
        self.binders["tenant"] = _tenant
        return bindparam("tenant", type_=Integer(), unique=False)

    def value(self, of: Callable[[Scope], Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
        """A value that follows from the scope."""
        return self.named(kind, lambda request: of(request.scope))

    def bind(self, given: Any, kind: TypeEngine[Any], take: Take) -> ColumnElement[Any]:
        """An argument's value."""
        if not slotted(given):
            return self._placed(kind, _same(given, take, encoder(kind)))
        fill = filling(given)
        return self.named(kind, lambda request: take(fill(request.variables)))

    def confined(self) -> bool:
        """Whether the scope has a tenant."""
        return self.has_tenant

    def named(self, kind: TypeEngine[Any], find: Callable[[Request], Any]) -> ColumnElement[Any]:
        """A value found in the request."""
        encode = encoder(kind)
        return self._placed(kind, lambda request: encode(find(request)))

    def page(self, listing: Listing, arguments: Mapping[str, Any]) -> int:
        """Note a connection; each request reads its arguments. Return its number."""
        self.pages.append(PageAsked(listing, arguments))
        return len(self.pages) - 1

    def size(self, page: int, beyond: int) -> ColumnElement[int]:
        """How many rows the page has, and `beyond` more."""
        return self._placed(Integer(), lambda request: b"%d" % (request.pages[page].size + beyond))

    def cursor(self, page: int, length: int) -> list[ColumnElement[str]]:
        """The order values in the page's cursor."""
        return [self.named(Text(), _cursor_value(page, place)) for place in range(length)]

    def statement(self, query: Select[Any]) -> Prepared:
        """Compile a query whose values were bound here."""
        text, places = compiled(query)
        self.used.update(name for name, _, _ in places)
        binders = [self.binders.get(name) or _constant(kind, value) for name, kind, value in places]
        return Prepared(Statement(b"r%d" % next(NAMES), text.encode()), tuple(binders))

    def _placed(self, kind: TypeEngine[Any], binder: Binder) -> ColumnElement[Any]:
        name = f"v{len(self.binders)}"
        self.binders[name] = binder
        return bindparam(name, type_=kind, unique=False)

    def checks(self) -> tuple[Binder, ...]:
        """What no statement binds: nothing of its page is read, and yet it may be refused."""
        return tuple(each for name, each in self.binders.items() if name not in self.used)


@dataclass(frozen=True)
class Prepared:
    """A statement and how its values are found."""

    statement: Statement
    binders: tuple[Binder, ...]

    def parameters(self, request: Request) -> Parameters:
        """Return the values for one request; raises Unfit or DomainError."""
        return [binder(request) for binder in self.binders]


def _tenant(request: Request) -> bytes | None:
    return request.tenant


def _same(given: Any, take: Take, encode: Callable[[Any], bytes | None]) -> Binder:
    """Bind what the document itself says: worked out once, unless it is refused."""
    known: list[bytes | None] = []

    def binder(_request: Request) -> bytes | None:
        if not known:
            known.append(encode(take(given)))
        return known[0]

    return binder


def _cursor_value(page: int, place: int) -> Callable[[Request], str]:
    return lambda request: (request.pages[page].beyond or ())[place]


def _constant(kind: TypeEngine[Any], value: Any) -> Binder:
    encoded = encoder(kind)(value)
    return lambda _request: encoded
