"""Serving the API on one port and its operators on another, in one process and one loop."""

from __future__ import annotations

import asyncio
import resource
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from kotacerdas import logs
from kotacerdas.metrics import METRICS
from kotacerdas.settings import Settings
from kotacerdas.web.server.connection import connection_with
from kotacerdas.web.server.limits import ConnectionLimits, limits_of
from kotacerdas.web.server.operations import operations
from kotacerdas.web.server.socket import socket_with

LOG = structlog.get_logger("server")
BACKLOG = 2048
OPERATORS_CONNECTIONS = 64
READ_SECONDS = 0.1
KERNEL_BYTES = 262_144
"""What the kernel keeps of a response for a slow reader; by itself it would take 4 MB for each."""
SPARE_FILES = 256
"""Open files that the process needs besides its connections."""


class PublicServer(uvicorn.Server):
    """uvicorn, whose application hears at once that the process is to end."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Tell the application, then end in order."""
        stopping: asyncio.Event = self.lifespan.state["stopping"]
        stopping.set()
        for server in self.servers:
            server.close()
        # What has been sent but not yet read is a request in flight, too.
        await asyncio.sleep(READ_SECONDS)
        await super().shutdown(sockets)


class OperatorsServer(uvicorn.Server):
    """uvicorn beside another one, which hears the signals and ends this one last."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the public server."""
        yield


def serve(app: Starlette, settings: Settings, *, descriptor: int | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C, then let requests in flight end.

    `descriptor` is the number of a socket that listens already, handed over by the launcher.
    """
    logs.adopt("uvicorn")
    _allow_files(settings.connection_limit + SPARE_FILES)
    public = _listening(settings.host, settings.port, "PORT") if descriptor is None else None
    sockets = [public or socket.socket(fileno=descriptor)]
    # Every connection inherits it.
    sockets[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
    others = [_listening(settings.metrics_host, settings.metrics_port, "METRICS_PORT")]
    LOG.info("listening", api=_address(sockets[0]), metrics=_address(others[0]))
    server = public_server(app, settings)
    limits = replace(limits_of(settings), connections=OPERATORS_CONNECTIONS)
    beside = OperatorsServer(_config(operations(app), limits, settings))
    METRICS.connections.set_function(lambda: len(server.server_state.connections))
    with asyncio.Runner(loop_factory=server.config.get_loop_factory()) as runner:
        runner.run(_serve_both(server, sockets, beside, others))


def public_server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    """Return the server of the port that everybody reaches."""
    return PublicServer(_config(app, limits_of(settings), settings))


def _config(app: ASGIApp, limits: ConnectionLimits, settings: Settings) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="uvloop",
        http=connection_with(limits),
        ws=socket_with(limits),
        ws_max_size=settings.request_body_bytes,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=settings.keep_alive_seconds,
        timeout_graceful_shutdown=settings.shutdown_seconds,
        backlog=BACKLOG,
    )


async def _serve_both(
    server: uvicorn.Server,
    sockets: list[socket.socket],
    beside: uvicorn.Server,
    others: list[socket.socket],
) -> None:
    operators = asyncio.create_task(beside.serve(others))
    try:
        await server.serve(sockets)
    finally:
        beside.should_exit = True
        await operators


def _listening(host: str, port: int, variable: str) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return socket.create_server(address[:2], family=family, backlog=BACKLOG)
    except OSError as refusal:
        # Python adds the address once more in parentheses.
        reason = str(refusal.strerror).partition(" (")[0]
        sys.exit(
            f"Cannot listen on {host}:{port}: {reason}."
            f" End what uses it, or set KOTACERDAS_{variable}."
        )


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _allow_files(wanted: int) -> None:
    """Raise the limit of open files, which most systems set low for programs that use select()."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, allowed), hard))
