"""What a connection can be filtered and ordered by, as GraphQL inputs and as SQL."""

from __future__ import annotations

import inspect
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, StrEnum
from functools import cached_property, partial
from typing import Annotated, Any
from uuid import UUID

import strawberry
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    FromClause,
    Integer,
    Numeric,
    Text,
    Uuid,
    and_,
    any_,
    not_,
    or_,
)
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from graphql_schema import ids
from graphql_schema.reader.asking import Asking
from graphql_schema.reader.operators import operators
from kotacerdas.errors import Invalid
from kotacerdas.values import NAME_LENGTH, text_value


class Direction(StrEnum):
    """Which way a list runs."""

    ASC = "asc"
    DESC = "desc"


OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "eq": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}

ORDERS = {
    "BUDGET_RUPIAH": "By its budget.",
    "CODE": "By its code.",
    "CYCLE": "By its cycle.",
    "CREATED_AT": "By the moment it was made.",
    "NAME": "By its name.",
    "NUMBER": "By its number.",
    "PUBLISHED_AT": "By the moment it was published.",
    "REGION_CODE": "By the code of its region, which is by province.",
    "SHORT_NAME": "By its short name.",
    "SIGNED_ON": "By the day it was signed.",
    "STARTS_AT": "By the moment it begins.",
    "TITLE": "By its title.",
    "UPDATED_AT": "By the moment it was changed last.",
    "YEAR": "By its year.",
}
"""What an order means; a new one says it here."""


Holds = Callable[[ColumnElement[Any]], ColumnElement[bool]]
"""What a filter asks of a column."""


@dataclass(frozen=True)
class Through:
    """A column of another table by which rows are filtered.

    `rows` are those for which the filter holds of that column.
    """

    attribute: InstrumentedAttribute[Any]
    rows: Callable[[FromClause, Holds], ColumnElement[bool]]


@dataclass(frozen=True)
class Listing:
    """A list of rows: its name in the API and the columns it is filtered and ordered by.

    Order columns must never be null; the row's id breaks ties. The first order is the default.
    """

    name: str
    filters: Mapping[str, InstrumentedAttribute[Any] | Through]
    orders: Mapping[str, InstrumentedAttribute[Any]]
    default: Direction = Direction.ASC
    narrower: Listing | None = None

    def arguments(self) -> list[inspect.Parameter]:
        """The connection's arguments, as parameters of a resolver."""
        described = {
            "first": (int, "Page size from the start, 1 to 100; 20 if nothing is said."),
            "after": (str, "Cursor: the page begins after it."),
            "last": (int, "Page size from the end, 1 to 100."),
            "before": (str, "Cursor: the page ends before it."),
            "filter": (
                self.filter_input,
                "Only rows for which this holds; null or {} is no filter.",
            ),
            "order_by": (list[self.order_input], "Order; the id breaks ties."),  # type: ignore[name-defined]
        }
        return [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=strawberry.UNSET,
                annotation=Annotated[kind | None, strawberry.argument(description=text)],
            )
            for name, (kind, text) in described.items()
        ]

    @cached_property
    def order_input(self) -> Any:
        """The input of `orderBy`."""
        if self.narrower is not None:
            return self.narrower.order_input
        values = {name: _order(name) for name in self.orders}
        by: Any = Enum(f"{self.name}OrderField", values)  # type: ignore[misc]  # members from data
        by_field = strawberry.enum(by, description="Columns to order by.")
        namespace = {
            "__annotations__": {"field": by_field, "direction": Direction},
            "field": strawberry.field(description="Column to order by."),
            "direction": strawberry.field(description="Which way.", default=Direction.ASC),
        }
        cls = type(f"{self.name}Order", (), namespace)
        return strawberry.input(cls, description=f"One step of the order of {self.name} lists.")

    @cached_property
    def filter_input(self) -> Any:
        """The input of `filter`: one operator object per column, and `and`, `or`, `not`."""
        namespace: dict[str, Any] = {"__annotations__": {}}
        for name, by in self.filters.items():
            kind = operators(by.attribute if isinstance(by, Through) else by)
            namespace["__annotations__"][name] = kind | None
            text = f"Condition on {name}."
            namespace[name] = strawberry.field(
                default=strawberry.UNSET, description=text, name=name
            )
        cls = type(f"{self.name}Filter", (), namespace)
        # The three combinators refer to the class itself, which must exist under its name first.
        for word, many, text in (
            ("and", True, "All of these hold."),
            ("or", True, "One of these holds."),
            ("not", False, "This does not hold."),
        ):
            own: Any = Annotated[cls.__name__, strawberry.lazy(__name__)]
            cls.__annotations__[f"{word}_"] = (list[own] if many else own) | None
            setattr(
                cls,
                f"{word}_",
                strawberry.field(default=strawberry.UNSET, description=text, name=word),
            )
        made = strawberry.input(cls, description=f"Conditions on {self.name} lists.")
        globals()[cls.__name__] = made
        return made

    def criteria(
        self, asking: Asking, row: FromClause, given: Mapping[str, Any]
    ) -> list[ColumnElement[bool]]:
        """The filter as SQL over `row`; null, {} and [] are no condition, wherever they stand.

        Raises Invalid for null inside an operator.
        """
        parts: list[ColumnElement[bool]] = []
        for name, value in given.items():
            if value is None:
                continue
            match name:
                case "and" | "or":
                    each = [self.criteria(asking, row, one) for one in value]
                    every = [and_(*one) for one in each if one]
                    parts += every if name == "and" else [or_(*every)] if every else []
                case "not":
                    inner = self.criteria(asking, row, value)
                    parts += [not_(and_(*inner))] if inner else []
                case _:
                    by = self.filters[name]
                    for word, operand in value.items():
                        holds = partial(_holds, asking, (name, word), operand)
                        parts.append(
                            by.rows(row, holds) if isinstance(by, Through) else holds(row.c[by.key])
                        )
        return parts

    def column(self, name: str) -> InstrumentedAttribute[Any]:
        """The row's own column that a filter is about; raises LookupError for another table's."""
        by = self.filters[name]
        if isinstance(by, Through):
            raise LookupError(f"{self.name}.{name} is no column of the row")
        return by

    def widened(self, filters: Mapping[str, InstrumentedAttribute[Any] | Through]) -> Listing:
        """The same list over all cities, which these filters narrow as well."""
        more = {**self.filters, **filters}
        return replace(self, name=f"National{self.name}", filters=more, narrower=self)


