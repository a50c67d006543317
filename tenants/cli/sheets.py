"""Reading a sheet of a table's columns: what an export wrote, or what somebody filled in."""

from __future__ import annotations

import csv
from enum import StrEnum
from io import StringIO
from typing import TypeVar

from kotacerdas.errors import Invalid
from tenants.cli.refusals import Refused
from tenants.exports.labels import LABELS
from tenants.exports.tables.formulas import unguarded
from tenants.exports.tables.table import Table

Value = TypeVar("Value", bound=StrEnum)


def rows_of_sheet(content: bytes, table: Table, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a CSV by the names of the table's columns; others are left out.

    Headings may be names, or words of either language, in any order; cells are parted by commas or
    semicolons. Raises Refused where one of the `needed` columns is not there.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(needed) from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    names = _names(table)
    lines = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
    heading = [names.get(cell.strip().casefold()) for cell in lines[0]] if lines else []
    if not set(needed) <= set(heading):
        raise _unreadable(needed)
    return [
        dict.fromkeys(needed, "")  # a line may end early
        | {name: unguarded(cell) for name, cell in zip(heading, line, strict=False) if name}
        for line in lines[1:]
        if any(cell.strip() for cell in line)
    ]


def value_meant(kind: type[Value], text: str, path: str) -> Value:
    """Return the value of an enum that a cell means: its name, or its words. Raises Invalid."""
    wanted = text.strip().casefold()
    for value in kind:
        words = LABELS[kind][value]
        if wanted in {value.name.casefold(), value.value, *(each.casefold() for each in words)}:
            return value
    choices = [LABELS[kind][value] for value in kind]
    raise Invalid(
        path,
        f"pilih salah satu: {', '.join(each for each, _ in choices)}.",
        f"choose one of: {', '.join(each for _, each in choices)}.",
    )


def _names(table: Table) -> dict[str, str]:
    named: dict[str, str] = {}
    for column in table.columns:
        for word in (*column.heading, column.name):
            named.setdefault(word.casefold(), column.name)
    return named | {column.name.casefold(): column.name for column in table.columns}


def _unreadable(needed: tuple[str, ...]) -> Refused:
    columns = ", ".join(needed)
    return Refused(
        f"Berkas ini bukan CSV UTF-8 dengan kolom {columns}. Simpan sebagai CSV UTF-8.",
        f"This file is no CSV in UTF-8 with the columns {columns}. Save it as CSV UTF-8.",
    )
