"""SQLAlchemy's statements as libpq takes them: numbered places, values as text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from enum import Enum
from typing import Any, cast
from uuid import UUID

import orjson
from sqlalchemy import JSON, Dialect, Executable, Select
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.types import TypeEngine

from kotacerdas.pipeline.connection import Statement, Step

DIALECT: Dialect = PGDialect_psycopg(paramstyle="numeric_dollar")  # type: ignore[no-untyped-call]  # of SQLAlchemy


class Unrepresentable(ValueError):
    """A text that PostgreSQL cannot hold: with NUL, or half of a surrogate pair."""


Places = list[tuple[str, TypeEngine[Any], Any]]
"""Name, type and value of each place, in order."""


def compiled(query: Executable) -> tuple[str, Places]:
    """Return a statement's text and its places."""
    done: Any = cast(Any, query).compile(
        dialect=DIALECT, compile_kwargs={"render_postcompile": True}
    )
    names: list[str] = done.positiontup or []
    return done.string, [(name, done.binds[name].type, done.params[name]) for name in names]


def step(query: Select[Any]) -> Step:
    """Return a query to be sent once, with the values it holds."""
    text, places = compiled(query)
    values = [encoder(kind)(value) for _, kind, value in places]
    return Step(Statement(b"", text.encode()), values)


def encoder(kind: TypeEngine[Any]) -> Callable[[Any], bytes | None]:
    """Return what writes values of a type."""
    return orjson.dumps if isinstance(kind, JSON) else text_of


def text_of(value: Any) -> bytes | None:  # noqa: ANN401  (any value of a column)
    """Return a value as PostgreSQL reads it; raises Unrepresentable."""
    written = PLAIN.get(type(value))
    if written is not None:
        return written(value)
    match value:
        case None:
            return None
        case Enum():
            return str(value.value).encode()
        case str():
            return _text(value)
        case bytes():
            return b"\\x" + value.hex().encode()
        case date():  # a datetime is one as well
            return value.isoformat().encode()
        case list() | tuple():
            return b"{" + b",".join(_entry(each) for each in value) + b"}"
        case _:
            return str(value).encode()


def _text(value: str) -> bytes:
    try:
        encoded = value.encode()
    except UnicodeEncodeError as surrogate:
        raise Unrepresentable from surrogate
    if b"\0" in encoded:  # libpq would end the text here
        raise Unrepresentable
    return encoded


PLAIN: dict[type, Callable[[Any], bytes]] = {
    bool: lambda value: b"true" if value else b"false",
    int: lambda value: b"%d" % value,
    str: _text,
    UUID: lambda value: str(value).encode(),
}
"""The kinds of nearly all values."""


def _entry(value: Any) -> bytes:  # noqa: ANN401  (any value of a column)
    text = text_of(value)
    if text is None:
        return b"NULL"
    return b'"' + text.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'
