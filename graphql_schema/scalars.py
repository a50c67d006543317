"""Strict scalars: exact text in, the reader's text out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, NewType

import orjson
import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON
from strawberry.types.scalar import ScalarDefinition

Rupiah = NewType("Rupiah", Decimal)
Slug = NewType("Slug", str)
RegionCode = NewType("RegionCode", str)


def _instant(text: object) -> datetime:
    value = datetime.fromisoformat(str(text))
    if value.tzinfo is None:
        raise ValueError("an offset is needed, for example 2022-10-31T23:59:00+07:00")
    try:
        return value.astimezone(UTC)
    except OverflowError:
        raise ValueError("a moment within the years 1 to 9999 in UTC is needed") from None


def _decimal(text: object) -> Decimal:
    if not isinstance(text, str) or not re.fullmatch(r"-?\d{1,30}(\.\d{1,10})?", text):
        raise ValueError('a decimal is a string such as "1500000.00"')
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError('a decimal is a string such as "1500000.00"') from error


def _matching(pattern: str, example: str) -> Callable[[object], str]:
    def parse(text: object) -> str:
        if not isinstance(text, str) or not re.fullmatch(pattern, text):
            raise ValueError(f"expected a text such as {example}")
        return text

    return parse


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _strict(name: str, parse: Callable[[object], Any]) -> Callable[[object], Any]:
    """Tell a value that cannot be read as an error of the document, not as a defect."""

    def read(text: object) -> Any:
        try:
            return parse(text)
        except ValueError as error:
            raise GraphQLError(f"{name}: {error}") from None

    return read


def _scalar(name: str, description: str, parse: Callable[[object], Any]) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, serialize=_written, parse_value=_strict(name, parse)
    )


def _raw(text: object) -> orjson.Fragment:
    """JSON as PostgreSQL wrote it, which the response takes over byte for byte."""
    return orjson.Fragment(str(text))


SCALARS: dict[object, ScalarDefinition] = {
    JSON: strawberry.scalar(
        name="JSON", description="Free JSON: an object, a list or a value.", serialize=_raw
    ),
    datetime: _scalar("DateTime", "A moment in RFC 3339 with an offset.", _instant),
    date: _scalar("Date", "A day, YYYY-MM-DD.", lambda text: date.fromisoformat(str(text))),
    Decimal: _scalar("Decimal", "An exact decimal number as a string.", _decimal),
    Rupiah: _scalar(
        "Rupiah",
        'Rupiah as a string: "1500000.00"; also "Rp1.500.000,00" and "1,5 M" as people write it.',
        str,
    ),
    Slug: _scalar(
        "Slug",
        "Lower-case words joined by hyphens, e.g. kota-bukittinggi.",
        _matching(r"[a-z0-9]+(-[a-z0-9]+)*", "kota-bukittinggi"),
    ),
    RegionCode: _scalar(
        "RegionCode",
        "Code of a regency or city of the ministry of home affairs, e.g. 13.75.",
        _matching(r"\d{2}\.\d{2,10}", "13.75"),
    ),
}
