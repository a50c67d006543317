"""Processes hold a rate together, and hardly any request asks for it."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import time

import pytest
import redis

from kotacerdas.rates import clerk
from kotacerdas.rates import limiter as limiting
from kotacerdas.rates.rate import Rate
from tests.sizes import ROOT

PROCESSES = 4


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """What a busy machine delays is no outage here."""
    monkeypatch.setattr(limiting, "PATIENCE_SECONDS", 5)
    monkeypatch.setattr(clerk, "TIMEOUT_SECONDS", 5)


def asked(url: str) -> int:
    """How many charges the server has made."""
    with redis.Redis.from_url(url) as client:
        return client.info("commandstats").get("cmdstat_eval", {}).get("calls", 0)


def test_a_sender_is_let_in_up_to_the_limit_and_again_after_the_window(shared_valkey, limiters):
    rate = Rate("user", 20, window_seconds=1.0)

    async def ask():
        async with limiters(shared_valkey.url) as (limiter,):
            first = [await limiter.take(rate, "ani") for _ in range(25)]
            await asyncio.sleep(1.05)
            return first, await limiter.take(rate, "ani")

    decisions, later = asyncio.run(ask())
    assert [each.allowed for each in decisions] == [True] * 20 + [False] * 5
    assert decisions[0].remaining == 19
    assert [each.remaining for each in decisions[19:]] == [0] * 6
    assert {each.reset_seconds for each in decisions} == {1}
    assert later.allowed


def test_senders_and_rates_are_counted_apart(shared_valkey, limiters):
    async def ask():
        async with limiters(shared_valkey.url) as (limiter,):
            takes = [("x", "1.1.1.1"), ("x", "1.1.1.2"), ("y", "1.1.1.1"), ("x", "1.1.1.1")]
            return [(await limiter.take(Rate(name, 1), who)).allowed for name, who in takes]

    assert asyncio.run(ask()) == [True, True, True, False]


def test_four_processes_together_let_in_the_limit_and_one_more_each_at_most(shared_valkey):
    limit, times = 200, 160
    command = [sys.executable, "-m", "tests.kotacerdas.rates.hammer", shared_valkey.url]
    running = [
        subprocess.Popen(
            [*command, "budi", str(limit), str(times)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for _ in range(PROCESSES)
    ]
    let_in = [int(each.communicate()[0]) for each in running]
    assert PROCESSES * times > 2 * limit
    assert 0.9 * limit <= sum(let_in) <= limit + PROCESSES


@pytest.mark.timed
def test_no_window_lets_in_more_however_requests_are_spread(shared_valkey, limiters):
    rate, seconds, chance = Rate("token", 30, window_seconds=0.3), 2.0, random.Random(7)

    async def ask() -> int:
        async with limiters(shared_valkey.url, PROCESSES) as several:
            let_in, until = 0, time.monotonic() + seconds

            async def one() -> None:
                nonlocal let_in
                while time.monotonic() < until:
                    amount = chance.choice((1, 1, 1, 2, 5))
                    decision = await chance.choice(several).take(rate, "spread", amount)
                    let_in += decision.allowed * amount
                    await asyncio.sleep(chance.random() / 100)

            await asyncio.gather(*(one() for _ in range(12)))
            return let_in

    windows = int(seconds / 0.25) + 1  # each ends 50 ms early
    let_in = asyncio.run(ask())
    assert let_in <= windows * (rate.limit + 5 * PROCESSES)
    assert let_in >= int(seconds / 0.3) * rate.limit * 0.8


def test_hardly_any_request_asks_the_bucket(valkey, limiters):
    rate = Rate("token", 600)

    async def ask():
        async with limiters(valkey.url) as (limiter,):
            for _ in range(600):
                assert (await limiter.take(rate, "sering")).allowed
                await asyncio.sleep(0)
            return await limiter.take(rate, "sering")

    assert not asyncio.run(ask()).allowed
    assert asked(valkey.url) <= 600 / 8


def test_who_asks_once_leaves_nothing_idle_and_no_address_behind(valkey, limiters):
    async def ask():
        async with limiters(valkey.url) as (limiter,):
            await limiter.take(Rate("anonymous", 60), "203.0.113.7")
            await asyncio.sleep(0.1)

    asyncio.run(ask())
    with redis.Redis.from_url(valkey.url) as client:
        (key,) = client.keys()
        assert b"203" not in key
        assert int(client.get(key)) <= 2
        assert 0 < client.pttl(key) <= 60_000


def test_a_limit_of_any_size_is_counted_exactly(valkey, limiters):
    async def ask():
        async with limiters(valkey.url) as (limiter,):
            for _ in range(3):
                decision = await limiter.take(Rate("cost", 10**15), "besar", 10**14)
                await asyncio.sleep(0.05)
            return decision

    assert asyncio.run(ask()).remaining == 7 * 10**14
    with redis.Redis.from_url(valkey.url) as client:
        (key,) = client.keys()
        assert client.get(key).isdigit()


def test_a_flood_of_senders_is_counted_in_bounded_memory(shared_valkey, limiters, monkeypatch):
    monkeypatch.setattr(limiting, "MOST_LEASES", 100)

    async def ask():
        async with limiters(shared_valkey.url) as (limiter,):
            for number in range(1_000):
                await limiter.take(Rate("anonymous", 60), f"flood {number}")
                assert len(limiter) <= 100
            return len(limiter)

    assert asyncio.run(ask()) >= 90
