"""A row's values as JSON carries them and as a table's cells show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kotacerdas.opaque_ids import opaque_id
from tenants.exports.labels import label
from tenants.exports.tables.table import Column

Cell = str | int | Decimal | date | None
YES_NO = {True: ("ya", "yes"), False: ("tidak", "no")}


@dataclass(frozen=True)
class Place:
    """The city that rows belong to: its tenant, and the zone of its clocks."""

    tenant_id: int
    zone: ZoneInfo


@dataclass(frozen=True)
class Text:
    """What a person wrote: a table must never take it for a formula."""

    words: str


def json_value(value: Any, column: Column, place: Place) -> Any:  # noqa: ANN401  (JSON)
    """Return the value in the API's form: opaque ids, enum names, exact decimals, zoned moments."""
    match value:
        case UUID():
            return opaque_id(column.prefix or "", place.tenant_id, value)
        case StrEnum():
            return value.name
        case Decimal():
            return plain(value)
        case datetime():
            return moment(value, place)
        case date():
            return value.isoformat()
    return value


def cell(value: Any, column: Column, place: Place, language: str) -> Cell | Text:  # noqa: ANN401  (rows)
    """Return the value for people: words of a language, numbers, days, and their own texts."""
    english = language == "en"
    match value:
        case UUID():
            return opaque_id(column.prefix or "", place.tenant_id, value)
        case StrEnum():
            return label(value, language)
        case bool():
            return YES_NO[value][english]
        case datetime():
            return moment(value, place)
        case list():
            return _list(value, column, language)
        case str() if value in column.words:
            return column.words[value][english]
        case str():
            return Text(value)
    known: Cell = value
    return known


def plain(number: Decimal) -> str:
    """Return a number without exponent and without zeros that say nothing."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def moment(value: datetime, place: Place) -> str:
    """Return a moment in ISO 8601 with the offset of the city's zone, to the second."""
    return value.astimezone(place.zone).isoformat(timespec="seconds")


def _list(values: Sequence[Any], column: Column, language: str) -> Text:
    write = column.entry or (lambda entry, _language: str(entry))
    return Text("; ".join(write(entry, language) for entry in values))
