"""Conditions on columns as plain data: what a list is filtered by, and what an export keeps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    ColumnElement,
    DateTime,
    FromClause,
    Numeric,
    Uuid,
    and_,
    not_,
    or_,
    true,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.types import TypeEngine

OPERATORS: dict[str, Callable[[Any, Any], ColumnElement[bool]]] = {
    "eq": lambda column, value: column == value,
    "in": lambda column, value: column.in_(value),
    "gt": lambda column, value: column > value,
    "gte": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "lte": lambda column, value: column <= value,
    "contains": lambda column, value: column.icontains(value, autoescape=True),
    "isNull": lambda column, value: column.is_(None) if value else column.is_not(None),
}


def criterion(row: FromClause, conditions: Mapping[str, Any]) -> ColumnElement[bool]:
    """Return stored conditions as SQL over `row`.

    They are `{column: {operator: value}}`, all of which hold, and may nest under `and`, `or` (both
    lists) and `not`; {} and [] are no condition, wherever they stand. Values are JSON's: texts of
    enums, UUIDs, decimals and moments are read by the column's type. Raises KeyError for a column
    or an operator that is not there.
    """
    return and_(true(), *_parts(row, conditions))


def _parts(row: FromClause, conditions: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    parts: list[ColumnElement[bool]] = []
    for name, given in conditions.items():
        match name:
            case "and" | "or":
                each = [and_(*held) for one in given if (held := _parts(row, one))]
                parts += each if name == "and" else [or_(*each)] if each else []
            case "not":
                inner = _parts(row, given)
                parts += [not_(and_(*inner))] if inner else []
            case _:
                column = row.c[name]
                parts += [
                    OPERATORS[word](column, _read(column.type, word, value))
                    for word, value in given.items()
                ]
    return parts


def _read(kind: TypeEngine[Any], operator: str, value: Any) -> Any:  # noqa: ANN401  (JSON)
    if operator == "isNull" or isinstance(kind, Boolean):
        return value
    if isinstance(value, list):
        return [_read(kind, operator, each) for each in value]
    if isinstance(kind, SqlEnum):
        return kind.enum_class(value) if kind.enum_class else value
    if isinstance(kind, Uuid):
        return UUID(value)
    if isinstance(kind, DateTime):
        return datetime.fromisoformat(value)
    return Decimal(value) if isinstance(kind, Numeric) else value
