"""The application with a broker of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from pydantic import SecretStr

from kotacerdas.embedded.valkey import Valkey
from kotacerdas.settings import Settings
from tests.faults.broker import stop
from tests.graphql_schema.subscriptions.live import Live, serving, until


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A Valkey of the module's own."""
    server = Valkey(tmp_path_factory.mktemp("broker"), durable=False, say=lambda _: None)
    server.start()
    yield server
    stop(server)


@pytest.fixture(scope="module")
def telling(settings: Settings, database: object, broker: Valkey) -> Settings:
    """Settings of the migrated database whose changes go to the module's own broker."""
    return settings.model_copy(update={"broker_url": SecretStr(broker.url)})


@pytest.fixture(scope="module")
def served(telling: Settings) -> Iterator[Live]:
    """The application, served for the module."""
    with serving(telling) as live:
        yield live


@pytest.fixture
def live(served: Live) -> Iterator[Live]:
    """The application; connections are closed after the test, and seen off by the next."""
    until(lambda: not served.api._subscriptions.seats.taken)
    with ExitStack() as opened:
        yield replace(served, open=opened)
