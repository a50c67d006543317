"""Writing gathered rows: one statement for a table, from JSON; what is there already stays."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Executable, bindparam, column, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.expression import cast

from kotacerdas.tenancy import Model
from tenants.demo.national.rows import Row


def write(session: Session, tables: Mapping[str, Sequence[Row]], names: Collection[str]) -> int:
    """Write the rows of the named tables, parents first; returns how many were given."""
    written = 0
    for table in Model.metadata.sorted_tables:
        rows = tables.get(table.name, ()) if table.name in names else ()
        if rows:
            statement = _insert(table.name, tuple(rows[0]))
            session.execute(statement, {"rows": orjson.dumps(rows, default=str).decode()})
            written += len(rows)
    return written


@cache
def _insert(name: str, columns: tuple[str, ...]) -> Executable:
    table = Model.metadata.tables[name]
    typed: list[Any] = [column(each, table.c[each].type) for each in columns]
    given = func.jsonb_to_recordset(cast(bindparam("rows"), JSONB)).table_valued(
        *typed, name="given"
    )
    source = given.render_derived(with_types=True)
    chosen = select(*(source.c[each] for each in columns))
    return insert(table).from_select(list(columns), chosen).on_conflict_do_nothing()
