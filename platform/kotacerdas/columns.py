"""Whole columns as parameters: one statement of a fixed shape for any number of rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Table, TableValuedAlias, bindparam, func, literal
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.sql.schema import ScalarElementColumnDefault
from sqlalchemy.types import TypeEngine


def rows_of(**columns: TypeEngine[Any]) -> TableValuedAlias:
    """Return a source of rows with these columns; `each_id` binds the list of all `id`."""
    arrays = [bindparam(f"each_{name}", type_=ARRAY(kind)) for name, kind in columns.items()]
    return func.unnest(*arrays).table_valued(*columns).render_derived()


Values = Mapping[str, ColumnElement[Any]]


def with_defaults(table: Table, values: Values) -> dict[str, ColumnElement[Any]]:
    """Return the values of an insert and what the model gives the table's other columns."""
    return dict(values) | {
        column.name: literal(column.default.arg, column.type)
        for column in table.c
        if column.name not in values and isinstance(column.default, ScalarElementColumnDefault)
    }
