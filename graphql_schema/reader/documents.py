"""Source of a short list: the entries of a list inside a stored document."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import FromClause, Select, column, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from graphql_schema.reader.asking import Asking
from graphql_schema.reader.declaration import Rows

Part = tuple[tuple[str, ...], TypeEngine[Any]]
"""Where a value is within an entry, and its type."""


def entries(document: str, path: tuple[str, ...], **parts: Part) -> Rows:
    """The list at `path` of the parent's column `document`, one row for each entry in its order.

    `parts` become columns. The whole entry is the column `document`, for lists within it.
    """

    def source(parent: FromClause, _asking: Asking) -> Select[Any]:
        row = func.jsonb_array_elements(parent.c[document][path]).table_valued(
            column("document", JSONB), with_ordinality="place", joins_implicitly=True
        )
        row = row.render_derived()
        values = [
            row.c.document[where].astext.cast(kind).label(name)
            for name, (where, kind) in parts.items()
        ]
        query: Any = select(row.c.document, *values).order_by(row.c.place)
        return cast("Select[Any]", query)  # to pyright, named columns are no Select[Any]

    return source
