"""Which tenant a slug or a region code names; cities are few and hardly ever change."""

from __future__ import annotations

from time import monotonic

from sqlalchemy import select

from graphql_schema.reader.unfit import Unfit
from kotacerdas.database import Database
from kotacerdas.scope import Door, Scope
from tenants.cities.models import City

RELOAD_SECONDS = 2.0
"""An unknown name reloads the directory at most this often."""


class Unlearned(Unfit):
    """A name that may be a city's, but the directory has to be loaded to tell."""


class CityDirectory:
    """Names of cities kept in memory; loads itself when it meets an unknown one."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ids: dict[str, int] = {}
        self._loaded_at = float("-inf")

    def known(self, name: str) -> int | None:
        """Return the tenant of a slug or a region code, or None if there is none.

        Raises Unlearned for a name that has to be learned first.
        """
        if name not in self._ids and self._may_load():
            raise Unlearned
        return self._ids.get(name)

    async def learn(self, name: str) -> None:
        """Load the names of all cities if this one is not known."""
        if name not in self._ids and self._may_load():
            await self._load()

    def _may_load(self) -> bool:
        return monotonic() - self._loaded_at > RELOAD_SECONDS

    async def _load(self) -> None:
        cities = select(City.id, City.slug, City.region_code)
        rows = await self._database.perform(
            Scope(Door.CITY), lambda session: session.execute(cities).all()
        )
        self._ids = {name: row.id for row in rows for name in (row.slug, row.region_code)}
        self._loaded_at = monotonic()
