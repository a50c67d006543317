"""A migrated database beside the other tests' own, dropped at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex

import psycopg
from pydantic import SecretStr
from sqlalchemy import URL

from kotacerdas import migration
from kotacerdas.database import driver_url
from kotacerdas.embedded.postgres import Postgres
from kotacerdas.embedded.roles import ROLES_SQL
from kotacerdas.settings import Settings

ROLES = ("city", "ministry", "identity", "worker", "relay", "migrator")


@contextmanager
def scratch_database(settings: Settings) -> Iterator[Settings]:
    """Yield settings that name a database of one's own on the same server."""
    name = f"kotacerdas_scratch_{token_hex(4)}"
    superuser = superuser_url(settings)
    with psycopg.connect(url_text(superuser.set(database="postgres")), autocommit=True) as server:
        server.execute(f"create database {name}")
        try:
            with psycopg.connect(url_text(superuser.set(database=name)), autocommit=True) as inside:
                inside.execute(ROLES_SQL.read_text())
            moved = settings.model_copy(
                update={f"{role}_url": _moved(settings, role, name) for role in ROLES}
            )
            migration.upgrade(moved)
            yield moved
        finally:
            server.execute(f"drop database {name} with (force)")


def superuser_url(settings: Settings) -> URL:
    """The superuser's URL of a database: a server that asks for no password trusts this machine."""
    city = driver_url(settings.city_url)
    if city.password is None:
        return city.set(username="postgres")
    superuser = driver_url(SecretStr(Postgres(settings.data_dir).superuser_url))
    return superuser.set(database=city.database)


def _moved(settings: Settings, role: str, database: str) -> SecretStr:
    return SecretStr(url_text(driver_url(getattr(settings, f"{role}_url")).set(database=database)))


def url_text(url: URL) -> str:
    """Return a URL as psycopg reads it, with its password."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
