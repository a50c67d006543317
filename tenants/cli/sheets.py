"""Reading a sheet of a table's columns: what an export wrote, or what somebody filled in."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from enum import StrEnum
from io import StringIO
from typing import Protocol, TypeVar

from kotacerdas.errors import Invalid
from tenants.cli.refusals import Refused
from tenants.exports.labels import LABELS
from tenants.exports.tables.formulas import unguarded
from tenants.exports.tables.table import Table

Value = TypeVar("Value", bound=StrEnum)


class Headed(Protocol):
    """A column: its name, and its words in Indonesian and English."""

    @property
    def name(self) -> str:
        """The name by which rows have it."""
        ...

    @property
    def heading(self) -> tuple[str, str]:
        """What stands above it."""
        ...


def rows_of_sheet(content: bytes, table: Table, needed: tuple[str, ...]) -> list[dict[str, str]]:
    """Return the rows of a CSV by the names of the table's columns; see `numbered_rows`."""
    return [row for _, row in numbered_rows(content, table.columns, needed)]


def numbered_rows(
    content: bytes, columns: Sequence[Headed], needed: tuple[str, ...]
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV, each with its line in the file, by the columns' names.

    Other columns are left out. Headings may be names, or words of either language, in any order;
    cells are parted by commas or semicolons. Raises Refused where one of the `needed` columns is
    not there.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _unreadable(needed) from None
    first = text.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    names = _names(columns)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        lines = [(reader.line_num, line) for line in reader]
    except csv.Error:  # a cell of more than 128 KiB: a quote that does not end
        raise _unreadable(needed) from None
    heading = [names.get(cell.strip().casefold()) for cell in lines[0][1]] if lines else []
    if not set(needed) <= set(heading):
        raise _unreadable(needed)
    return [
        (
            number,
            dict.fromkeys(needed, "")  # a line may end early
            | {name: unguarded(cell) for name, cell in zip(heading, line, strict=False) if name},
        )
        for number, line in lines[1:]
        if any(cell.strip() for cell in line)
    ]


def value_meant(
    kind: type[Value], text: str, path: str, labels: Mapping[Value, tuple[str, str]] | None = None
) -> Value:
    """Return the value of an enum that a cell means: its name, or its words. Raises Invalid."""
    wanted = text.strip().casefold()
    known = LABELS[kind] if labels is None else labels
    for value in kind:
        words = known[value]
        if wanted in {value.name.casefold(), value.value, *(each.casefold() for each in words)}:
            return value
    choices = [known[value] for value in kind]
    raise Invalid(
        path,
        f"pilih salah satu: {', '.join(each for each, _ in choices)}.",
        f"choose one of: {', '.join(each for _, each in choices)}.",
    )


def _names(columns: Sequence[Headed]) -> dict[str, str]:
    named: dict[str, str] = {}
    for column in columns:
        for word in (*column.heading, column.name):
            named.setdefault(word.casefold(), column.name)
    return named | {column.name.casefold(): column.name for column in columns}


def _unreadable(needed: tuple[str, ...]) -> Refused:
    columns = ", ".join(needed)
    return Refused(
        f"Berkas ini bukan CSV UTF-8 dengan kolom {columns}. Simpan sebagai CSV UTF-8.",
        f"This file is no CSV in UTF-8 with the columns {columns}. Save it as CSV UTF-8.",
    )