def _holds(
    asking: Asking, path: tuple[str, str], operand: Any, column: ColumnElement[Any]
) -> ColumnElement[bool]:
    """One operator on one column."""
    _refuse_null(("filter", *path), operand)
    kind = _compared(column.type)
    plain = partial(_plain, column.type, ("filter", *path))
    match path[1]:
        case "isNull":
            return column.is_(None) if operand else column.is_not(None)
        case "in":
            every = asking.bind(operand, ARRAY(kind), lambda values: [plain(v) for v in values])
            return column == any_(every)
        case "contains":
            return column.ilike(asking.bind(operand, Text(), partial(_pattern, plain)), "/")
        case _:
            compared: ColumnElement[bool] = OPERATORS[path[1]](
                column, asking.bind(operand, kind, plain)
            )
            return compared


def _compared(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """The type of an operand: an enum's text, and numbers that the column itself could not hold."""
    if isinstance(kind, SqlEnum):
        return Text()
    return Numeric() if isinstance(kind, Numeric) and kind.asdecimal else kind


def plain_operand(kind: TypeEngine[Any], path: tuple[str, ...], operand: Any) -> Any:
    """Return an operand on a column of that type as the database takes it.

    Raises Invalid for null, for a text that no column holds, and for an id of nothing.
    """
    _refuse_null(path, operand)
    if isinstance(operand, list):
        return [_plain(kind, path, each) for each in operand]
    return _plain(kind, path, operand)


def _refuse_null(path: tuple[str, ...], operand: Any) -> None:
    if operand is None:
        raise Invalid(
            ".".join(path),
            "null tidak punya arti di sini; pakai isNull atau hapus operatornya.",
            "null has no meaning here; use isNull or leave the operator out.",
        )


def _pattern(plain: Callable[[Any], Any], value: Any) -> str:
    text = re.sub("[/%_]", r"/\g<0>", plain(value))
    return f"%{text}%"


def _plain(kind: TypeEngine[Any], path: tuple[str, ...], value: Any) -> Any:
    """Check a text, and turn an opaque id into a UUID where the column holds one."""
    if isinstance(kind, Uuid | Integer) and isinstance(value, str):
        return _uuid(value, path) if isinstance(kind, Uuid) else _tenant(value, path)
    if isinstance(value, Enum):
        return value.value
    if type(value) is str:
        return text_value(value, path=path, maximum=NAME_LENGTH, lines=False)
    return value


def _uuid(text: str, path: tuple[str, ...]) -> UUID:
    found = ids.decode(text, field=".".join(path)).id
    if found is None:  # a city is meant where something of a city is looked for
        raise Invalid(
            ".".join(path),
            "id ini milik jenis lain. Pakai id dari jenis yang disaring.",
            "this id belongs to another type. Use one of the type that is filtered by.",
        )
    return found


def _tenant(text: str, path: tuple[str, ...]) -> int | None:
    return ids.decode(text, ids.CITY, ".".join(path)).tenant_id


def _order(name: str) -> Any:
    return strawberry.enum_value(name, description=ORDERS[name])
