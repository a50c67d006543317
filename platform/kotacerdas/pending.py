"""What a unit of work writes at its end, and what of it a refused row takes along."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

PENDING = "pending"
"""Key of a session's `info`."""


def pending(session: Session, name: str) -> list[Any]:
    """Return the list of that name; it lives as long as the session."""
    lists: dict[str, list[Any]] = session.info.setdefault(PENDING, {})
    return lists.setdefault(name, [])


def taken(session: Session, name: str) -> list[Any]:
    """Return what was put into the list of that name, and empty it."""
    lists: dict[str, list[Any]] = session.info.get(PENDING, {})
    return lists.pop(name, [])


@contextmanager
def provisional(session: Session) -> Iterator[None]:
    """Undo the block alone where it raises: its rows by a savepoint, and what it left pending."""
    lists: dict[str, list[Any]] = session.info.setdefault(PENDING, {})
    lengths = {name: len(entries) for name, entries in lists.items()}
    try:
        with session.begin_nested():
            yield
    except BaseException:
        for name, entries in lists.items():
            del entries[lengths.get(name, 0) :]
        raise
