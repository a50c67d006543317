"""Cursors: PostgreSQL marks the order values of a row, and the server signs them."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from graphql_schema.reader.compiled.text import CURSOR, CURSOR_END
from graphql_schema.reader.paging import Page

_BEGIN, _END = CURSOR.encode(), CURSOR_END.encode()


def sealed(value: bytes, pages: Sequence[Page]) -> bytes:
    """Return a call's JSON with its cursors; `pages` are those of the same call."""
    if _BEGIN not in value:
        return value
    plain, *marked = value.split(_BEGIN)
    parts = [plain]
    for each in marked:
        mark, _, rest = each.partition(_END)
        number, _, values = mark.partition(b":")
        parts += (pages[int(number)].seal(orjson.loads(values)).encode(), rest)
    return b"".join(parts)
