"""Minimal valid rows of every table for two tenants, made from the models."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import Column, Connection, Enum, Table, insert
from sqlalchemy.dialects.postgresql import JSONB

import tenants.models  # noqa: F401  (so that every table is known)
from kotacerdas.tenancy import Model

Row = dict[str, Any]
TABLES = [table for table in Model.metadata.sorted_tables if "tenant_id" in table.c]
NATIONAL = (
    "person",
    "region",
    "guide_edition",
    "dimension",
    "cohort",
    "evaluation_round",
    "instrument",
    "instrument_parameter",
)
FIXED = {"language": "id", "version": 1, "weight": Decimal(1), "scale_maximum": Decimal(5)}
ASKED = {"remark.masterplan_id"}
"""Columns that may be null, of which a rule of the table asks for one."""
SAMPLES: dict[type, Any] = {
    bool: False,
    int: 2023,
    float: 0.0,
    Decimal: Decimal(1),
    datetime: datetime(2022, 4, 21, tzinfo=UTC),
    date: date(2022, 4, 21),
    list: [],
}


class Tenant:
    """One tenant with a person and one row in each tenant table; `row` makes further ones."""

    def __init__(self, number: int) -> None:
        self.id = number
        self.person_id = uuid4()
        self._rows: dict[str, Row] = {}

    def plant(self, connection: Connection) -> None:
        """Insert the tenant, its national surroundings and one row of each of its tables."""
        metadata = Model.metadata.tables
        connection.execute(insert(metadata["tenant"]).values(id=self.id))
        for name in NATIONAL:
            self._insert(connection, metadata[name])
        for table in TABLES:
            self._insert(connection, table)

    def serve(self, connection: psycopg.Connection[Any]) -> None:
        """Do a whole transaction for this tenant, as a pool's connection has before the next."""
        connection.execute("select app.set_context(%s, %s)", (self.id, self.person_id))
        connection.commit()

    def row(self, table: Table) -> Row:
        """Return values of a new row, with fresh keys and references to the planted rows."""
        return {
            column.name: self._value(table, column)
            for column in table.columns
            if (not column.nullable and column.server_default is None)
            or f"{table.name}.{column.name}" in ASKED
        }

    def _insert(self, connection: Connection, table: Table) -> None:
        self._rows[table.name] = self.row(table)
        connection.execute(insert(table).values(**self._rows[table.name]))

    def _value(self, table: Table, column: Column[Any]) -> Any:
        if any(key.column.table.name == "tenant" for key in column.foreign_keys):
            return self.id
        if table.name == "person" and column.name == "id":
            return self.person_id
        for key in column.foreign_keys:
            return self._rows[key.column.table.name][key.column.name]
        return FIXED.get(column.name) or _sample(column)


def _sample(column: Column[Any]) -> Any:
    """Return a valid value; texts, bytes and ids are new each time, so that keys differ."""
    if isinstance(column.type, JSONB):
        return {}
    kind = column.type.python_type
    if isinstance(column.type, Enum):
        return column.type.enums[0]
    if kind is UUID:
        return uuid4()
    if kind is int and column.unique:
        return uuid4().int % 1_000_000
    return SAMPLES[kind] if kind in SAMPLES else kind(uuid4().hex, *(["ascii"] * (kind is bytes)))
