"""How much the load generator itself can do: no contender may come near it."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
from multiprocessing.connection import Connection
from typing import cast

import uvloop

from tests.bench import rounds
from tests.bench.part import Outcome, Plan, outcome
from tests.bench.rounds import CONCURRENCIES

BODY = b"x" * 10_000
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(BODY) + BODY
SECONDS = 2.0


def generator(plan: Plan) -> Outcome:
    """Load a server that answers 10 KB at once, whatever it is asked."""
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=_serve, args=(theirs,))
    server.start()
    try:
        file = plan.files / "ceiling.jsonl"
        file.write_text(json.dumps(["POST / HTTP/1.1\r\nHost: x\r\n\r\n", "x"]) + "\n")
        port = ours.recv()
        seen = [rounds.load(file, port, each, SECONDS) for each in CONCURRENCIES]
    finally:
        server.terminate()
        server.join()
    one, many = seen
    rate, latency = many["answered"] / many["seconds"], one["p50"] * 1e6
    line = f"load generator: {rate:,.0f} requests a second of a server that does nothing"
    cost = many["cpu"] * 1e6
    return outcome([], [f"{line}, {latency:.0f} us for one; {cost:.0f} us of CPU for each"])


class _Constant(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, _data: bytes) -> None:
        self._transport.write(ANSWER)


def _serve(told: Connection) -> None:
    async def serve() -> None:
        server = await asyncio.get_running_loop().create_server(_Constant, "127.0.0.1", 0)
        told.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(serve())
