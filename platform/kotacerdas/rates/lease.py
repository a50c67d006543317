"""What one process holds of a bucket: tokens taken ahead, so that most requests ask nobody."""

from __future__ import annotations

from asyncio import Future
from dataclasses import dataclass

from kotacerdas.rates.buckets import Grant
from kotacerdas.rates.rate import Rate

SHARE = 10
"""A lease is at most this part of what is left, so that little lies idle in other processes."""


@dataclass(eq=False, slots=True)
class Lease:
    """One sender's tokens in this process, for one window."""

    rate: Rate
    who: object
    until: float
    """End of the window on this process's clock; tokens are worth nothing after it."""
    left: int
    """What the bucket had left for everybody when it was last asked."""
    tokens: int = 0
    low: int = 0
    """With so many tokens or fewer, the next ones are fetched while requests go on."""
    spent: int = 0
    """What this process let in during the window."""
    unbooked: int = 0
    """What of it the bucket does not know yet."""
    awaited: int = 0
    """What requests wait for."""
    refresh: Future[None] | None = None

    def wanted(self) -> int:
        """How much to take: as much again as was used so far, within the lease's share.

        Who asks once leaves nothing lying about; who asks much soon has a whole share.
        """
        return max(1, self.awaited, min(self.spent, self.left // SHARE))

    def spend(self, amount: int, *, booked: bool) -> None:
        """Note what was let in, and whether the bucket knows of it."""
        self.spent += amount
        if not booked:
            self.unbooked += amount

    def receive(self, grant: Grant, booked: int, until: float) -> None:
        """Add what the bucket granted. Tokens of a window that is over are lost, not carried on."""
        if until > self.until + self.rate.window_seconds / 2:
            self.tokens, self.spent = 0, booked
        self.until = until
        self.unbooked -= booked
        self.tokens += grant.tokens
        self.low = self.tokens // 2
        self.left = grant.left
