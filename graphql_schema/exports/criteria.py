"""A list's filter as an export keeps it: by columns, in plain JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

import strawberry

from graphql_schema.reader.listing import Listing, plain_operand
from kotacerdas.tenancy import Json


def stored(listing: Listing, given: Any) -> Json:
    """Return a filter input of `listing` in the form that `kotacerdas.filtering` reads.

    Null, {} and [] are no condition. Raises Invalid for null inside an operator and for a text or
    an id that no column could hold.
    """
    kept: Json = {}
    for name, value in _said(given):
        match name:
            case "and" | "or":
                kept[name] = [stored(listing, each) for each in value]
            case "not":
                kept[name] = stored(listing, value)
            case _:
                kept[listing.column(name).key] = dict(_operators(listing, name, value))
    return kept


def _operators(listing: Listing, name: str, given: Any) -> Iterator[tuple[str, Any]]:
    kind = listing.column(name).type
    for word, operand in _sent(given):
        plain = plain_operand(kind, ("filter", name, word), operand)
        yield word, _json(plain)


def _said(given: Any) -> Iterator[tuple[str, Any]]:
    return ((name, value) for name, value in _sent(given) if value is not None)


def _sent(given: Any) -> Iterator[tuple[str, Any]]:
    """The fields of an input that the caller sent, by their names in the API."""
    for each in given.__strawberry_definition__.fields:
        value = getattr(given, each.python_name)
        if value is not strawberry.UNSET:
            yield each.graphql_name or each.python_name, value


def _json(value: Any) -> Any:
    match value:
        case list():
            return [_json(each) for each in value]
        case datetime():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case Enum():
            return value.value
    return value
