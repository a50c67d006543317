"""Without Redis rates are strict and local: nobody sees an error, and nobody waits for long."""

from __future__ import annotations

import asyncio
import os
import signal
import time

import pytest
import redis

from kotacerdas.rates import clerk
from kotacerdas.rates.rate import Decision, Rate
from tests.faults.broker import stop

RATE = Rate("user", 40)
CLOSED = "redis://127.0.0.1:9/0"

pytestmark = pytest.mark.timed


async def timed(limiter, who: str, times: int) -> tuple[list[Decision], list[float]]:
    decisions, milliseconds = [], []
    for _ in range(times):
        began = time.monotonic()
        decisions.append(await limiter.take(RATE, who))
        milliseconds.append((time.monotonic() - began) * 1000)
    return decisions, milliseconds


def test_without_redis_each_process_lets_in_a_quarter(limiters):
    async def ask():
        async with limiters(CLOSED) as (limiter,):
            return await timed(limiter, "ani", 30)

    decisions, milliseconds = asyncio.run(ask())
    assert [each.allowed for each in decisions] == [True] * 10 + [False] * 20
    assert decisions[9].remaining == 0
    assert max(milliseconds) < 60


def test_a_redis_that_falls_silent_delays_a_request_once(valkey, limiters):
    async def ask():
        async with limiters(valkey.url) as (limiter,):
            await timed(limiter, "lain", 5)
            os.kill(valkey.pid, signal.SIGSTOP)
            try:
                before = [await timed(limiter, f"ani {n}", 3) for n in range(6)]
                await asyncio.sleep(0.3)
                return before, [await timed(limiter, f"budi {n}", 12) for n in range(6)]
            finally:
                os.kill(valkey.pid, signal.SIGCONT)

    before, after = asyncio.run(ask())
    assert max(max(each[1]) for each in before) < 250
    assert all(decision.allowed for each in before for decision in each[0])
    assert max(max(each[1]) for each in after) < 20
    assert [sum(d.allowed for d in each[0]) for each in after] == [10] * 6


def test_what_was_let_in_meanwhile_is_booked_when_redis_is_back(valkey, limiters, monkeypatch):
    monkeypatch.setattr(clerk, "RETRY_SECONDS", 0.1)

    async def ask():
        async with limiters(valkey.url) as (limiter,):
            stop(valkey)
            await timed(limiter, "ani", 8)
            valkey.start()
            await asyncio.sleep(0.15)
            await timed(limiter, "ani", 1)
            await asyncio.sleep(0.15)
            with redis.Redis.from_url(valkey.url) as client:
                (key,) = client.keys()
                booked = int(client.get(key))
            return booked, await timed(limiter, "ani", 40)

    booked, (decisions, _) = asyncio.run(ask())
    assert 9 <= booked <= 13
    assert sum(each.allowed for each in decisions) == 40 - 9
