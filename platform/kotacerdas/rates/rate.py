"""What is allowed in a window of time, and what was decided of one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

WINDOW_SECONDS = 60.0


@dataclass(frozen=True)
class Rate:
    """So much in each window, which begins with the first request; `name` tells rates apart."""

    name: str
    limit: int
    window_seconds: float = WINDOW_SECONDS


class Decision(NamedTuple):
    """Whether a request is let in, and where its sender stands."""

    allowed: bool
    rate: Rate
    remaining: int
    """What is left in this window, as far as this process knows."""
    reset_seconds: int
    """Until the whole limit is there again."""
