"""A sheet as a workbook that people fill in: lists, hints, protected ids, what stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kotacerdas.opaque_ids import opaque_id
from tenants.workbooks.cells import letters
from tenants.workbooks.guide import GUIDE, line
from tenants.workbooks.kinds import Code, Number, Rupiah, Words
from tenants.workbooks.layout import (
    FACTS,
    FIRST_ROW,
    GROUP_ROW,
    GUIDE_ROW,
    HEADING_ROWS,
    HIDDEN_SHEET,
    ID_KEY,
    KEYS_ROW,
    LISTS_SHEET,
    STANDING_ROW,
    TITLE_ROW,
)
from tenants.workbooks.sheet import FORMAT, Column, Sheet, Standing, fingerprint

SPARE_ROWS = 200
"""Empty rows that are prepared for new things."""
HINT_LENGTH = 255
"""Excel shows no longer hint."""
ID_WIDTH, FROZEN_COLUMNS = 7, 3
ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "insert_rows": True,
    "autofilter": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}
"""What a protected sheet lets people do beside filling in."""
HEAD, INK, PALE, SHADE = "#1F4E5F", "#FFFFFF", "#5B6770", "#EEF2F4"
OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Ids:
    """How rows are named: the prefix of their opaque ids, and the tenant in them."""

    prefix: str
    tenant_id: int

    def of(self, row: Standing) -> str:
        """Return a row's opaque id."""
        return opaque_id(self.prefix, self.tenant_id, row.id)


def write(sheet: Sheet, path: Path, language: str, prefix: str) -> None:
    """Write the sheet to a file, with the other language's headings below those of `language`."""
    with Workbook(str(path), OPTIONS) as book:
        _Writer(book, sheet, language, Ids(prefix, sheet.origin.tenant_id)).write()


