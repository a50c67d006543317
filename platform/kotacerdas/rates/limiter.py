"""Deciding whether a request is let in: by leased tokens at once, by the bucket if need be."""

from __future__ import annotations

import time
from collections.abc import Callable
from math import ceil

from kotacerdas.rates.buckets import Buckets
from kotacerdas.rates.clerk import RETRY_SECONDS, Clerk
from kotacerdas.rates.lease import Lease
from kotacerdas.rates.rate import Decision, Rate
from kotacerdas.rates.waiting import arrived

PATIENCE_SECONDS = 0.05
"""A request waits for its bucket no longer."""
STRICTER = 4
"""Without its bucket a process lets in this part of the limit."""
MOST_LEASES = 10_000


class Limiter:
    """Counts for one process, together with all others that share the buckets.

    In each window all processes together let in the limit, and at most one request more for each
    process: the window's first, for which nobody waits. While Redis is out, each process lets in a
    part of the limit by itself; nobody waits for it but those who ask while it falls silent.
    """

    def __init__(self, buckets: Buckets, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clerk = Clerk(buckets, clock)
        self._clock = clock
        self._leases: dict[tuple[str, object], Lease] = {}

    def __len__(self) -> int:
        """How many senders are being counted."""
        return len(self._leases)

    async def take(self, rate: Rate, who: object, amount: int = 1) -> Decision:
        """Let in what costs `amount` of `who`'s share of the rate, or not."""
        now = self._clock()
        lease = self._leases.get((rate.name, who))
        if lease is None or now >= lease.until:
            lease = self._begin(rate, who, now)
            if not self._clerk.failing:
                return self._advance(lease, amount, now)
        elif lease.tokens >= amount:
            return self._spend(lease, amount, now)
        elif lease.left > 0 and not self._clerk.failing:
            await self._wait(lease, amount)
        return self._settled(lease, amount, self._clock())

    async def aclose(self) -> None:
        """End what is under way and close the connections."""
        await self._clerk.aclose()

    def _begin(self, rate: Rate, who: object, now: float) -> Lease:
        key = (rate.name, who)
        self._leases.pop(key, None)
        if len(self._leases) >= MOST_LEASES:
            self._forget(now)
        lease = Lease(rate, who, now + rate.window_seconds, rate.limit)
        self._leases[key] = lease
        return lease

    def _forget(self, now: float) -> None:
        """Make room: drop the leases that are over, and if all are in use the oldest tenth."""
        live = {key: lease for key, lease in self._leases.items() if now < lease.until}
        for key in list(live)[: max(0, len(live) - MOST_LEASES + MOST_LEASES // 10)]:
            del live[key]
        self._leases = live

    def _advance(self, lease: Lease, amount: int, now: float) -> Decision:
        """Let in the first request of a window before the bucket is asked."""
        lease.spend(amount, booked=False)
        self._clerk.refresh(lease)
        return _decided(lease, True, max(0, lease.left - amount), now)

    def _spend(self, lease: Lease, amount: int, now: float) -> Decision:
        lease.tokens -= amount
        lease.spend(amount, booked=True)
        if lease.tokens <= lease.low and lease.left > 0 and not self._clerk.failing:
            self._clerk.refresh(lease)
        return _decided(lease, True, lease.tokens + lease.left, now)

    async def _wait(self, lease: Lease, amount: int) -> None:
        """Wait for tokens, not for long."""
        until = self._clock() + PATIENCE_SECONDS
        lease.awaited += amount
        try:
            while lease.tokens < amount and lease.left > 0 and not self._clerk.failing:
                patience = until - self._clock()
                if patience <= 0:
                    break
                await arrived(self._clerk.refresh(lease), patience)
        finally:
            lease.awaited -= amount

    def _settled(self, lease: Lease, amount: int, now: float) -> Decision:
        """Decide by what has come, or strictly where nothing came."""
        if lease.tokens >= amount:
            return self._spend(lease, amount, now)
        if lease.left == 0:
            return _decided(lease, False, lease.tokens, now)
        self._clerk.retry(lease)
        own = max(1, lease.rate.limit // STRICTER)
        allowed = lease.spent + amount <= own
        if allowed:
            lease.spend(amount, booked=False)
        decision = _decided(lease, allowed, max(0, own - lease.spent), now)
        # The bucket may be back long before the window ends.
        return decision._replace(reset_seconds=min(decision.reset_seconds, ceil(RETRY_SECONDS)))


def _decided(lease: Lease, allowed: bool, remaining: int, now: float) -> Decision:
    return Decision(allowed, lease.rate, remaining, max(1, ceil(lease.until - now)))
