"""What a connection can be filtered and ordered by, as GraphQL inputs and as SQL."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from functools import cached_property
from typing import Annotated, Any

import strawberry
from sqlalchemy import Boolean, ColumnElement, FromClause, Uuid, and_, not_, or_
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from graphql_schema import ids
from kotacerdas.errors import Invalid
from kotacerdas.values import NAME_LENGTH, text_value


@strawberry.enum(description="Which way a list runs.")
class Direction(StrEnum):
    """Which way a list runs."""

    ASC = "asc"
    DESC = "desc"


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
WORDS = {
    "eq": "Equal to this.",
    "in": "Equal to one of these (at most 500).",
    "gt": "Greater than this.",
    "gte": "Greater than or equal to this.",
    "lt": "Less than this.",
    "lte": "Less than or equal to this.",
    "contains": "Contains this text, whatever the case.",
    "isNull": "Whether there is no value.",
}


@dataclass(frozen=True)
class Listing:
    """A list of rows: its name in the API and the columns it is filtered and ordered by.

    Order columns must never be null; the row's id breaks ties. The first order is the default.
    """

    name: str
    filters: Mapping[str, InstrumentedAttribute[Any]]
    orders: Mapping[str, InstrumentedAttribute[Any]]
    default: Direction = Direction.ASC
    _made: dict[str, Any] = field(default_factory=dict, repr=False)

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
        by: Any = Enum(f"{self.name}OrderField", {name: name for name in self.orders})  # type: ignore[misc]  # members from data
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
        for name, attribute in self.filters.items():
            kind = _operators(attribute.type)
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

    def criterion(self, row: FromClause, given: Mapping[str, Any]) -> ColumnElement[bool]:
        """The filter as SQL over `row`; raises Invalid for null inside an operator."""
        parts: list[ColumnElement[bool]] = []
        for name, value in given.items():
            if value is None:
                continue
            match name:
                case "and":
                    parts += [self.criterion(row, each) for each in value]
                case "or":
                    parts.append(or_(*(self.criterion(row, each) for each in value)))
                case "not":
                    parts.append(not_(self.criterion(row, value)))
                case _:
                    parts += _column_criteria(row.c[self.filters[name].key], name, value)
        return and_(*parts) if parts else and_(True)


def _column_criteria(
    column: ColumnElement[Any], name: str, given: Mapping[str, Any]
) -> list[ColumnElement[bool]]:
    criteria = []
    for operator, value in given.items():
        if value is None:
            raise Invalid(
                f"filter.{name}.{operator}",
                "null tidak punya arti di sini; pakai isNull atau hapus operatornya.",
                "null has no meaning here; use isNull or leave the operator out.",
            )
        path = ("filter", name, operator)
        criteria.append(OPERATORS[operator](column, _plain(column.type, value, path)))
    return criteria


def _plain(kind: TypeEngine[Any], value: Any, path: tuple[str, ...]) -> Any:
    """Check texts, and turn opaque ids into UUIDs where the column holds one; each of a list."""
    if isinstance(value, list):
        return [_plain(kind, each, path) for each in value]
    if isinstance(kind, Uuid) and isinstance(value, str):
        return ids.decode(value).id
    if type(value) is str:
        return text_value(value, path=path, maximum=NAME_LENGTH, lines=False)
    return value


def _operators(kind: TypeEngine[Any]) -> Any:
    """The operator input of a column type, made once per GraphQL scalar."""
    if isinstance(kind, SqlEnum):
        enum: Any = kind.enum_class
        return _operator_input(enum.__name__, enum, ("eq", "in", "isNull"))
    if isinstance(kind, Uuid):
        return _operator_input("Id", strawberry.ID, ("eq", "in", "isNull"))
    if isinstance(kind, Boolean):
        return _operator_input("Boolean", bool, ("eq", "isNull"))
    python: Any = kind.python_type
    if python is str:
        return _operator_input("String", str, ("eq", "in", "contains", "isNull"))
    names = {datetime: "DateTime"}
    name: str = names.get(python) or python.__name__.capitalize()
    return _operator_input(name, python, ("eq", "in", "gt", "gte", "lt", "lte", "isNull"))


_MADE: dict[str, Any] = {}


def _operator_input(name: str, python: Any, operators: tuple[str, ...]) -> Any:
    if name in _MADE:
        return _MADE[name]
    namespace: dict[str, Any] = {"__annotations__": {}}
    for operator in operators:
        kind = bool if operator == "isNull" else list[python] if operator == "in" else python
        attribute = {"in": "in_", "isNull": "is_null"}.get(operator, operator)
        namespace["__annotations__"][attribute] = kind | None
        namespace[attribute] = strawberry.field(
            default=strawberry.UNSET, description=WORDS[operator], name=operator
        )
    cls = type(f"{name}Filter", (), namespace)
    _MADE[name] = strawberry.input(cls, description=f"Operators on a value of type {name}.")
    return _MADE[name]