class _Writer:
    """One workbook under way."""

    def __init__(self, book: Workbook, sheet: Sheet, language: str, ids: Ids) -> None:
        self._book, self._sheet, self._ids = book, sheet, ids
        self._language, self._english = language, language == "en"
        self._formats: dict[tuple[str, bool], Format] = {}
        self._name = sheet.name[self._english]

    def write(self) -> None:
        """Write every sheet."""
        page = self._book.add_worksheet(self._name)
        self._guide(self._book.add_worksheet("Petunjuk"))
        lists = self._book.add_worksheet(LISTS_SHEET)
        hidden = self._book.add_worksheet(HIDDEN_SHEET)
        lists.hide()
        hidden.very_hidden()
        self._headings(page)
        for place, row in enumerate(self._sheet.rows):
            self._row(page, FIRST_ROW + place, row)
        self._prepare(page, lists)
        self._hidden(hidden)

    def _headings(self, page: Worksheet) -> None:
        columns = self._sheet.columns
        title = self._book.add_format({"bold": True, "font_size": 14, "font_color": HEAD})
        note = self._book.add_format({"font_color": PALE})
        page.write_string(KEYS_ROW, 0, ID_KEY)
        page.set_row(KEYS_ROW, None, None, {"hidden": True})
        page.write_string(TITLE_ROW, 1, self._sheet.title[self._english], title)
        page.write_string(GUIDE_ROW, 1, line(self._language), note)
        self._heading(page, 0, ("ID", "ID"))
        page.set_column(0, 0, ID_WIDTH)
        for place, column in enumerate(columns, start=1):
            page.write_string(KEYS_ROW, place, column.key)
            self._heading(page, place, column.heading)
            page.set_column(place, place, column.width)
        self._groups(page)
        page.set_row(HEADING_ROWS[0], 32)
        page.freeze_panes(FIRST_ROW, FROZEN_COLUMNS)
        last = FIRST_ROW + len(self._sheet.rows) + SPARE_ROWS - 1
        page.autofilter(HEADING_ROWS[1], 0, last, len(columns))
        page.protect("", ALLOWED)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEADING_ROWS[0], HEADING_ROWS[1])

    def _heading(self, page: Worksheet, place: int, words: tuple[str, str]) -> None:
        strong = {"bold": True, "bg_color": HEAD, "font_color": INK, "text_wrap": True}
        pale = {"italic": True, "bg_color": SHADE, "font_color": PALE, "bottom": 1}
        above = self._book.add_format({**strong, "valign": "top"})
        page.write_string(HEADING_ROWS[0], place, words[self._english], above)
        below = self._book.add_format(pale)
        page.write_string(HEADING_ROWS[1], place, words[not self._english], below)

    def _groups(self, page: Worksheet) -> None:
        style = self._book.add_format(
            {"bold": True, "align": "center", "bg_color": SHADE, "font_color": HEAD, "border": 1}
        )
        placed = enumerate(self._sheet.columns, start=1)
        for group, members in groupby(placed, key=lambda each: each[1].group):
            places = [place for place, _ in members]
            words = group[self._english]
            if words and len(places) > 1:
                page.merge_range(GROUP_ROW, places[0], GROUP_ROW, places[-1], words, style)
            elif words:
                page.write_string(GROUP_ROW, places[0], words, style)

    def _row(self, page: Worksheet, line_number: int, row: Standing) -> None:
        page.write_string(line_number, 0, self._ids.of(row), self._format("text", locked=True))
        for place, column in enumerate(self._sheet.columns, start=1):
            style = self._format(_form(column), locked=column.fixed or not row.open)
            match column.kind.write(row.values[column.key], self._language):
                case None | "":
                    page.write_blank(line_number, place, None, style)
                case Decimal() as number:
                    page.write_number(line_number, place, float(number), style)
                case text:
                    page.write_string(line_number, place, text, style)

    def _prepare(self, page: Worksheet, lists: Worksheet) -> None:
        """Ready the empty rows, and give each column its list and its hint."""
        first = FIRST_ROW + len(self._sheet.rows)
        last = first + SPARE_ROWS - 1
        for place, column in enumerate(self._sheet.columns, start=1):
            # A pillar is fixed once it is stored, but chosen in a new row.
            style = self._format(_form(column), locked=column.given)
            for row in range(first, last + 1):
                page.write_blank(row, place, None, style)
            rule = self._rule(lists, place, column)
            if rule:
                page.data_validation(FIRST_ROW, place, last, place, rule)
        for row in range(first, last + 1):
            page.write_blank(row, 0, None, self._format("text", locked=True))

    def _rule(self, lists: Worksheet, place: int, column: Column) -> dict[str, object]:
        rule: dict[str, object] = {"validate": "any"}
        if column.hint[self._english]:
            rule["input_title"] = column.heading[self._english][:32]
            rule["input_message"] = column.hint[self._english][:HINT_LENGTH]
        words = column.kind.offered(self._language)
        if not words:
            return rule if "input_message" in rule else {}
        for row, word in enumerate(words):
            lists.write_string(row, place, word)
        letter = letters(place)
        source = f"='{LISTS_SHEET}'!${letter}$1:${letter}${len(words)}"
        # A warning only: words of the other language are read as well.
        return rule | {"validate": "list", "source": source, "error_type": "warning"}

    def _format(self, form: str, *, locked: bool) -> Format:
        key = (form, locked)
        if key not in self._formats:
            forms: dict[str, dict[str, object]] = {
                "text": {"num_format": "@"},
                "prose": {"num_format": "@", "text_wrap": True},
                "number": {"num_format": "#,##0.####"},
                "rupiah": {"num_format": "#,##0.##"},
                "word": {"num_format": "@"},
            }
            shade: dict[str, object] = {"bg_color": SHADE, "font_color": PALE} if locked else {}
            base: dict[str, object] = {
                "valign": "top",
                "locked": locked,
                "border": 4,
                "border_color": "#C9D2D6",
            }
            self._formats[key] = self._book.add_format({**base, **forms[form], **shade})
        return self._formats[key]

    def _guide(self, page: Worksheet) -> None:
        wrap = self._book.add_format({"text_wrap": True, "valign": "top"})
        page.set_column(0, 1, 70)
        for row, words in enumerate(GUIDE):
            for place, text in enumerate(words):
                page.write_string(row, place, text, wrap)

    def _hidden(self, page: Worksheet) -> None:
        origin = self._sheet.origin
        facts = (
            str(FORMAT),
            origin.kind.value,
            opaque_id("cty", origin.tenant_id, None),
            origin.participation_id.hex,
            origin.unit_id.hex if origin.unit_id else "",
            self._language,
            datetime.now(UTC).isoformat(timespec="seconds"),
        )
        for row, (name, value) in enumerate(zip(FACTS, facts, strict=True)):
            page.write_string(row, 0, name)
            page.write_string(row, 1, value)
        page.write_string(STANDING_ROW - 1, 2, " ".join(c.key for c in self._sheet.columns))
        for place, row_there in enumerate(self._sheet.rows, start=STANDING_ROW):
            marks = [fingerprint(column, row_there.values) for column in self._sheet.columns]
            page.write_string(place, 0, self._ids.of(row_there))
            page.write_number(place, 1, row_there.version)
            page.write_string(place, 2, " ".join(marks))


def _form(column: Column) -> str:
    match column.kind:
        case Words(lines=True):
            return "prose"
        case Words() | Code():
            return "text"
        case Number():
            return "number"
        case Rupiah():
            return "rupiah"
    return "word"
