"""A scratch database of its own, so that holes can be planted while other tests run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

import psycopg
import pytest
from pydantic import SecretStr
from sqlalchemy import URL, NullPool, create_engine

from kotacerdas import migration
from kotacerdas.database import driver_url
from kotacerdas.embedded.postgres import Postgres
from kotacerdas.embedded.roles import ROLES_SQL
from kotacerdas.settings import Settings
from tests.isolation.behaviour import Proof
from tests.isolation.rows import Tenant

ROLES = ("city", "ministry", "identity", "worker", "relay", "migrator")


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
    name = f"kotacerdas_scratch_{token_hex(4)}"
    superuser = superuser_url(settings)
    with psycopg.connect(_text(superuser.set(database="postgres")), autocommit=True) as server:
        server.execute(f"create database {name}")
        try:
            inside = _text(superuser.set(database=name))
            with psycopg.connect(inside, autocommit=True) as connection:
                connection.execute(ROLES_SQL.read_text())
            moved = settings.model_copy(
                update={f"{role}_url": _moved(settings, role, name) for role in ROLES}
            )
            migration.upgrade(moved)
            yield Scratch(moved, inside)
        finally:
            server.execute(f"drop database {name} with (force)")


def superuser_url(settings: Settings) -> URL:
    """URL of the server's superuser: a server that asks for no password trusts this machine."""
    city = driver_url(settings.city_url)
    if city.password is None:
        return city.set(username="postgres")
    return driver_url(SecretStr(Postgres(settings.data_dir).superuser_url))


def _moved(settings: Settings, role: str, database: str) -> SecretStr:
    return SecretStr(_text(driver_url(getattr(settings, f"{role}_url")).set(database=database)))


def _text(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


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
