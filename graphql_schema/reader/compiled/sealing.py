"""Cursors: PostgreSQL marks the order values of a row, and the server signs them."""

from __future__ import annotations

import re
from collections.abc import Sequence

import orjson

from graphql_schema.reader.compiled.text import CURSOR, CURSOR_END
from graphql_schema.reader.paging import Page

_MARKED = re.compile(f"{CURSOR}(\\d+):([^{CURSOR_END}]*){CURSOR_END}".encode())
_CURSOR = CURSOR.encode()


def sealed(value: bytes, pages: Sequence[Page]) -> bytes:
    """Return a call's JSON with its cursors; `pages` are those of the same call."""
    if _CURSOR not in value:
        return value

    def seal(found: re.Match[bytes]) -> bytes:
        return pages[int(found[1])].seal(orjson.loads(found[2])).encode()

    return _MARKED.sub(seal, value)
