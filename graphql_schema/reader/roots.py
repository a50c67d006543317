"""Where a read begins: no parent row, but a scope. Both paths of the reader read these."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, get_args
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, FromClause, Select

from graphql_schema.context import Context
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import unread, with_parameters
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.seeking import RootFound
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import Scope

ROOT = "root"
"""Key of a root's declaration in a Strawberry field's metadata."""

ScopeOf = Callable[[Context], Scope]
Arguments = Mapping[str, Any]
"""A field's arguments by their GraphQL names; absent ones are left out."""


class Found(NamedTuple):
    """The row that a root field means: its id, and the scope in which it is read."""

    scope: Scope
    id: UUID | int


Find = Callable[[Context, Arguments], Found | None]


async def _nothing_to_learn(_context: Context, _arguments: Arguments) -> None:
    """Nothing has to be known before."""


@dataclass(frozen=True)
class RootRow:
    """One row. `learn` fetches what `find` has to know; `find` raises Unfit without it."""

    target: str
    find: Find
    learn: Callable[[Context, Arguments], Awaitable[None]] = _nothing_to_learn


@dataclass(frozen=True)
class RootPage:
    """Pages of all rows that `scope` reaches and `where` admits."""

    target: str
    listing: Listing
    scope: ScopeOf
    where: Callable[[FromClause], list[ColumnElement[bool]]]


@dataclass(frozen=True)
class RootRows:
    """All rows of `source`, ordered by its columns `order`, without pages."""

    target: str
    scope: ScopeOf
    source: Callable[[Asking], Select[Any]]
    order: tuple[str, ...]


@dataclass(frozen=True)
class RootOnly:
    """The one row of `source`."""

    target: str
    scope: ScopeOf
    source: Callable[[Asking], Select[Any]]


@dataclass(frozen=True)
class RootNodes:
    """Rows by opaque ids: one, or `several` in their order."""

    several: bool


@dataclass(frozen=True)
class RootGroup:
    """A room of other roots: an object without a row, null without the permission."""

    scope: ScopeOf
    requires: Permission
    make: Callable[[], Any]


Root = RootRow | RootPage | RootRows | RootOnly | RootNodes | RootGroup | RootFound


def field(root: Root, description: str, arguments: Mapping[str, Any] | None = None) -> Any:
    """A field that begins a read; `arguments` are annotated types by Python name."""
    listing = root.listing.arguments() if isinstance(root, RootPage) else []
    given = [
        inspect.Parameter(
            name,
            inspect.Parameter.KEYWORD_ONLY,
            annotation=kind,
            default=strawberry.UNSET if _optional(kind) else inspect.Parameter.empty,
        )
        for name, kind in (arguments or {}).items()
    ]
    resolver = with_parameters(unread, [*given, *listing])
    return strawberry.field(resolver=resolver, description=description, metadata={ROOT: root})


def _optional(kind: Any) -> bool:
    """Whether an annotated type may be None."""
    inner, *_ = get_args(kind) or (kind,)
    return type(None) in get_args(inner)


def page(
    target: str,
    listing: Listing,
    scope: ScopeOf,
    description: str,
    where: Callable[[FromClause], list[ColumnElement[bool]]] = lambda _row: [],
) -> Any:
    """A field with pages of rows."""
    return field(RootPage(target, listing, scope, where), description)
