"""Actors are known for a moment, and forgotten when their rights change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic
from typing import Any

import pytest
from sqlalchemy import select

from kotacerdas.changes import Feed
from kotacerdas.database import Database
from kotacerdas.identity.models import Account, Membership
from kotacerdas.identity.policy import Role
from kotacerdas.identity.sessions import open_session
from kotacerdas.scope import Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.web import actors as module
from kotacerdas.web.actors import Actors
from tests.faults.broker import stop
from tests.kotacerdas.changes.conftest import telling, valkey

__all__ = ["telling", "valkey"]


LONG = 600.0


@pytest.fixture
def secret(city, database) -> str:
    """The cookie of a council member's session."""
    now = datetime.now(UTC)
    person_id = city.person(Role.COUNCIL)
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        session.add(Account(person_id=person_id, email=f"{person_id}@uji.example"))
        session.flush()  # the session belongs to the account
        opened = open_session(session, person_id=person_id, previous=None, now=now)
    return opened.secret


class Watched:
    """Actors that hear of changes, and how often they have asked the database."""

    def __init__(self, settings: Settings, feed: Feed | None) -> None:
        self.database = Database(settings)
        self.actors = Actors(settings, self.database, feed)
        self.asked = 0

    async def roles(self, secret: str, *, fresh: bool = False) -> list[Role]:
        found = await self.actors.of(secret, None, fresh=fresh)
        self.asked += found.asked
        return [grant.role for grant in found.actor.grants]


@asynccontextmanager
async def watching(settings: Settings) -> AsyncIterator[Watched]:
    async with Feed(settings) as feed:
        watched = Watched(settings, feed)
        following = asyncio.create_task(watched.actors.follow())
        await eventually(lambda: feed.hearing is not None)
        yield watched
        following.cancel()
    await watched.database.aclose()


async def eventually(holds: Callable[[], Any]) -> None:
    """Wait until it holds, at most five seconds."""
    async with asyncio.timeout(5):
        while not holds():
            await asyncio.sleep(0.02)


def end_roles(settings: Settings, tenant_id: int) -> None:
    """End every role in a city, as another process would."""
    database = Database(settings)
    with database.unit_of_work(Scope(Door.CITY, tenant_id)) as session:
        mine = select(Membership).where(Membership.tenant_id == tenant_id)
        for membership in session.scalars(mine):
            membership.ended_at = datetime.now(UTC)
    database.close()


def test_the_database_is_asked_once_in_a_while(telling, secret):
    async def main() -> int:
        async with watching(telling) as watched:
            for _ in range(20):
                assert await watched.roles(secret) == [Role.COUNCIL]
            return watched.asked

    assert asyncio.run(main()) == 1


def test_what_is_changed_is_asked_for_in_any_case(telling, secret):
    async def main() -> int:
        async with watching(telling) as watched:
            await watched.roles(secret)
            await watched.roles(secret, fresh=True)
            return watched.asked

    assert asyncio.run(main()) == 2


def test_a_role_that_ends_elsewhere_is_forgotten_at_once(telling, secret, city, monkeypatch):
    monkeypatch.setattr(module, "KNOWN_SECONDS", LONG)

    async def main() -> float:
        async with watching(telling) as watched:
            assert await watched.roles(secret) == [Role.COUNCIL]
            await asyncio.to_thread(end_roles, telling, city.id)
            began = monotonic()
            while await watched.roles(secret):
                assert monotonic() - began < 5, "the role is still known"
                await asyncio.sleep(0.01)
            return monotonic() - began

    assert asyncio.run(main()) < 1


def test_without_news_nothing_is_remembered(telling, secret, valkey, monkeypatch):
    monkeypatch.setattr(module, "KNOWN_SECONDS", LONG)

    async def main() -> tuple[int, int]:
        async with watching(telling) as watched:
            await watched.roles(secret)
            stop(valkey)
            await eventually(lambda: watched.actors._feed.hearing is None)
            for _ in range(3):
                await watched.roles(secret)
            unheard = Watched(telling, None)
            for _ in range(3):
                await unheard.roles(secret)
            await unheard.database.aclose()
            return watched.asked, unheard.asked

    assert asyncio.run(main()) == (4, 3)


def test_what_was_known_lapses_even_if_no_news_come(telling, secret, monkeypatch):
    monkeypatch.setattr(module, "KNOWN_SECONDS", 0.05)

    async def main() -> int:
        async with watching(telling) as watched:
            await watched.roles(secret)
            await asyncio.sleep(0.1)
            await watched.roles(secret)
            return watched.asked

    assert asyncio.run(main()) == 2
