"""The process that reads one workbook and ends: `python -m tenants.workbooks.child BOOK CELLS`.

Whatever a file may do to its parser, it does here: with little memory, little time, no secrets. It
writes what it has read as JSON: the sheet that has our keys and the hidden one, or a refusal.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Any

import orjson

from tenants.workbooks.cells import Strange, cell_of
from tenants.workbooks.layout import HIDDEN_SHEET, ID_KEY, KEYS_ROW
from tenants.workbooks.scanning import MEBIBYTE, Marks, Refused, scan

MEMORY_BYTES = 768 * MEBIBYTE
CPU_SECONDS = 20
FILE_BYTES = 128 * MEBIBYTE
CELL_LENGTH = 32_767
"""Excel keeps no longer text."""


def main(book: str, cells: str) -> None:
    """Bind the limits first, then read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (FILE_BYTES, FILE_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Path(cells).write_bytes(orjson.dumps(content(Path(book))))


def content(path: Path) -> dict[str, Any]:
    """Return what a workbook holds as plain JSON, or why it is not read."""
    try:
        marks = scan(path)
        return _parsed(path, marks)
    except Refused as refusal:
        return {"refused": str(refusal)}
    except MemoryError:
        return {"refused": "large"}


def _parsed(path: Path, marks: dict[str, Marks]) -> dict[str, Any]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(path)
        if HIDDEN_SHEET not in book.sheet_names:
            raise Refused("foreign")
        hidden = book.get_sheet_by_name(HIDDEN_SHEET).to_python(skip_empty_area=False)
        for name in book.sheet_names:
            if name == HIDDEN_SHEET or name not in marks:
                continue
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if rows and ID_KEY in rows[KEYS_ROW] and len(set(rows[KEYS_ROW])) > 2:
                return {
                    "hidden": [[_plain(value) for value in row] for row in hidden],
                    "sheet": name,
                    "rows": _cells(rows, marks[name]),
                }
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Refused("broken") from error
    raise Refused("foreign")


def _cells(rows: list[list[Any]], marks: Marks) -> list[list[Any]]:
    """Return the cells as JSON: a text, [kind, number or nothing], or null."""
    return [
        [_cell(value, (line, place), marks) for place, value in enumerate(row)]
        for line, row in enumerate(rows)
    ]


def _cell(value: object, where: tuple[int, int], marks: Marks) -> Any:  # noqa: ANN401  (JSON)
    if where in marks.formulas:
        return [Strange.FORMULA.value]
    if where in marks.errors:
        return [Strange.ERROR.value]
    match cell_of(value):
        case None:
            return None
        case Strange() as strange:
            return [strange.value]
        case str() as text:
            if len(text) > 2 * CELL_LENGTH:
                raise Refused("large")
            return text
        case number:
            return ["number", str(number)]


def _plain(value: object) -> str:
    return str(value)[: 2 * CELL_LENGTH]


if __name__ == "__main__":
    main(*sys.argv[1:])
