"""Rows as lines of PostgreSQL's COPY text format, and ids and moments that follow from a seed."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

EPOCH_MS = 1_609_459_200_000
"""2021-01-01, when the first of the made-up innovations was begun."""

SPAN_MS = 5 * 365 * 24 * 3600 * 1000
"""The five years over which they were begun."""

_ESCAPES = str.maketrans({"\\": "\\\\", "\n": "\\n", "\t": "\\t"})


def line(*values: object) -> str:
    """One row; None is NULL."""
    return "\t".join(["\\N" if each is None else _text(each) for each in values]) + "\n"


def _text(value: object) -> str:
    return value.translate(_ESCAPES) if isinstance(value, str) else str(value)


def identity(rng: Random, moment_ms: int) -> str:
    """A UUIDv7 of a moment as 32 hexadecimal digits: ids are in order of time, as the product's."""
    random = rng.getrandbits(74)
    low = 0x8000000000000000 | (random & 0x3FFFFFFFFFFFFFFF)
    return f"{moment_ms:012x}7{random >> 62:03x}{low:016x}"


def moment(moment_ms: int) -> str:
    """A moment as PostgreSQL reads it."""
    return datetime.fromtimestamp(moment_ms / 1000, UTC).isoformat()
