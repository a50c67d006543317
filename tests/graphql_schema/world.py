"""A city with one row of every type that has an id, written past the rules."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from graphql_schema.ids import CITY, Key
from graphql_schema.schema import core
from kotacerdas.database import Database
from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tests.graphql_schema.places import cohort
from tests.isolation.rows import TABLES, Tenant

PREFIXES: dict[str, str] = {
    kind.extensions["reads"].prefix: kind.extensions["reads"].model.__tablename__
    for kind in core.type_map.values()
    if "reads" in kind.extensions and kind.extensions["reads"].prefix
}
"""Table of the rows whose ids begin with a prefix."""
DOORS = {"membership": Door.IDENTITY}
"""Where the city's own door writes no rows."""


class World(Tenant):
    """The rows of one city by table."""

    def __init__(self, database: Database, city: Any) -> None:
        super().__init__(city.id)
        self.person_id = city.person(Role.CITY_ADMIN)
        cohort_id, dimension_id = cohort(database)
        self._rows = {"tenant": {"id": city.id}, "person": {"id": self.person_id}}
        self._rows |= {"cohort": {"id": cohort_id}, "dimension": {"id": dimension_id}}
        for table in TABLES:
            if table.name in PREFIXES.values():
                self._rows[table.name] = self.row(table)
                door = DOORS.get(table.name, Door.CITY)
                with database.unit_of_work(Scope(door, city.id, self.person_id)) as session:
                    session.execute(insert(table).values(**self._rows[table.name]))

    def key(self, prefix: str) -> str:
        """Return the opaque id of the row whose type has that prefix."""
        if prefix == CITY:
            return str(Key(CITY, self.id, None))
        row = self._rows.get(PREFIXES[prefix], {"id": uuid4()})  # nobody has a token here
        return str(Key(prefix, row.get("tenant_id"), row["id"]))
