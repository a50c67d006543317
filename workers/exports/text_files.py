"""Exports as text: JSON lines, and comma-separated values for programs and for Excel."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson

from tenants.exports.models import ExportFormat
from tenants.exports.tables.formulas import guarded
from tenants.exports.tables.table import Column
from workers.exports.cells import Cell, Place, Text, cell, json_value, plain

BUFFER_BYTES = 1024 * 1024


class JsonLines:
    """One JSON object for each row, its keys in the order of the columns; UTF-8."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        self._columns = columns
        self._file = path.open("wb", buffering=BUFFER_BYTES)
        self.written = 0
        """Bytes so far."""

    def row(self, values: Sequence[Any], place: Place) -> None:
        """Write a row."""
        line = {
            column.name: json_value(value, column, place)
            for column, value in zip(self._columns, values, strict=True)
        }
        self.written += self._file.write(orjson.dumps(line, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    drop = close


class Csv:
    """RFC 4180 in UTF-8 with a heading; for Excel with a byte order mark and the local marks.

    Excel in Indonesian parts cells by semicolons and decimals by a comma; in English by a comma and
    a point, as programs do. A text that a spreadsheet would take for a formula has an apostrophe
    before it.
    """

    def __init__(
        self, path: Path, columns: Sequence[Column], language: str, form: ExportFormat
    ) -> None:
        self._columns, self._language = columns, language
        excel = form is ExportFormat.CSV_EXCEL
        self._local = excel and language == "id"
        encoding = "utf-8-sig" if excel else "utf-8"
        self._file = path.open("w", BUFFER_BYTES, encoding=encoding, newline="")
        self._lines = csv.writer(self._file, delimiter=";" if self._local else ",")
        self.written = self._lines.writerow([column.title(language) for column in columns])
        """Characters so far."""

    def row(self, values: Sequence[Any], place: Place) -> None:
        """Write a row."""
        line = [
            self._text(cell(value, column, place, self._language))
            for column, value in zip(self._columns, values, strict=True)
        ]
        self.written += self._lines.writerow(line)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()

    drop = close

    def _text(self, value: Cell | Text) -> str:
        match value:
            case None:
                return ""
            case Text(words):
                return guarded(words)
            case Decimal():
                number = plain(value)
                return number.replace(".", ",") if self._local else number
            case date():
                return value.isoformat()
        return str(value)
