"""Stopping a broker that belongs to one test."""

from __future__ import annotations

from time import sleep

from kotacerdas.embedded.valkey import Valkey


def stop(valkey: Valkey) -> None:
    """Stop the server and see its process off: its last threads outlive the first by a moment."""
    valkey.stop()
    sleep(0.1)
    assert not valkey.alive
