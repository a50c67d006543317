"""Who shows which credential: asked of the database, and known for a moment."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import blake2b
from time import monotonic
from typing import NamedTuple

from kotacerdas.changes import Cause, Feed, Topic
from kotacerdas.database import Database
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.identity.looking import authenticated
from kotacerdas.identity.models import RIGHTS
from kotacerdas.settings import Settings

KNOWN_SECONDS = 2.0
"""The longest that a right may outlive its end, if the news of it is lost."""
MOST_KNOWN = 10_000
QUIET_SECONDS = 60.0


@dataclass(frozen=True)
class Known:
    """An actor as the database told, under the feed's connection of that moment."""

    actor: Actor
    until: float
    hearing: int


class Found(NamedTuple):
    """An actor, and whether the database told just now."""

    actor: Actor
    asked: bool


class Actors:
    """Remembers actors for two seconds, and less where their rights change.

    Only while the feed hears of changes; without it every request asks the database.
    """

    def __init__(self, settings: Settings, database: Database, feed: Feed | None) -> None:
        self._settings = settings
        self._database = database
        self._feed = feed
        self._known: OrderedDict[bytes, Known] = OrderedDict()

    async def of(self, cookie: str | None, bearer: str | None, *, fresh: bool) -> Found:
        """Return who shows a credential; `fresh` asks the database in any case.

        Raises Unauthenticated for one that has ended, and TwoCredentials.
        """
        if cookie is None and bearer is None:
            return Found(ANONYMOUS, asked=True)
        hearing = self._feed.hearing if self._feed else None
        key = _key(cookie, bearer)
        known = self._known.get(key)
        if known and not fresh and known.hearing == hearing and known.until > monotonic():
            return Found(known.actor, asked=False)
        actor = await authenticated(self._database, self._settings, cookie=cookie, bearer=bearer)
        if hearing is not None:
            self._remember(key, Known(actor, monotonic() + KNOWN_SECONDS, hearing))
        return Found(actor, asked=True)

    async def follow(self) -> None:
        """Forget whose rights change, until cancelled."""
        if self._feed is None:
            return
        with self._feed.follow(Topic(RIGHTS.kind)) as news:
            while True:
                told = await news.next(QUIET_SECONDS)
                if told is not None and told.cause is Cause.CHANGED and told.change is not None:
                    self._forget(told.change.person_id)
                elif told is not None:
                    self._known.clear()

    def _remember(self, key: bytes, known: Known) -> None:
        self._known[key] = known
        self._known.move_to_end(key)
        if len(self._known) > MOST_KNOWN:
            self._known.popitem(last=False)

    def _forget(self, person_id: object) -> None:
        theirs = [k for k, known in self._known.items() if known.actor.person_id == person_id]
        for key in theirs:
            del self._known[key]


def _key(cookie: str | None, bearer: str | None) -> bytes:
    """Return under what a credential is remembered: a hash, for memory may be looked at."""
    return blake2b(f"{cookie}\n{bearer}".encode(), digest_size=32).digest()
