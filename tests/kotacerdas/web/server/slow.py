"""Slow clients in numbers, and how long everybody else waits meanwhile.

The slow ones are a process of their own, `python -m tests.kotacerdas.web.server.slow`: in one loop
with those who ask, they would keep them waiting by themselves.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import uniform

import httpx

from tests.kotacerdas.web.server.process import Process
from tests.kotacerdas.web.server.raw import HEAD, JSON
from tests.sizes import ROOT

GOAL_MS = 250
PIECE_SECONDS = 1.0
"""Pause of a slow client before its next byte."""
READ_SECONDS = (5.0, 15.0)
"""How long a client that reads nothing does so, before it begins anew: not all at once."""
ASKED_EVERY_SECONDS = 0.05
SETTLE_SECONDS = 1.0
"""For what the slow clients have sent at once; a flood is measured by `make hostile`."""
POST = b"POST /graphql HTTP/1.1\r\n" + JSON
MODES: dict[str, bytes] = {
    "head": POST + b"X-Slow: ",
    "body": POST + b'Content-Length: 60000\r\n\r\n{"query": "',
    "read": b"GET /static/graphiql/graphiql.min.js HTTP/1.1\r\n" + HEAD + b"\r\n",
}
"""What a slow client sends at once; after that single bytes, or it reads nothing."""
QUERY = {"query": "{ __typename }"}
Ask = Callable[[], Awaitable[httpx.Response]]


@dataclass
class Outcome:
    """How many connections were held at once, and what others waited, in milliseconds."""

    held: int
    waits: dict[str, list[float]] = field(default_factory=dict)

    @property
    def worst_ms(self) -> dict[str, float]:
        """The longest wait by what was asked."""
        return {name: max(waits) for name, waits in self.waits.items()}


def attack(api: Process, mode: str, connections: int, seconds: float) -> Outcome:
    """Hold so many slow connections for so long, opening each anew that the server ends."""
    port = api.url.rpartition(":")[2]
    command = [sys.executable, "-m", __name__, port, mode, str(connections)]
    slow = subprocess.Popen(command, cwd=ROOT)
    try:
        return asyncio.run(_waits(api, connections, seconds))
    finally:
        slow.kill()
        slow.wait()


async def _waits(api: Process, connections: int, seconds: float) -> Outcome:
    async with _client(api.url) as public, _client(api.operators) as operators:
        outcome = Outcome(await _held(operators, connections))
        await asyncio.sleep(SETTLE_SECONDS)
        until = time.monotonic() + seconds
        asked: dict[str, Ask] = {
            "query": lambda: public.post("/graphql", json=QUERY),
            "readyz": lambda: public.get("/readyz"),
            "operators_readyz": lambda: operators.get("/readyz"),
            "operators_metrics": lambda: operators.get("/metrics"),
        }
        await asyncio.gather(*(_ask(outcome, *each, until) for each in asked.items()))
    return outcome


async def _all_slow(port: int, mode: str, connections: int) -> None:
    await asyncio.gather(*(_slow(("127.0.0.1", port), mode) for _ in range(connections)))


async def _slow(address: tuple[str, int], mode: str) -> None:
    while True:
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(sock, address)
            await _be_slow(sock, mode)
        except OSError:
            continue  # the server has ended it
        finally:
            sock.close()


async def _be_slow(sock: socket.socket, mode: str) -> None:
    loop = asyncio.get_running_loop()
    await loop.sock_sendall(sock, MODES[mode])
    if mode == "read":
        await asyncio.sleep(uniform(*READ_SECONDS))
        return
    while True:
        await asyncio.sleep(PIECE_SECONDS)
        await loop.sock_sendall(sock, b"x")


async def _held(operators: httpx.AsyncClient, wanted: int) -> int:
    """Wait until so many connections are open, and return how many the process counts."""
    while True:
        lines = (await operators.get("/metrics")).text.splitlines()
        [line] = [line for line in lines if line.startswith("kotacerdas_connections ")]
        if (counted := int(float(line.split()[1]))) >= wanted:
            return counted
        await asyncio.sleep(0.1)


async def _ask(outcome: Outcome, name: str, ask: Ask, until: float) -> None:
    waits = outcome.waits.setdefault(name, [])
    while time.monotonic() < until:
        began = time.monotonic()
        (await ask()).raise_for_status()
        waits.append((time.monotonic() - began) * 1000)
        await asyncio.sleep(ASKED_EVERY_SECONDS)


def _client(url: str) -> httpx.AsyncClient:
    headers = {"X-Kota-Cerdas": "1"}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=30, trust_env=False)


if __name__ == "__main__":
    asyncio.run(_all_slow(int(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
