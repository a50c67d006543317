"""Sending changes to all processes, without ever making a write wait."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from threading import Condition, Thread

import redis
import structlog
from redis.backoff import NoBackoff
from redis.retry import Retry

from kotacerdas.changes.change import MISSED, Change, address, channel, encoded
from kotacerdas.settings import Settings

LOG = structlog.get_logger(__name__)

MOST_WAITING = 10_000
"""Changes that wait for Redis, some 3 MB; beyond it they are lost, and readers are told so."""
ANSWER_SECONDS = 1.0
FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
GOODBYE_SECONDS = 1.0


class Publisher:
    """Publishes from a thread of its own, begun at the first change.

    Changes wait in memory: the same one waits once, and all that wait go together.
    """

    def __init__(self, settings: Settings) -> None:
        self._url = address(settings)
        self._channel = channel(settings)
        self._waiting: dict[Change, None] = {}
        self._lost = False
        self._closing = False
        self._changed = Condition()
        self._thread: Thread | None = None

    def publish(self, changes: Iterable[Change]) -> None:
        """Hand over changes that were committed; returns at once, whether or not Redis is there."""
        with self._changed:
            self._keep(changes)
            if self._closing or not (self._waiting or self._lost):
                return
            if self._thread is None:
                self._thread = Thread(target=self._run, name="changes", daemon=True)
                self._thread.start()
            self._changed.notify()

    def close(self) -> None:
        """Send what waits, within a second, and end the thread."""
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(GOODBYE_SECONDS)

    def _keep(self, changes: Iterable[Change]) -> None:
        self._waiting |= dict.fromkeys(changes)
        if len(self._waiting) > MOST_WAITING:
            self._waiting, self._lost = {}, True

    def _run(self) -> None:
        client = redis.Redis.from_url(
            self._url,
            socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            retry=Retry(NoBackoff(), 0),  # the pauses are ours: they end when the process does
        )
        pause = 0.0
        with closing(client):
            while self._await_work(pause):
                pause = self._send(client, pause)

    def _await_work(self, pause: float) -> bool:
        """Wait for changes, or after a failure for the pause; False when all is done."""
        with self._changed:
            if pause:
                self._changed.wait_for(lambda: self._closing, pause)
                return not self._closing
            self._changed.wait_for(lambda: self._waiting or self._lost or self._closing)
            return bool(self._waiting or self._lost)

    def _send(self, client: redis.Redis, pause: float) -> float:
        """Send what waits; returns the pause before the next try, 0 after a success."""
        with self._changed:
            changes, lost = self._waiting, self._lost
            self._waiting, self._lost = {}, False
        messages = [MISSED] if lost else []
        try:
            for message in [*messages, *encoded(changes)]:
                client.publish(self._channel, message)
        except (redis.RedisError, OSError) as error:
            if not pause:
                LOG.warning("changes.unsent", error=type(error).__name__)
            with self._changed:
                self._lost |= lost
                self._keep(changes)
            return min(pause * 2 or FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS)
        if pause:
            LOG.info("changes.sent_again")
        return 0.0
