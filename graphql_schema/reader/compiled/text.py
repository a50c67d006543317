"""JSON as SQL text: pieces that are joined by concat().

NULL vanishes in concat() and would leave broken JSON, so every piece is a text for certain: `null`
where the API allows it, else BROKEN, upon which the whole answer is thrown away.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Text, func, literal_column

Piece = str | ColumnElement[Any]
Pieces = list[Piece]

BROKEN = "\x01"
"""Stands for a value that must not be null; JSON never holds this character bare."""
CURSOR, CURSOR_END = "\x02", "\x03"
"""Enclose the order values of a row, out of which the server makes a signed cursor."""
WIDEST = 90
"""PostgreSQL passes at most 100 arguments to a function."""


def text(value: str) -> ColumnElement[Any]:
    """A constant of ours (keys, braces, type names) as SQL; never what somebody wrote."""
    quoted = value.replace("'", "''")
    return literal_column(f"'{quoted}'", Text)


def key(name: str) -> str:
    """Return the beginning of an object's entry."""
    return f'"{name}":'


def listed(entries: Iterable[Pieces], opening: str, closing: str) -> Pieces:
    """Join entries by commas between brackets."""
    pieces: Pieces = [opening]
    for place, entry in enumerate(entries):
        pieces += [",", *entry] if place else entry
    return [*pieces, closing]


def merged(pieces: Sequence[Piece]) -> Pieces:
    """Join neighbouring constants."""
    joined: Pieces = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, str) and isinstance(last, str):
            joined[-1] = last + piece
        elif not (isinstance(piece, str) and not piece):
            joined.append(piece)
    return joined


def concat(pieces: Sequence[Piece]) -> ColumnElement[Any]:
    """Return one SQL expression for the pieces."""
    parts = [text(piece) if isinstance(piece, str) else piece for piece in merged(pieces)]
    while len(parts) > WIDEST:
        parts = [
            func.concat(*parts[start : start + WIDEST], type_=Text)
            for start in range(0, len(parts), WIDEST)
        ]
    match parts:
        case []:
            return text("")
        case [only] if isinstance(pieces[0], str) and len(pieces) == 1:
            return only
        case _:
            return func.concat(*parts, type_=Text)


def or_null(value: ColumnElement[Any], *, nullable: bool) -> ColumnElement[Any]:
    """Return a text that is never NULL: `null`, or BROKEN where the API promises a value."""
    return func.coalesce(value, text("null" if nullable else BROKEN), type_=Text)
