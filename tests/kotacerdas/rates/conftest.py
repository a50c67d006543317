"""A Valkey for the tests of rates, and limiters as so many processes would have them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from kotacerdas.embedded.valkey import Valkey
from kotacerdas.rates.buckets import Buckets
from kotacerdas.rates.limiter import Limiter
from tests.faults.broker import stop

SECRET = SecretStr("k" * 32)
Limiters = Callable[..., AbstractAsyncContextManager[list[Limiter]]]


@pytest.fixture(scope="session")
def shared_valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """A Valkey that nobody stops; each test has senders of its own."""
    yield from _running(tmp_path_factory.mktemp("valkey"))


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    """A Valkey of the test's own, which it may stop or freeze."""
    yield from _running(tmp_path)


def _running(folder: Path) -> Iterator[Valkey]:
    server = Valkey(folder, durable=False, say=lambda _: None)
    server.start()
    yield server
    stop(server)


@pytest.fixture
def limiters() -> Limiters:
    """Return a context manager: `limiters(url, number)` opens limiters and closes them."""

    @asynccontextmanager
    async def opened(url: str, number: int = 1):
        made = [Limiter(Buckets(SecretStr(url), SECRET)) for _ in range(number)]
        try:
            yield made
        finally:
            for each in made:
                await each.aclose()

    return opened
