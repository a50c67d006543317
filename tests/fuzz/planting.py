"""A small nation of cities whose every table and nullable column holds awkward values."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Uuid,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, insert
from sqlalchemy.exc import IntegrityError

import tenants.models  # noqa: F401  (so that every table is known)
from graphql_schema.schema import core
from kotacerdas.identity.policy import Permission
from kotacerdas.tenancy import Model
from tenants.remarks.anchors import RemarkField
from tests.fuzz import contents

Row = dict[str, Any]
CITIES = (7, 4096, 2147483646)
"""Tenants; their ids are long and short in hex."""
NATION = 0
TABLES = Model.metadata.tables
COUNTS = {
    "person": 9, "region": 10, "guide_edition": 2, "dimension": 7, "cohort": 4, "participation": 3,
    "unit": 6, "innovation": 14, "review": 18, "remark": 24, "innovation_revision": 16,
    "programme": 12, "budget": 24, "year_target": 24, "programme_support": 14, "mission": 6,
    "goal": 8, "notification": 40, "api_token": 12, "membership": 24, "document": 8,
    "citation": 60, "swot_strategy_point": 12,
}  # fmt: skip
"""Rows for each city, or in all for a table of the nation; 5 elsewhere."""
FIRST = ("guide_edition", "dimension", "sub_dimension")
"""Tables that a cohort closes."""
LAST = ("membership", "invitation", "citation", "selection_decision")
"""Tables that name a department, a statement or a participation without a foreign key."""


def read_tables() -> list[Table]:
    """Tables behind the types of the API and those that they refer to, in the order of planting."""
    sources = [kind.extensions.get("reads") for kind in core.type_map.values()]
    names = {source.model.__tablename__ for source in sources if source} | {
        "programme_support",
        "swot_strategy_point",
    }
    waiting = list(names)
    while waiting:
        for key in TABLES[waiting.pop()].foreign_keys:
            owner = key.column.table.name
            if owner not in names:
                names.add(owner)
                waiting.append(owner)
    known = [each for each in Model.metadata.sorted_tables if each.name in names - {"tenant"}]
    return sorted(known, key=lambda table: (table.name not in FIRST, table.name in LAST))


class Planting:
    """Rows by table, made in the order in which they refer to one another."""

    def __init__(self, connection: Connection, random: Random) -> None:
        self._connection = connection
        self._random = random
        self._made = 0
        self.rows: dict[str, list[Row]] = {}

    def plant(self) -> None:
        """Insert everything; rows that a constraint refuses are left out."""
        self._connection.execute(insert(TABLES["tenant"]).values([{"id": each} for each in CITIES]))
        for table in read_tables():
            for tenant_id in self._tenants(table) if "tenant_id" in table.c else (None,):
                self._fill(table, tenant_id)
            found = self._connection.execute(select(table).order_by(*table.primary_key))
            self.rows[table.name] = [dict(row) for row in found.mappings()]

    def _tenants(self, table: Table) -> tuple[int, ...]:
        """The nation has members, jobs and notifications; nothing else."""
        nation = (NATION,) if table.name in ("membership", "job", "notification") else ()
        return (*nation, *CITIES)

    def _fill(self, table: Table, tenant_id: int | None) -> None:
        count = len(CITIES) if table.name == "city" else COUNTS.get(table.name, 5)
        for _ in range(count):
            values = self._row(table, tenant_id)
            statement = insert(table).values(**values).on_conflict_do_nothing()
            with suppress(IntegrityError), self._connection.begin_nested():
                self._connection.execute(statement)

    def _row(self, table: Table, tenant_id: int | None) -> Row:
        self._made += 1
        columns = [column for column in table.columns if column.computed is None]
        row = {column.name: self._value(column, tenant_id) for column in columns}
        for constraint in table.foreign_key_constraints:
            for column in constraint.columns:
                shared = len(constraint.columns) == 2 and column.name != "tenant_id"
                if shared and (row[column.name] is not None or not column.nullable):
                    row[column.name] = self._own(constraint.referred_table, tenant_id)
        if table.name == "remark":  # of an innovation's review, or of a masterplan
            others = ("masterplan_id", "round_id"), ("innovation_id", "review_id")
            row |= dict.fromkeys(self.pick(*others))
        if row.get("valid_to") and row.get("valid_from"):
            row["valid_from"], row["valid_to"] = min(contents.DAYS), max(contents.DAYS)
        return row

    def _own(self, owner: Table, tenant_id: int | None) -> UUID | None:
        mine = select(owner.c.id).where(owner.c.tenant_id == tenant_id).order_by(owner.c.id)
        ids = list(self._connection.execute(mine).scalars())
        return self._random.choice(ids) if ids else None

    def _value(self, column: Column[Any], tenant_id: int | None) -> Any:
        special = SPECIAL.get(f"{column.table.name}.{column.name}") or SPECIAL.get(column.name)
        if column.name == "tenant_id":
            return tenant_id
        if special is not None:
            return special(self)
        if column.nullable and self._random.random() < 0.35:
            return None
        for key in column.foreign_keys:
            owner = key.column.table.name
            if owner == "tenant":
                return self._random.choice(CITIES)
            if owner in self.rows and key.column.name != "tenant_id":
                return self._random.choice(self.rows[owner])[key.column.name]
        return self._plain(column)

    def _plain(self, column: Column[Any]) -> Any:
        choice, kind = self._random.choice, column.type
        match kind:
            case Uuid():  # in the order of making, as version 7 has it
                return UUID(int=(1 << 125) + (self._made << 70) + self._random.getrandbits(68))
            case Enum():
                return (
                    choice(kind.enums) if kind.enum_class is None else choice(list(kind.enum_class))
                )
            case JSONB():
                return contents.document(self._made + self._random.randrange(9))
            case ARRAY():
                few = range(choice((0, 1, 3)))
                texts = [choice(contents.TEXTS) for _ in few]
                return (
                    [choice((1, 17, 5)) for _ in few]
                    if isinstance(kind.item_type, Integer)
                    else texts
                )
            case Boolean():
                return choice((True, False))
            case Float():
                return choice((*contents.FLOATS, *contents.EXPONENTS))
            case Numeric():
                more = contents.NEGATIVES if kind.scale == 4 else ()
                room = Decimal(10) ** ((kind.precision or 1000) - (kind.scale or 0))
                return choice(
                    [each for each in (*contents.DECIMALS, *more) if abs(each) < room - 1]
                )
            case Integer():
                return choice(contents.WHOLES)
            case DateTime():
                return choice(contents.INSTANTS)
            case Date():
                return choice(contents.DAYS)
            case LargeBinary():
                return self._random.randbytes(32)
        return choice(contents.TEXTS)

    def number(self) -> int:
        """Another number for each row."""
        return self._made

    def pick(self, *choices: Any) -> Any:
        """One of these."""
        return self._random.choice(choices)


def _scopes(planting: Planting) -> list[str]:
    former = ["former:scope"] if planting.pick(*[False] * 5, True) else []
    return former + [each.value for each in Permission if planting.pick(True, False)]


def _statements(planting: Planting) -> list[UUID]:
    tables = ("masterplan", "mission", "goal", "readiness", "gap", "swot_point")
    return [row["id"] for table in tables for row in planting.rows[table]]


def _line(planting: Planting, verdict: str) -> Row:
    """A line of a letter as it is stored."""
    chosen = planting.rows["participation"][planting.number() % 2]
    return {
        "tenant_id": chosen["tenant_id"],
        "participation_id": str(chosen["id"]),
        "verdict": verdict,
        "reserve_rank": planting.pick(None, 1),
        "score": planting.pick(None, "62.50"),
        "place": planting.pick(None, 3),
    }


SPECIAL: dict[str, Callable[[Planting], Any]] = {
    "city.id": lambda p: CITIES[p.number() % len(CITIES)],
    "city.region_code": lambda p: p.rows["region"][p.number() % len(CITIES)]["code"],
    "city.slug": lambda p: f"kota-{p.number()}",
    "longitude": lambda p: contents.FLOATS[p.number() % len(contents.FLOATS)],
    "region.successor_code": lambda _p: None,
    "region.code": lambda p: f"99.{p.number() % 90 + 10}",
    "zone": lambda p: p.pick("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "cohort.year": lambda p: 2000 + p.number(),
    "guide_edition.code": lambda p: f"edisi-{p.number()}",
    "guide_edition.rules": lambda p: p.pick({}, *contents.RULES),
    "aliases": lambda p: p.pick([], list(contents.NAMES[:2])),
    "ordinal": Planting.number,
    "short_name": lambda p: f"{p.pick(*contents.NAMES)[:30]} {p.number()}",
    "body": lambda p: contents.body(p.pick(*contents.TEXTS)),
    "published_item.body": lambda p: p.pick(*contents.TEXTS),
    "selection_decision.verdicts": lambda p: p.pick(
        [], [_line(p, "reserve"), _line(p, "selected")]
    ),
    "programme.code": lambda p: f"{p.pick(*contents.NAMES)[:20]} {p.number()}",
    "version": lambda p: p.pick(1, 2, 2147483647),
    "number": Planting.number,
    "period_start": lambda p: p.pick(2020, 2022),
    "period_end": lambda p: p.pick(2024, 2032),
    "language": lambda p: p.pick("id", "en"),
    "email": lambda p: f"orang{p.number()}@contoh.id",
    "dedupe_key": lambda p: str(p.number()),
    "remark.anchor": lambda p: p.pick(*RemarkField, "former_field"),
    "api_token.scopes": _scopes,
    "withdrawn_at": lambda p: p.pick(None, None, *contents.INSTANTS[:3]),
    "membership.ended_at": lambda p: p.pick(None, None, *contents.INSTANTS[:2]),
    "membership.unit_id": lambda p: p.pick(None, *(row["id"] for row in p.rows["unit"])),
    "swot_point.weight": lambda p: p.pick(None, Decimal("0.25"), Decimal(1)),
    "citation.statement_id": lambda p: p.pick(*_statements(p)),
    "commitment.number": lambda p: p.pick(*contents.TEXTS),
}
"""Columns whose values are bound by a rule of the model, by name or by table and name.

Texts that hold an enum's value may hold one that the enum has no more: a broken promise.
"""
