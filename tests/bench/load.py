"""The load: `python -m tests.bench.load FILE PORT CONCURRENCY SECONDS [--once]`.

A process of its own, for no load generator can be installed everywhere without root. FILE holds
JSON lines `[request, expected]`: a whole HTTP request, and what its answer must hold.
"""

from __future__ import annotations

import argparse
import json
import re
import select
import socket
import sys
from array import array
from pathlib import Path
from random import Random
from time import perf_counter, process_time

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
DRAIN_SECONDS = 20
Request = tuple[bytes, bytes]


class Client:
    """One connection, kept open, with one request under way at a time."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self.whole = True
        self._expected = b""
        self._answer = b""
        self._length: int | None = None

    def ask(self, request: Request) -> None:
        """Send a request."""
        text, self._expected = request
        self._answer, self._length, self.whole = b"", None, False
        self.begun = perf_counter()
        self.socket.sendall(text)

    def read(self) -> None:
        """Read what has come; `whole` tells whether that was all."""
        data = self.socket.recv(1 << 18)
        if not data:
            raise ConnectionError(f"closed in the midst of an answer: {self._answer[:200]!r}")
        self._answer = self._answer + data if self._answer else data
        if self._length is None and (end := self._answer.find(b"\r\n\r\n")) >= 0:
            found = LENGTH.search(self._answer, 0, end)
            self._length = end + 4 + int(found[1]) if found else -1
        if self._length == -1:
            self.whole = self._answer.endswith(b"\r\n0\r\n\r\n")
        else:
            self.whole = self._length is not None and len(self._answer) >= self._length

    @property
    def bytes(self) -> int:
        """Length of the answer, head included."""
        return len(self._answer)

    @property
    def body(self) -> bytes:
        """The answer without its head."""
        head, _, body = self._answer.partition(b"\r\n\r\n")
        if LENGTH.search(head):
            return body
        chunks = []
        while body and (size := int(body[: body.index(b"\r\n")], 16)):
            start = body.index(b"\r\n") + 2
            chunks.append(body[start : start + size])
            body = body[start + size + 2 :]
        return b"".join(chunks)

    @property
    def good(self) -> bool:
        """Whether the answer is the expected one."""
        return self._answer.startswith(b"HTTP/1.1 200") and self._expected in self._answer

    @property
    def shown(self) -> str:
        """The answer's first bytes, to tell why it is bad."""
        return self._answer[:1500].decode(errors="replace")


class Load:
    """Requests drawn by chance, or each once, sent over some connections for some seconds."""

    def __init__(self, requests: list[Request], port: int, concurrency: int, once: bool) -> None:
        self._requests = requests
        self._rng = Random(port)
        self._left = iter(requests) if once else None
        self._clients = [Client(port) for _ in range(concurrency)]
        self.latencies = array("d")
        self.bytes = self.answered = self.bad = 0
        self.first_bad = ""

    def run(self, seconds: float) -> float:
        """Send for so long, then take in what is under way; returns the seconds of both."""
        poll = select.epoll()
        clients = {client.socket.fileno(): client for client in self._clients}
        for number in clients:
            poll.register(number, select.EPOLLIN)
        begun = perf_counter()
        until, idle = begun + seconds, 0
        for client in self._clients:
            idle += not self._ask(client)
        while idle < len(clients):
            ready = poll.poll(DRAIN_SECONDS)
            if not ready:
                raise TimeoutError(f"no answer within {DRAIN_SECONDS} seconds")
            for number, _ in ready:
                client = clients[number]
                client.read()
                if client.whole:
                    now = perf_counter()
                    self._note(client, now)
                    idle += now >= until or not self._ask(client)
        return perf_counter() - begun

    def _ask(self, client: Client) -> bool:
        if self._left is None:
            client.ask(self._rng.choice(self._requests))
            return True
        following = next(self._left, None)
        if following is not None:
            client.ask(following)
        return following is not None

    def _note(self, client: Client, now: float) -> None:
        self.answered += 1
        self.bytes += client.bytes
        self.latencies.append(now - client.begun)
        if not client.good:
            self.bad += 1
            self.first_bad = self.first_bad or client.shown


def main() -> None:
    """Print what was seen as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("concurrency", type=int)
    parser.add_argument("seconds", type=float)
    parser.add_argument("--once", action="store_true")
    given = parser.parse_args()
    lines = map(json.loads, given.file.read_text().splitlines())
    requests = [(request.encode(), expected.encode()) for request, expected in lines]
    load = Load(requests, given.port, given.concurrency, given.once)
    before = process_time()
    seconds = load.run(given.seconds)
    ordered = sorted(load.latencies)
    quantiles = {f"p{q}": ordered[len(ordered) * q // 100] for q in (50, 90, 99)}
    seen = {
        "seconds": seconds,
        "answered": load.answered,
        "bad": load.bad,
        "first_bad": load.first_bad,
        "cpu": (process_time() - before) / max(1, load.answered),
        "bytes": load.bytes / max(1, load.answered),
        **quantiles,
    }
    json.dump(seen, sys.stdout)


if __name__ == "__main__":
    main()
