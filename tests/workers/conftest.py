"""A broker for the tests of the worker's runtime."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kotacerdas.embedded.valkey import Valkey
from tests.faults.broker import stop


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of the test's own, which it may stop."""
    server = Valkey(tmp_path, durable=False, say=lambda _: None)
    server.start()
    yield server
    stop(server)
