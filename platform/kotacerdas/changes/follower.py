"""One reader's view of the changes: what it follows, and what it has not taken yet."""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kotacerdas.changes.change import Change

MOST_WAITING = 100
"""Changes that wait for a slow reader; beyond it the reader is told to read everything again."""


class Cause(StrEnum):
    """Why there are news; a change is of one thing, the others are of everything followed."""

    STARTED = "started"
    CHANGED = "changed"
    INTERRUPTED = "interrupted"
    MISSED = "missed"


@dataclass(frozen=True)
class News:
    """What a reader is told; `change` is there for CHANGED alone."""

    cause: Cause
    change: Change | None = None


@dataclass(frozen=True)
class Topic:
    """What to follow: a kind of thing, in a tenant or of a person or everywhere, or only `ids`."""

    kind: str
    tenant_id: int | None = None
    person_id: UUID | None = None
    ids: frozenset[UUID] | None = None

    @property
    def key(self) -> Hashable:
        """By what a change finds those who follow it; see `keys_of`."""
        return self.kind, self.person_id or self.tenant_id

    def holds(self, change: Change) -> bool:
        """Whether a change belongs to the topic."""
        return (
            self.kind == change.kind
            and self.tenant_id in (None, change.tenant_id)
            and self.person_id in (None, change.person_id)
            and (self.ids is None or change.id in self.ids)
        )


def keys_of(change: Change) -> set[Hashable]:
    """Return the keys of all topics that a change may belong to."""
    return {(change.kind, place) for place in (None, change.tenant_id, change.person_id)}


class Follower:
    """Keeps what is new until it is taken; changes of one thing wait as one."""

    def __init__(self, *topics: Topic) -> None:
        self.topics = topics
        self._causes = [Cause.STARTED]
        self._changes: dict[Change, None] = {}
        self._anything = asyncio.Event()
        self._anything.set()

    async def next(self, seconds: float) -> News | None:
        """Return the next news, or None where there are none within `seconds`."""
        try:
            async with asyncio.timeout(seconds):
                await self._anything.wait()
        except TimeoutError:
            return None
        return self._take()

    def tell(self, change: Change) -> None:
        """Take note of a change, if it is followed."""
        if Cause.MISSED in self._causes or not any(each.holds(change) for each in self.topics):
            return
        self._changes[change] = None
        if len(self._changes) > MOST_WAITING:
            self.tell_all(Cause.MISSED)
        self._anything.set()

    def tell_all(self, cause: Cause) -> None:
        """Take note of what concerns everything: it replaces what was waiting, but the start."""
        self._changes.clear()
        self._causes = [each for each in self._causes if each is Cause.STARTED] + [cause]
        self._anything.set()

    def _take(self) -> News:
        if self._causes:
            news = News(self._causes.pop(0))
        else:
            change = next(iter(self._changes))
            del self._changes[change]
            news = News(Cause.CHANGED, change)
        if not self._causes and not self._changes:
            self._anything.clear()
        return news
