"""What a cell of a workbook holds, as it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from kotacerdas.errors import DomainError

EXACT_DIGITS = 15
"""Excel keeps no more digits of a number; a longer one is written as text."""


class Strange(StrEnum):
    """Content that is neither text nor number nor empty."""

    FORMULA = "formula"
    ERROR = "error"
    DATE = "date"
    LOGICAL = "logical"


Cell = str | Decimal | Strange | None
"""A text, a number, something strange, or nothing."""


class CellFormula(DomainError):
    """A formula where a value is read: what it yields depends on who opens the file."""

    code = "CELL_FORMULA"
    id = "Sel ini berisi rumus. Salin sel, lalu tempel sebagai nilai (Paste Values)."
    en = "This cell holds a formula. Copy the cell and paste it as a value (Paste Values)."


class CellBroken(DomainError):
    """An error that Excel shows in place of a value, such as #N/A."""

    code = "CELL_BROKEN"
    id = "Sel ini berisi kesalahan Excel seperti #N/A. Isi nilainya atau kosongkan."
    en = "This cell holds an error of Excel such as #N/A. Enter its value, or clear it."


class CellDated(DomainError):
    """A value that Excel has turned into a date."""

    code = "CELL_DATED"
    id = (
        "Excel mengubah isian ini menjadi tanggal. Ubah format sel menjadi Teks atau Angka, lalu"
        " ketik ulang."
    )
    en = (
        "Excel has turned this into a date. Set the cell's format to Text or Number and type it"
        " again."
    )


class CellLogical(DomainError):
    """TRUE or FALSE where neither means anything."""

    code = "CELL_LOGICAL"
    id = "Sel ini berisi TRUE atau FALSE. Ketik isinya sebagai teks atau angka."
    en = "This cell holds TRUE or FALSE. Type what it should hold as text or as a number."


class CellNumber(DomainError):
    """A number where a code is read: its zeros and points may be lost."""

    code = "CELL_NUMBER"
    id = (
        "Kode ini tersimpan sebagai angka ({number}) sehingga nolnya dapat hilang. Ubah format sel"
        " menjadi Teks, lalu ketik kodenya lengkap."
    )
    en = (
        "This code is stored as a number ({number}), which loses zeros. Set the cell's format to"
        " Text and type the whole code."
    )


_REFUSALS: dict[Strange, type[DomainError]] = {
    Strange.FORMULA: CellFormula,
    Strange.ERROR: CellBroken,
    Strange.DATE: CellDated,
    Strange.LOGICAL: CellLogical,
}


@dataclass(frozen=True)
class Place:
    """Where a cell stands: its sheet, its row from 1 and its column from 0."""

    sheet: str
    row: int
    column: int

    def __str__(self) -> str:
        """Return it as Excel writes it: `Program!F12`."""
        return f"{self.sheet}!{letters(self.column)}{self.row}"


def letters(column: int) -> str:
    """Return the letters of a column from 0: A, Z, AA."""
    name, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        name = chr(65 + rest) + name
    return name


def cell_of(value: object) -> Cell:
    """Return a value of the parser's as a cell; a text of blanks alone is an empty cell."""
    match value:
        case str():
            return value if value.strip() else None
        case bool():
            return Strange.LOGICAL
        case int() | float():
            return Decimal(f"{value:.{EXACT_DIGITS}g}")
        case None:
            return None
        case datetime():
            return Strange.DATE
    return Strange.DATE


def plain(cell: Cell) -> str | Decimal | None:
    """Return the cell's text or number; raises what the strange ones stand for."""
    if isinstance(cell, Strange):
        raise _REFUSALS[cell]
    return cell


def fits_number(number: Decimal) -> bool:
    """Whether Excel keeps every digit of a number."""
    return len(number.normalize().as_tuple().digits) <= EXACT_DIGITS
