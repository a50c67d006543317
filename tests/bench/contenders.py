"""The servers that are compared, each in processes of its own on a port of the loopback."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from psycopg import sql

from kotacerdas.embedded.processes import Process, of_session, process_of
from tenants.cli.processes import API
from tests.bench import peer
from tests.bench.data.store import ROOT, Place
from tests.scratch import superuser_url, url_text

NAMES = ("ours", "raw", "postgraphile", "strawberry")
CONNECTIONS = 10
"""Connections to PostgreSQL that each process of each contender holds at most."""

HIGH_RATE = "100000000"
"""Requests of one person a minute: counted as always, but never refused."""

START_SECONDS = 60
UVICORN = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning")
PEER_ROLE = "bench_graphile"


class DidNotStart(Exception):
    """A contender did not answer; the text is the end of its log."""


@dataclass(frozen=True)
class Running:
    """A contender that answers."""

    name: str
    port: int
    leader: Process

    @property
    def pids(self) -> list[int]:
        """All its processes."""
        return [process.pid for process in of_session(self.leader)]


@contextmanager
def running(name: str, place: Place, logs: Path, *, processes: int = 1) -> Iterator[Running]:
    """Start a contender, yield it when it answers, end it afterwards; raises DidNotStart."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = logs / f"{name}.log"
    with log.open("w") as file:
        started = subprocess.Popen(
            _command(name, port, processes),
            cwd=peer.FOLDER if name == "postgraphile" else ROOT,
            env={**os.environ, **place.environment, **_environment(name, place)},
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        leader = process_of(started.pid)
        if leader is None or not _answers(started, port):
            raise DidNotStart(f"{name} did not start:\n{log.read_text()[-2000:]}")
        yield Running(name, port, leader)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            started.wait(15)
        with suppress(ProcessLookupError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()


def _command(name: str, port: int, processes: int) -> tuple[str, ...]:
    where = ("--host", "127.0.0.1", "--port", str(port), "--workers", str(processes))
    python = (sys.executable, "-m")
    match name:
        case "ours":
            return (*python, *API, *where)
        case "raw":
            return (*python, "uvicorn", "tests.bench.raw.app:app", *UVICORN, *where)
        case "strawberry":
            return (*python, "uvicorn", "tests.bench.naive.app:app", *UVICORN, *where)
        case "postgraphile":
            return (str(peer.node()), "cluster.mjs", str(port), str(processes))
        case _:
            raise KeyError(name)


def _environment(name: str, place: Place) -> dict[str, str]:
    shared = {"CONNECTIONS": str(CONNECTIONS)}
    if name == "ours":
        return {"KOTACERDAS_POOL_SIZE": str(CONNECTIONS), "KOTACERDAS_RATE_USER": HIGH_RATE}
    if name != "postgraphile":
        return shared
    password = secrets.token_hex(16)
    with place.connect() as connection:
        statement = sql.SQL("alter role {} password {}")
        connection.execute(statement.format(sql.Identifier(PEER_ROLE), sql.Literal(password)))
    url = superuser_url(place.settings).set(username=PEER_ROLE, password=password)
    modes = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    return {**shared, **modes, "PGURL": url_text(url)}


def _answers(started: subprocess.Popen[bytes], port: int) -> bool:
    deadline = time.monotonic() + START_SECONDS
    while started.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
        time.sleep(0.1)
    return False
