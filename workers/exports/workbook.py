"""Exports as an Excel workbook, each row written to disk as it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from tenants.exports.tables.table import Column
from workers.exports.cells import Place, Text, cell

SHEET_ROWS = 1_048_575
"""Rows of a sheet below its heading; more begin another sheet."""
EXACT_DIGITS = 15
"""Excel keeps no more digits of a number; a longer one is written as text."""


class Xlsx:
    """A workbook with a heading that stays and a filter; nothing in it is ever a formula."""

    def __init__(
        self,
        path: Path,
        columns: Sequence[Column],
        language: str,
        title: str,
        *,
        sheet_rows: int = SHEET_ROWS,
    ) -> None:
        self._columns, self._language, self._title = columns, language, title
        self._sheet_rows = sheet_rows
        options = {
            "constant_memory": True,
            "tmpdir": str(path.parent),
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = Workbook(str(path), options)
        self._heading = self._book.add_format({"bold": True, "bottom": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._whole = self._book.add_format({"num_format": "#,##0"})
        self._broken = self._book.add_format({"num_format": "#,##0.00##"})
        self._sheets = 0
        self._sheet = self._next_sheet()
        self.written = 0
        """Characters so far."""

    def row(self, values: Sequence[Any], place: Place) -> None:
        """Write a row."""
        if self._line > self._sheet_rows:
            self._end_sheet()
            self._sheet = self._next_sheet()
        for position, (column, value) in enumerate(zip(self._columns, values, strict=True)):
            self._write(position, cell(value, column, place, self._language))
        self._line += 1

    def close(self) -> None:
        """Assemble the file of what was written."""
        self._end_sheet()
        self._book.close()

    def drop(self) -> None:
        """Let go of what was written: nobody wants the file."""
        for sheet in self._book.worksheets():
            sheet._opt_close()  # only its temporary file; the workbook has no way to give up

    def _write(self, position: int, value: object) -> None:
        sheet, line = self._sheet, self._line
        match value:
            case None:
                return
            case Text(words) | str(words):
                self.written += len(words)
                sheet.write_string(line, position, words)
            case date():
                midnight = datetime.combine(value, time.min)
                sheet.write_datetime(line, position, midnight, self._day)
            case int() | Decimal() if _exact(value):
                sheet.write_number(line, position, float(value), self._form(value))
            case _:
                sheet.write_string(line, position, str(value))

    def _form(self, value: int | Decimal) -> Format | None:
        """Years and counts stay plain; amounts are parted by thousands."""
        if isinstance(value, int):
            return None
        return self._whole if value == value.to_integral_value() else self._broken

    def _next_sheet(self) -> Worksheet:
        self._sheets += 1
        name = self._title if self._sheets == 1 else f"{self._title} {self._sheets}"
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, column in enumerate(self._columns):
            sheet.set_column(position, position, column.width)
            sheet.write_string(0, position, column.title(self._language), self._heading)
        self._line = 1
        return sheet

    def _end_sheet(self) -> None:
        self._sheet.autofilter(0, 0, max(self._line - 1, 1), len(self._columns) - 1)


def _exact(value: int | Decimal) -> bool:
    return len(Decimal(value).normalize().as_tuple().digits) <= EXACT_DIGITS
