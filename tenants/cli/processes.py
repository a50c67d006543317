"""The product's processes: each replaces this one, so that signals reach it."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from kotacerdas.settings import settings

API = (
    *("uvicorn", "--factory", "graphql_schema.asgi:create_app"),
    *("--loop", "uvloop", "--http", "httptools", "--no-access-log"),
    *("--timeout-graceful-shutdown", "10"),
)
WORKER = ("workers", "worker")
RELAY = ("workers", "relay")
BEAT = ("workers", "beat")


def serve() -> None:
    """Serve the API and its pages."""
    become(*API, "--host", settings().host, "--port", str(settings().port))


def worker() -> None:
    """Run jobs: books, mails, housekeeping."""
    become(*WORKER)


def relay() -> None:
    """Tell the workers about due jobs; any number may run."""
    become(*RELAY)


def beat() -> None:
    """Give the hourly tick; a second one does no harm."""
    become(*BEAT)


def become(module: str, *arguments: str) -> NoReturn:
    """Run a module of ours or of a library in place of this process."""
    sys.stdout.flush()
    os.execv(sys.executable, command(module, *arguments))  # noqa: S606  (our own modules)


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a module."""
    return (sys.executable, "-m", module, *arguments)
