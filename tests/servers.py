"""Servers of the tests' own: in the checkout, one set for each test run at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

from kotacerdas.embedded.errors import AlreadyRunning
from kotacerdas.embedded.servers import EmbeddedServers
from tests.checkout import kept

FOLDER = kept("tests")

UNHURRIED = {
    f"KOTACERDAS_{kind}_{sender}": "0"
    for kind in ("RATE", "BUDGET")
    for sender in ("ANONYMOUS", "USER", "TOKEN")
}
"""Tests ask more in a minute than a person does; those of the rates set their own."""


@contextmanager
def embedded_servers() -> Iterator[EmbeddedServers]:
    """Yield fresh, empty servers that are gone afterwards.

    Folders are numbered and reused: what a killed run has left is cleaned up by the next one, and
    runs at the same time take different ones.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    for number in count():
        servers = EmbeddedServers(
            FOLDER / str(number), durable=False, fresh=True, say=lambda _text: None
        )
        try:
            servers.__enter__()
        except AlreadyRunning:
            continue
        break
    try:
        yield servers
    finally:
        servers.__exit__(None, None, None)


@contextmanager
def servers() -> Iterator[dict[str, str]]:
    """Yield the `KOTACERDAS_*` variables of fresh servers."""
    with embedded_servers() as running:
        yield {**running.environment(), **UNHURRIED}
