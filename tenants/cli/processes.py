"""The product's processes: each replaces this one, so that signals reach it."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from kotacerdas.settings import settings

API = ("graphql_schema.serving",)
WORKER = ("workers", "worker")
RELAY = ("workers", "relay")
BEAT = ("workers", "beat")


def serve() -> None:
    """Serve the API and its pages."""
    _start(*API)


def worker() -> None:
    """Run jobs: books, mails, housekeeping."""
    _start(*WORKER)


def relay() -> None:
    """Tell the workers about due jobs; any number may run."""
    _start(*RELAY)


def beat() -> None:
    """Give the hourly tick; a second one does no harm."""
    _start(*BEAT)


def _start(module: str, *arguments: str) -> NoReturn:
    settings()  # a mistake in them is told here in one line, there by a traceback
    become(module, *arguments)


def become(module: str, *arguments: str) -> NoReturn:
    """Run a module of ours or of a library in place of this process."""
    sys.stdout.flush()
    os.execv(sys.executable, command(module, *arguments))  # noqa: S606  (our own modules)


def command(module: str, *arguments: str) -> tuple[str, ...]:
    """Return the command line of a module."""
    return (sys.executable, "-m", module, *arguments)
