"""A city with one row of every type that has an id, written past the rules."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import Table, insert

from graphql_schema.ids import CITY, Key
from graphql_schema.schema import core
from kotacerdas.database import Database
from kotacerdas.identity.policy import Role
from kotacerdas.jobs.models import Job
from kotacerdas.scope import Door, Scope
from tenants.documents.actions import RENDER
from tenants.documents.models import DocumentState
from tenants.exports.actions import WRITE
from tenants.exports.models import Export
from tenants.remarks.models import Remark
from tests.graphql_schema.places import cohort, evaluation_round, instrument, letter
from tests.isolation.rows import TABLES, Row, Tenant

PREFIXES: dict[str, str] = {
    kind.extensions["reads"].prefix: kind.extensions["reads"].model.__tablename__
    for kind in core.type_map.values()
    if "reads" in kind.extensions and kind.extensions["reads"].prefix
}
"""Table of the rows whose ids begin with a prefix."""
DOORS = {
    "assignment": Door.MINISTRY,
    "membership": Door.IDENTITY,
    "published_result": Door.MINISTRY,
    "replication": Door.WORKER,
    "workbook_row": Door.WORKER,
    "selection_verdict": Door.WORKER,
}
"""Where the city's own door writes no rows."""

MORE = {"job": {"kind": RENDER.name}, "document": {"state": DocumentState.WAITING}}
"""What rules look at before they ask for a permission."""


class World(Tenant):
    """The rows of one city by table."""

    def __init__(self, database: Database, city: Any) -> None:
        super().__init__(city.id)
        self._database = database
        self.person_id = city.person(Role.CITY_ADMIN)
        cohort_id, dimension_id = cohort(database)
        self._rows = {"tenant": {"id": city.id}, "person": {"id": self.person_id}}
        self._rows |= {"cohort": {"id": cohort_id}, "dimension": {"id": dimension_id}}
        self._rows["evaluation_round"] = {"id": evaluation_round(database)}
        instrument_id, parameter_id = instrument(database)
        self._rows["instrument"] = {"id": instrument_id}
        self._rows["instrument_parameter"] = {"id": parameter_id}
        self._rows["selection_decision"] = {"id": letter(database)}
        for table in TABLES:
            if table.name in {*PREFIXES.values(), Export.__tablename__}:
                self._rows[table.name] = self._plant(table, MORE.get(table.name, {}))

    def _plant(self, table: Table, more: Row) -> Row:
        row = self.row(table) | more
        door = DOORS.get(table.name, Door.CITY)
        with self._database.unit_of_work(Scope(door, self.id, self.person_id)) as session:
            session.execute(insert(table).values(**row))
        return row

    def export_job(self) -> str:
        """Add a job that writes the export, and return its opaque id."""
        asked = {"kind": WRITE.name, "person_id": self.person_id}
        asked["subject_id"] = self._rows[Export.__tablename__]["id"]
        return str(Key("job", self.id, self._plant(Job.__table__, asked)["id"]))

    def innovation_remark(self) -> str:
        """Add a remark on the innovation, for the world's own is on the masterplan."""
        of = {"masterplan_id": None, "innovation_id": self._rows["innovation"]["id"]}
        of |= {"review_id": self._rows["review"]["id"]}
        return str(Key("rmk", self.id, self._plant(Remark.__table__, of)["id"]))

    def key(self, prefix: str) -> str:
        """Return the opaque id of the row whose type has that prefix."""
        if prefix == CITY:
            return str(Key(CITY, self.id, None))
        row = self._rows.get(PREFIXES[prefix], {"id": uuid4()})  # nobody has a token here
        return str(Key(prefix, row.get("tenant_id"), row["id"]))
