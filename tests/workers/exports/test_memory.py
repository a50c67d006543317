"""An export takes the same memory however many rows it has."""

from __future__ import annotations

from tests.workers.exports.many import measure, plant
from workers.exports.writing import BATCH

FEW = 2_000
MANY = {"jsonl": 20_000, "csv": 20_000, "xlsx": 8_000}
"""Rows by format; a workbook is slow to write, and its rows are large."""
ROOM_KB = 12 * 1024
"""By so much may memory rise from few rows to many; all of them at once take several times that."""


def test_memory_stays_as_rows_grow_tenfold_and_would_not_without_the_cursor(planning):
    plant(planning, 20_000)
    told = measure(
        planning.city.id,
        [
            *(f"{form} {FEW} {BATCH}" for form in MANY),
            *(f"{form} {rows} {BATCH}" for form, rows in MANY.items()),
            "jsonl 20000 20000",
        ],
    )
    assert [each["rows"] for each in told] == [FEW] * 3 + [*MANY.values(), 20_000]
    few, many, whole = (told[place]["risen"] for place in (2, 5, 6))
    assert many - few < ROOM_KB
    assert whole - many > ROOM_KB
