"""Rows of one tenant as they are gathered: by table, with ids that follow from a seed."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any
from uuid import UUID

from kotacerdas.tenancy import Model, TenantOwned, Versioned

Row = dict[str, Any]

SEED = "kota-cerdas-2022"
EXAMPLE = "contoh"
"""The word that stands in every made-up text, name and number."""


class Rows:
    """What one city, or the nation, is to have; the same `name` always gives the same rows.

    `begun_on` is the day from which the ids count: they are in the order of time, as the product's.
    """

    def __init__(self, tenant_id: int, name: str, begun_on: date) -> None:
        self.tenant_id = tenant_id
        self.by_table: dict[str, list[Row]] = defaultdict(list)
        self._name = name
        self._ids = self.random("ids")
        self._moment_ms = int(moment(begun_on).timestamp() * 1000)

    def random(self, topic: str) -> Random:
        """Return a generator of its own for a topic: what one draws moves no other."""
        return Random(f"{SEED}/{self._name}/{topic}")  # noqa: S311  (a demo, no secret)

    def identity(self) -> UUID:
        """Return the next id, a UUIDv7."""
        self._moment_ms += 1
        drawn = self._ids.getrandbits(74)
        high = self._moment_ms << 16 | 0x7000 | drawn >> 62
        return UUID(int=high << 64 | 0x8000000000000000 | drawn & 0x3FFFFFFFFFFFFFFF)

    def new(self, model: type[Model], **values: object) -> UUID:
        """Add a row of the tenant and return its id; all rows of a table name the same columns."""
        row_id = self.identity()
        if issubclass(model, TenantOwned):
            values["tenant_id"] = self.tenant_id
        self.add(model, id=row_id, **values)
        return row_id

    def add(self, model: type[Model], **row: object) -> None:
        """Add a row of a table that has no id of its own."""
        if issubclass(model, Versioned):
            row.setdefault("version", 1)
        self.by_table[model.__tablename__].append(row)


def moment(day: date, hour: int = 3) -> datetime:
    """Return an hour of a day in UTC; 3 is ten in the morning in WIB."""
    return datetime.combine(day, time(hour), UTC)
