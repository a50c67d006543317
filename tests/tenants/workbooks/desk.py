"""What a person does with a workbook: downloads it, fills it in as Excel would, brings it back."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import python_calamine
from sqlalchemy import func, select
from xlsxwriter import Workbook

from kotacerdas.errors import DomainError
from kotacerdas.scope import Scope
from tenants.masterplan.models import Programme
from tenants.workbooks import importing, requesting
from tenants.workbooks.layout import FIRST_ROW, HIDDEN_SHEET, KEYS_ROW
from tenants.workbooks.preview import Preview
from tenants.workbooks.reading import Book, read
from tenants.workbooks.sheet import WorkbookKind
from tests.tenants.masterplan.planning import Planning

PROGRAMMES, INNOVATIONS = WorkbookKind.PROGRAMMES, WorkbookKind.INNOVATIONS

NEW = {
    "name": "e-Parkir",
    "dimension": "Smart Mobility",
    "horizon": "jangka menengah",
    "new": "baru",
    "target__2024": "82,5",
    "budget__2024__apbd": "1,5 M",
    "budget__2025__csr": "Rp1.500.000,00",
}


@dataclass
class Paper:
    """A downloaded workbook on somebody's desk: all its sheets as lists of rows."""

    sheets: dict[str, list[list[Any]]]
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return next(iter(self.sheets))

    @property
    def rows(self) -> list[list[Any]]:
        return self.sheets[self.name]

    def column(self, key: str) -> int:
        return self.rows[KEYS_ROW].index(key)

    def find(self, name: str) -> int:
        """The place of the row of that name."""
        column = self.column("name")
        return next(n for n, row in enumerate(self.rows) if n >= FIRST_ROW and row[column] == name)

    def set(self, name: str, /, **cells: Any) -> Paper:
        """Type into cells of a row; `budget__2023__apbd` is the key `budget:2023:apbd`."""
        row = self.rows[self.find(name)]
        for key, value in cells.items():
            row[self.column(key.replace("__", ":"))] = value
        return self

    def add(self, **cells: Any) -> Paper:
        """Fill the next empty row."""
        self.rows.append([""] * len(self.rows[KEYS_ROW]))
        row = self.rows[-1]
        for key, value in cells.items():
            row[self.column(key.replace("__", ":"))] = value
        return self

    def save(self, path: Path) -> Path:
        """Write it as another program would: nothing of our writer's is used."""
        with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for name, rows in self.sheets.items():
                page = book.add_worksheet(name)
                for line, row in enumerate(rows):
                    for place, value in enumerate(row):
                        if isinstance(value, str) and value:
                            page.write_string(line, place, value)
                        elif isinstance(value, date):
                            page.write_datetime(line, place, value, day)
                        elif value != "":
                            page.write(line, place, value)
                if name == self.name:
                    for (line, place), formula in self.formulas.items():
                        page.write_formula(line, place, formula, None, 7)
        return path


class Desk:
    """Downloads, looks and saves, as somebody of the city."""

    def __init__(self, planning: Planning, folder: Path) -> None:
        self.planning, self.folder = planning, folder
        self._number = 0

    def path(self) -> Path:
        self._number += 1
        return self.folder / f"{self._number}.xlsx"

    def download(
        self,
        kind: WorkbookKind = PROGRAMMES,
        unit_id: UUID | None = None,
        language: str = "id",
    ) -> Path:
        path, participation = self.path(), self.planning.participation_id

        def rule(session: Any) -> None:
            asked = requesting.origin(session, kind, participation, unit_id)
            requesting.write_template(session, asked, path, language)

        self.planning.run(rule)
        return path

    def open(self, kind: WorkbookKind = PROGRAMMES, **options: Any) -> Paper:
        book = python_calamine.load_workbook(self.download(kind, **options))
        sheets = {
            name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in book.sheet_names
        }
        assert HIDDEN_SHEET in sheets
        return Paper(sheets)

    def back(self, paper: Paper) -> Book:
        return read(paper.save(self.path()))

    def look(self, paper: Paper, scope: Scope | None = None) -> Preview:
        return self.planning.run(importing.preview, self.back(paper), scope=scope)

    def keep(self, paper: Paper, scope: Scope | None = None) -> Preview:
        """Look at it, agree and save it."""
        book = self.back(paper)
        seen = self.planning.run(importing.preview, book, scope=scope)
        return self.planning.run(importing.apply, book, seen.hash, scope=scope)


def counts(preview: Preview) -> dict[str, int]:
    """Counts without zeros."""
    return {name: number for name, number in preview.counts.items() if number}


def faults(preview: Preview) -> list[tuple[str, str]]:
    """Every fault's cell and code, in the order of rows."""
    return [(fault.cell, fault.code) for row in preview.rows for fault in row.faults]


def refused(planning, rule, *args, **options) -> DomainError:
    before = planning.traces()
    with pytest.raises(DomainError) as caught:
        planning.run(rule, *args, **options)
    assert planning.traces() == before
    return caught.value


def rows_of(planning, model=Programme) -> int:
    mine = select(func.count()).select_from(model).where(model.tenant_id == planning.city.id)
    return planning.run(lambda session: session.scalar(mine))
