"""`python -m tests.graphql_schema.subscriptions`: what open streams cost one API process."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from contextlib import ExitStack, redirect_stderr
from pathlib import Path
from statistics import median
from time import monotonic

import httpx

from kotacerdas import migration
from kotacerdas.database import Database
from kotacerdas.settings import Settings
from tests.conftest import _city
from tests.graphql_schema import places
from tests.graphql_schema.subscriptions.asking import INNOVATIONS, city_id
from tests.graphql_schema.subscriptions.live import Live, bearer
from tests.kotacerdas.web.server.process import Process, process
from tests.servers import servers

STREAMS = 200
IDLE_SECONDS = 30.0
CHANGES = 10
GOALS = {
    "rss_kib_per_stream": 100.0,
    "idle_cpu_percent": 3.0,
    "event_cpu_ms": 1.5,
    "event_ms_to_the_last": 1_000.0,
}
"""For 200 streams of 200 people on one city: each change is told to all of them."""
TICKS = os.sysconf("SC_CLK_TCK")


def rss_kib(pid: int) -> int:
    """Memory that the process holds."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS")))


def cpu_seconds(pid: int) -> float:
    """CPU time that the process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


async def measured(api: Process, live: Live) -> dict[str, float]:
    """Open the streams, let them idle, then change what all follow."""
    city = _city(live.database)
    row_id = places.innovation(live.database, city)
    tokens = [live.token(city)[1] for _ in range(STREAMS)]
    told: asyncio.Queue[float] = asyncio.Queue()
    pid, body = api.popen.pid, {"query": INNOVATIONS, "variables": {"city": city_id(city)}}

    async def follow(client: httpx.AsyncClient, token: str) -> None:
        headers = {"Accept": "text/event-stream", **bearer(token)}
        address = f"{api.url}/graphql"
        async with client.stream("POST", address, headers=headers, json=body) as stream:
            async for line in stream.aiter_lines():
                if line.startswith("data: {"):
                    told.put_nowait(monotonic())

    async def all_told() -> float:
        return max([await told.get() for _ in range(STREAMS)])

    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:
        before = rss_kib(pid)
        following = [asyncio.create_task(follow(client, token)) for token in tokens]
        await all_told()
        held, used, began = rss_kib(pid), cpu_seconds(pid), monotonic()
        await asyncio.sleep(IDLE_SECONDS)
        idle = (cpu_seconds(pid) - used) / (monotonic() - began)
        used, late = cpu_seconds(pid), []
        for number in range(CHANGES):
            began = monotonic()
            await asyncio.to_thread(live.rename, city, row_id, f"Nama {number}")
            late.append(await all_told() - began)
        spent = (cpu_seconds(pid) - used) / CHANGES / STREAMS
        for task in following:
            task.cancel()
        await asyncio.gather(*following, return_exceptions=True)
    figures = ((held - before) / STREAMS, idle * 100, spent * 1_000, median(late) * 1_000)
    return dict(zip(GOALS, figures, strict=True))


def main() -> int:
    """Print each figure with its goal; 1 if one falls short."""
    log = io.StringIO()
    with redirect_stderr(log), servers() as environment:
        os.environ.update(environment)
        settings = Settings()  # type: ignore[call-arg]  # filled from the environment
        migration.upgrade(settings)
        database = Database(settings)
        unlimited = {f"rate_{sender}": 0 for sender in ("anonymous", "user", "token")}
        with process(**unlimited) as api, ExitStack() as opened:
            live = Live(api.url, settings, database, None, None, opened)  # type: ignore[arg-type]  # of a process apart
            figures = asyncio.run(measured(api, live))
        database.close()
    for name, value in figures.items():
        verdict = "ok" if value <= GOALS[name] else "short"
        print(f"{name} {value:.2f} {GOALS[name]:g} {verdict}")
    return int(any(figures[name] > goal for name, goal in GOALS.items()))


if __name__ == "__main__":
    sys.exit(main())
