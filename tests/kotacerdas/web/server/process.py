"""The API as a process of its own, as production runs it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import orjson

START_SECONDS = 30
LINE_SECONDS = 5


@dataclass(frozen=True)
class Process:
    """A running API: `url` of the public port, `operators` of the other one."""

    url: str
    operators: str
    popen: subprocess.Popen[bytes]
    log: Path

    @property
    def address(self) -> tuple[str, int]:
        """Where the public port listens."""
        port = self.url.rpartition(":")[2]
        return ("127.0.0.1", int(port))

    def lines(self) -> list[dict]:
        """What it has logged."""
        return [orjson.loads(line) for line in self.log.read_text().splitlines()]

    def line(self, request_id: str) -> dict:
        """The one line about a request, which is written after its answer."""
        until = time.monotonic() + LINE_SECONDS
        while time.monotonic() < until:
            found = [line for line in self.lines() if line.get("request_id") == request_id]
            if found:
                [line] = found
                return line
            time.sleep(0.02)
        raise TimeoutError(request_id)

    def metrics(self) -> dict[str, float]:
        """What it has counted, by name and labels as Prometheus writes them."""
        page = httpx.get(f"{self.operators}/metrics", timeout=10).text
        lines = [line for line in page.splitlines() if not line.startswith("#")]
        return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


@contextmanager
def process(**variables: object) -> Iterator[Process]:
    """Start it with these settings over the environment's; it is ready when the block begins."""
    listener = socket.create_server(("127.0.0.1", 0))
    url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    given = {"base_url": url, "metrics_port": 0, "log_format": "json", **variables}
    environment = {f"KOTACERDAS_{name.upper()}": str(value) for name, value in given.items()}
    command = [sys.executable, "-m", "graphql_schema.serving", "--fd", str(listener.fileno())]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        with log.open("w") as output:
            popen = subprocess.Popen(
                command,
                pass_fds=[listener.fileno()],
                env={**os.environ, **environment},
                stdout=output,
                stderr=output,
            )
        listener.close()  # its own alone is left
        try:
            yield _ready(url, popen, log)
        finally:
            popen.terminate()
            popen.wait()


def _ready(url: str, popen: subprocess.Popen[bytes], log: Path) -> Process:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert popen.poll() is None, f"the server ended before it was ready: {log.read_text()}"
        try:
            if httpx.get(f"{url}/readyz", timeout=1).status_code == 200:
                return Process(url, _operators(log), popen, log)
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


def _operators(log: Path) -> str:
    lines = map(orjson.loads, log.read_text().splitlines())
    return next(line["metrics"] for line in lines if line["event"] == "listening")
