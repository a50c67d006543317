"""Asking the buckets beside the requests: all questions of a moment in one round trip."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import structlog
from redis import RedisError

from kotacerdas.metrics import METRICS
from kotacerdas.rates.buckets import Buckets, Charge, Grant
from kotacerdas.rates.lease import Lease
from kotacerdas.rates.waiting import arrived

BATCH = 200
TIMEOUT_SECONDS = 0.25
"""What was not answered by then counts as silence."""
SILENCES = 2
"""So many in a row mean that Redis is out; one may be a pause of this machine."""
RETRY_SECONDS = 5.0
"""A Redis that did not answer is asked again after so long."""


class Clerk:
    """Refreshes leases, one batch at a time over one connection."""

    def __init__(self, buckets: Buckets, clock: Callable[[], float] = time.monotonic) -> None:
        self._buckets = buckets
        self._clock = clock
        self._queue: list[Lease] = []
        self._working: asyncio.Task[None] | None = None
        self._retry_at = 0.0
        self._silences = 0
        self._log = structlog.get_logger("rates")
        self.failing = False
        """Whether the last question was not answered."""

    def refresh(self, lease: Lease) -> asyncio.Future[None]:
        """Book and refill the lease soon; returns what is done by then, well or not."""
        if lease.refresh is None:
            lease.refresh = asyncio.get_running_loop().create_future()
            self._queue.append(lease)
            if self._working is None or self._working.done():
                self._working = asyncio.create_task(self._work())
        return lease.refresh

    def retry(self, lease: Lease) -> None:
        """Refresh the lease if it is time to see whether Redis is back."""
        if self.failing and self._clock() >= self._retry_at:
            self._retry_at = self._clock() + RETRY_SECONDS
            self.refresh(lease)

    async def aclose(self) -> None:
        """End what is under way and close the connections."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        await self._buckets.aclose()

    async def _work(self) -> None:
        while self._queue:
            batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            try:
                await self._fetch(batch)
            finally:
                for lease in batch:
                    if lease.refresh is not None:
                        lease.refresh.set_result(None)
                    lease.refresh = None

    async def _fetch(self, batch: list[Lease]) -> None:
        asked_at = self._clock()
        charges = [Charge(each.rate, each.who, each.unbooked, each.wanted()) for each in batch]
        try:
            grants = await self._charged(charges)
        except (RedisError, OSError) as failure:
            self._fail(type(failure).__name__)
            return
        if grants is None:
            self._silences += 1
            if self._silences >= SILENCES or self.failing:
                self._fail("silence")
            return
        self._silences = 0
        for lease, charge, grant in zip(batch, charges, grants, strict=True):
            # Counted from the question, so that a window never seems longer than it is.
            lease.receive(grant, charge.spent, asked_at + grant.seconds)
        self._tell(failing=False)

    async def _charged(self, charges: list[Charge]) -> list[Grant] | None:
        """Return the grants, or None where none came in time."""
        answer = asyncio.create_task(self._buckets.charge(charges))
        try:
            return answer.result() if await arrived(answer, TIMEOUT_SECONDS) else None
        finally:
            answer.cancel()  # which closes its connection, so that no late answer is misread
            await asyncio.wait({answer}, timeout=TIMEOUT_SECONDS)

    def _fail(self, reason: str) -> None:
        self._retry_at = self._clock() + RETRY_SECONDS
        self._tell(failing=True, reason=reason)

    def _tell(self, *, failing: bool, reason: str | None = None) -> None:
        if failing and not self.failing:
            self._log.warning("rates.redis_down", reason=reason)
        if self.failing and not failing:
            self._log.info("rates.redis_back")
        self.failing = failing
        METRICS.rates_local.set(failing)
