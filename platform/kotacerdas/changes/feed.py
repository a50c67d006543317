"""Hearing changes: one connection to Redis for the process, told on to all who follow."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Iterator
from contextlib import contextmanager, suppress
from random import uniform
from types import TracebackType
from typing import Self

import structlog
from redis import RedisError
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from kotacerdas.changes.change import Change, address, channel, decoded
from kotacerdas.changes.follower import Cause, Follower, Topic, keys_of
from kotacerdas.settings import Settings

LOG = structlog.get_logger(__name__)

CONNECT_SECONDS = 2.0
QUIET_SECONDS = 5.0
"""After this long without a message Redis is asked whether it is there, and has as long again."""
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0


class Feed:
    """Listens as long as it is entered, and connects again by itself.

    While Redis is away followers are told INTERRUPTED, and MISSED when it is back.
    """

    def __init__(self, settings: Settings) -> None:
        self._url = address(settings)
        self._channel = channel(settings)
        self._followers: defaultdict[Hashable, set[Follower]] = defaultdict(set)
        self._hearing: bool | None = None
        self._connections = 0
        self._listening: asyncio.Task[None] | None = None

    @property
    def hearing(self) -> int | None:
        """Number of the connection on which changes are heard, None where they are not."""
        return self._connections if self._hearing else None

    async def __aenter__(self) -> Self:
        self._listening = asyncio.create_task(self._listen(), name="changes")
        return self

    async def __aexit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening

    @contextmanager
    def follow(self, *topics: Topic) -> Iterator[Follower]:
        """Yield a follower of these topics, which hears from now on.

        Raises RuntimeError before the feed is entered: nothing would ever be heard.
        """
        if self._listening is None:
            raise RuntimeError("enter the feed first")
        follower = Follower(*topics)
        if self._hearing is False:
            follower.tell_all(Cause.INTERRUPTED)
        for topic in topics:
            self._followers[topic.key].add(follower)
        try:
            yield follower
        finally:
            for topic in topics:
                self._forget(topic.key, follower)

    def _forget(self, key: Hashable, follower: Follower) -> None:
        self._followers[key].discard(follower)
        if not self._followers[key]:
            del self._followers[key]

    async def _listen(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._hear()
            except (RedisError, OSError) as error:
                if self._hearing is not False:
                    LOG.warning("changes.unheard", error=type(error).__name__)
                    self._tell_all(Cause.INTERRUPTED)
                pause = FIRST_PAUSE_SECONDS if self._hearing else pause
                self._hearing = False
            # Processes that lost the same server do not come back in the same moment.
            await asyncio.sleep(uniform(pause / 2, pause))  # noqa: S311
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _hear(self) -> None:
        """Listen until the connection breaks; raises RedisError or OSError then."""
        client = Redis.from_url(
            self._url, socket_connect_timeout=CONNECT_SECONDS, retry=Retry(NoBackoff(), 0)
        )
        async with client, client.pubsub() as messages:
            await messages.subscribe(self._channel)
            asked = False
            while True:
                message = await messages.get_message(timeout=QUIET_SECONDS)
                if message is None:
                    await _ask(messages, again=asked)
                    asked = True
                    continue
                asked = False
                self._take(message)

    def _take(self, message: dict[str, object]) -> None:
        match message:
            case {"type": "subscribe"}:
                if self._hearing is False:
                    LOG.info("changes.heard_again")
                    self._tell_all(Cause.MISSED)
                self._hearing = True
                self._connections += 1
            case {"type": "message", "data": bytes() as data}:
                self._tell(data)

    def _tell(self, data: bytes) -> None:
        try:
            changes = decoded(data)
        except ValueError:
            LOG.warning("changes.unreadable", bytes=len(data))
            return
        if changes is None:
            self._tell_all(Cause.MISSED)
        for change in changes or ():
            for follower in self._following(change):
                follower.tell(change)

    def _following(self, change: Change) -> set[Follower]:
        found = [self._followers.get(key, set()) for key in keys_of(change)]
        return set[Follower]().union(*found)

    def _tell_all(self, cause: Cause) -> None:
        for follower in {each for group in self._followers.values() for each in group}:
            follower.tell_all(cause)


async def _ask(messages: PubSub, *, again: bool) -> None:
    """Ask a silent server for a sign of life; raises ConnectionError if it gave none before."""
    if again:
        raise ConnectionError("no answer from Redis")
    await messages.ping()
