"""The operators with which a column may be filtered, as GraphQL inputs by its type."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import strawberry
from sqlalchemy import Boolean, Uuid
from sqlalchemy import Enum as SqlEnum
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

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


def operators(attribute: InstrumentedAttribute[Any]) -> Any:
    """The operator input of a column's type, made once per GraphQL scalar."""
    kind: TypeEngine[Any] = attribute.type
    if attribute.key == "tenant_id":
        return _operator_input("CityId", strawberry.ID, ("eq", "in"))
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
    for word in operators:
        kind = bool if word == "isNull" else list[python] if word == "in" else python
        attribute = {"in": "in_", "isNull": "is_null"}.get(word, word)
        namespace["__annotations__"][attribute] = kind | None
        namespace[attribute] = strawberry.field(
            default=strawberry.UNSET, description=WORDS[word], name=word
        )
    cls = type(f"{name}Filter", (), namespace)
    _MADE[name] = strawberry.input(cls, description=f"Operators on a value of type {name}.")
    return _MADE[name]
