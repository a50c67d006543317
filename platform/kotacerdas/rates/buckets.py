"""What all processes have taken of each limit, kept in Redis for the length of a window."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pydantic import SecretStr
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from kotacerdas.rates.rate import Rate
from kotacerdas.signing import sign

SOCKET_SECONDS = 5.0
"""Only so that no socket is waited for without end; the clerk gives up far sooner."""
EDGE_MILLISECONDS = 50
"""A window ends so much early: what a process books for the next one never falls into the last."""

CHARGE = """
local limit, window = tonumber(ARGV[1]), tonumber(ARGV[2])
local spent, wanted = tonumber(ARGV[3]), tonumber(ARGV[4])
local taken, left = tonumber(redis.call('GET', KEYS[1]) or '0'), redis.call('PTTL', KEYS[1])
if left <= tonumber(ARGV[5]) then
  taken, left = 0, window
end
taken = taken + spent
local granted = math.max(0, math.min(wanted, limit - taken))
taken = taken + granted
redis.call('SET', KEYS[1], string.format('%.0f', taken), 'PX', left)
return {granted, math.max(0, limit - taken), left}
"""


class Charge(NamedTuple):
    """To book what was `spent` already, whatever is left, and to take up to `wanted` more."""

    rate: Rate
    who: object
    spent: int
    wanted: int


class Grant(NamedTuple):
    """What a bucket gave, what it has left for everybody, and when its window ends."""

    tokens: int
    left: int
    seconds: float


class Buckets:
    """The buckets of all rates in one Redis; a name is hashed, for it may be somebody's address."""

    def __init__(self, url: SecretStr, secret_key: SecretStr) -> None:
        # Kombu, for which the URL is written, has a scheme of its own for sockets.
        address = url.get_secret_value().replace("redis+socket://", "unix://", 1)
        self._redis: Redis = Redis.from_url(
            address,
            socket_timeout=SOCKET_SECONDS,
            socket_connect_timeout=SOCKET_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        self._secret_key = secret_key

    async def charge(self, charges: Sequence[Charge]) -> list[Grant]:
        """Make all charges in one round trip.

        Raises RedisError or OSError where Redis does not answer.
        """
        async with self._redis.pipeline(transaction=False) as pipeline:
            for each in charges:
                window = round(each.rate.window_seconds * 1000)
                numbers = (each.rate.limit, window, each.spent, each.wanted, EDGE_MILLISECONDS)
                # The text and not its hash: a server that restarted knows no hashes.
                pipeline.eval(CHARGE, 1, self._key(each), *map(str, numbers))
            answers = await pipeline.execute()
        return [Grant(tokens, left, left_ms / 1000) for tokens, left, left_ms in answers]

    async def aclose(self) -> None:
        """Close the connections."""
        await self._redis.aclose()

    def _key(self, charge: Charge) -> str:
        mark = sign(self._secret_key, f"rate {charge.rate.name}", str(charge.who))
        return f"kotacerdas:rate:{mark.hex()[:32]}"
