"""`python -m tests.kotacerdas.rates.hammer URL WHO LIMIT TIMES`: ask, and print what was let in."""

from __future__ import annotations

import asyncio
import sys

from pydantic import SecretStr

from kotacerdas.rates import clerk
from kotacerdas.rates import limiter as limiting
from kotacerdas.rates.buckets import Buckets
from kotacerdas.rates.limiter import Limiter
from kotacerdas.rates.rate import Rate
from tests.kotacerdas.rates.conftest import SECRET

AT_ONCE = 8


async def hammer(url: str, who: str, limit: int, times: int) -> int:
    """Ask so often, eight at a time; returns how many were let in."""
    limiter, rate = Limiter(Buckets(SecretStr(url), SECRET)), Rate("token", limit)

    async def ask() -> int:
        let_in = 0
        for _ in range(times // AT_ONCE):
            let_in += (await limiter.take(rate, who)).allowed
            await asyncio.sleep(0.001)
        return let_in

    try:
        return sum(await asyncio.gather(*(ask() for _ in range(AT_ONCE))))
    finally:
        await limiter.aclose()


if __name__ == "__main__":
    # Starting four processes keeps a machine busy; that is no outage of Redis.
    limiting.PATIENCE_SECONDS = clerk.TIMEOUT_SECONDS = 5
    url, who, limit, times = sys.argv[1:]
    print(asyncio.run(hammer(url, who, int(limit), int(times))))
