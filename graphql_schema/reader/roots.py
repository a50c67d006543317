"""Connections that begin a read: no parent row, but a scope."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

import strawberry
from sqlalchemy import ColumnElement, FromClause

from graphql_schema.context import Context, Info
from graphql_schema.reader.declaration import with_parameters
from graphql_schema.reader.listing import Listing
from graphql_schema.reader.reading import read_page
from kotacerdas.scope import Scope


def page(
    target: str,
    listing: Listing,
    scope: Callable[[Context], Scope],
    description: str,
    where: Callable[[FromClause], list[ColumnElement[bool]]] = lambda _row: [],
) -> Any:
    """A field with pages of all `target` rows that `scope` reaches and `where` admits."""

    async def resolve(info: Info, **_arguments: Any) -> Any:
        return await read_page(info._raw_info, scope(info.context), target, listing, where)

    own = inspect.Parameter("info", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Info)
    resolver = with_parameters(resolve, [own, *listing.arguments()])
    return strawberry.field(resolver=resolver, description=description)
