"""The servers that are compared, each in processes of its own on a port of the loopback."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TextIO

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
"""Requests of one person a minute, and their cost: counted as always, but never refused."""

START_SECONDS = 60
UVICORN = ("--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning")
UVICORN += ("--timeout-keep-alive", "120")
"""A server that is busy for five seconds would otherwise close connections that have just asked."""

OURS, PEER = "ours", "postgraphile"
PEER_ROLE = "bench_graphile"


class DidNotStart(Exception):
    """A contender did not answer; the text is the end of its log."""


@dataclass(frozen=True)
class Running:
    """A contender that answers."""

    name: str
    port: int
    leaders: tuple[Process, ...]

    @property
    def pids(self) -> list[int]:
        """All its processes."""
        return [process.pid for leader in self.leaders for process in of_session(leader)]


@contextmanager
def running(
    name: str,
    place: Place,
    logs: Path,
    *,
    processes: int = 1,
    settings: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Running]:
    """Start a contender, yield it when it answers, end it afterwards; raises DidNotStart.

    Our server takes a listening socket, which several processes may share; the others make their
    own. `settings` are variables over those that every contender gets.
    """
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    port = listener.getsockname()[1]
    if name != OURS:
        listener.close()
    log = logs / f"{name}.log"
    environment = {**os.environ, **place.environment, **_environment(name, place), **settings}
    started: list[subprocess.Popen[bytes]] = []
    try:
        with log.open("w") as file:
            for _ in range(processes if name == OURS else 1):
                command = _command(name, port, listener, processes)
                started.append(_start(name, command, environment, listener, file))
        leaders = [process_of(each.pid) for each in started]
        if not _answers(started, port):
            raise DidNotStart(f"{name} did not start:\n{log.read_text()[-2000:]}")
        yield Running(name, port, tuple(filter(None, leaders)))
    finally:
        listener.close()
        for each in started:
            _end(each)


def _start(
    name: str,
    command: tuple[str, ...],
    environment: Mapping[str, str],
    listener: socket.socket,
    log: TextIO,
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=peer.FOLDER if name == PEER else ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        pass_fds=(listener.fileno(),) if name == OURS else (),
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _command(name: str, port: int, listener: socket.socket, processes: int) -> tuple[str, ...]:
    python = (sys.executable, "-m")
    # uvicorn takes an inherited socket for a local one and leaves Nagle's algorithm on.
    where = ("--host", "127.0.0.1", "--port", str(port), "--workers", str(processes))
    match name:
        case "ours":
            return (*python, *API, "--fd", str(listener.fileno()))
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
    if name == OURS:
        return {
            "KOTACERDAS_POOL_SIZE": str(CONNECTIONS),
            "KOTACERDAS_RATE_USER": HIGH_RATE,
            "KOTACERDAS_BUDGET_USER": HIGH_RATE,
            "KOTACERDAS_METRICS_PORT": "0",
        }
    if name != PEER:
        return shared
    password = secrets.token_hex(16)
    with place.connect() as connection:
        statement = sql.SQL("alter role {} password {}")
        connection.execute(statement.format(sql.Identifier(PEER_ROLE), sql.Literal(password)))
    url = superuser_url(place.settings).set(username=PEER_ROLE, password=password)
    modes = {"NODE_ENV": "production", "GRAPHILE_ENV": "production"}
    return {**shared, **modes, "PGURL": url_text(url)}


def _answers(started: list[subprocess.Popen[bytes]], port: int) -> bool:
    """Wait until a request is answered, whatever the answer; all processes must stay alive."""
    deadline = time.monotonic() + START_SECONDS
    question = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    while all(each.poll() is None for each in started) and time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2) as asking:
            asking.sendall(question)
            if asking.recv(16).startswith(b"HTTP/1.1"):
                return True
        time.sleep(0.1)
    return False
