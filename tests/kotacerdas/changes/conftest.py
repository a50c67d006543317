"""A broker of the test's own, which it may stop, and a database that publishes there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from kotacerdas.database import Database
from kotacerdas.embedded.valkey import Valkey
from kotacerdas.settings import Settings
from tests.faults.broker import stop


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of the test's own."""
    server = Valkey(tmp_path, durable=False, say=lambda _: None)
    server.start()
    yield server
    stop(server)


@pytest.fixture
def telling(settings: Settings, database: Database, valkey: Valkey) -> Settings:
    """Settings of the migrated database whose changes go to the test's own broker."""
    return settings.model_copy(update={"broker_url": SecretStr(valkey.url)})


@pytest.fixture
def publishing(telling: Settings) -> Iterator[Database]:
    """The database, telling what changes."""
    database = Database(telling)
    yield database
    database.close()
