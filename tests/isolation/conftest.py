"""A scratch database of its own, so that holes can be planted while other tests run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import NullPool, create_engine

from kotacerdas.database import driver_url
from kotacerdas.settings import Settings
from tests.isolation.behaviour import Proof
from tests.isolation.rows import Tenant
from tests.scratch import scratch_database, superuser_url, url_text


@dataclass(frozen=True)
class Scratch:
    """A migrated database and how to log in to it."""

    settings: Settings
    superuser_url: str

    def superuser(self) -> psycopg.Connection[Any]:
        """Connect past all protection, each statement a transaction of its own."""
        return psycopg.connect(self.superuser_url, autocommit=True)

    def login(self, role: str) -> psycopg.Connection[Any]:
        """Connect as one of the application's login roles."""
        url: SecretStr = getattr(self.settings, f"{role.removeprefix('app_')}_url")
        return psycopg.connect(url.get_secret_value())


@pytest.fixture(scope="session")
def scratch(settings: Settings) -> Iterator[Scratch]:
    """A database beside the other tests' own, dropped at the end."""
    with scratch_database(settings) as own:
        yield Scratch(own, url_text(superuser_url(own)))


@pytest.fixture(scope="session")
def proof(scratch: Scratch, pytestconfig: pytest.Config) -> Iterator[Proof]:
    """Two tenants of the scratch database with a row in every table; tells its sums at the end."""
    own, other = Tenant(1), Tenant(2)
    engine = create_engine(driver_url(SecretStr(scratch.superuser_url)), poolclass=NullPool)
    with engine.begin() as connection:
        own.plant(connection)
        other.plant(connection)
    proof = Proof(own, other)
    yield proof
    told = f"isolation: probes={proof.probes} faults={len(proof.faults)}"
    pytestconfig.get_terminal_writer().line(f"\n{told}")
