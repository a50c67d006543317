"""A workbook's rows as values, beside those that stand: read, compared, refused by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from kotacerdas.errors import DomainError
from tenants.workbooks.cells import Cell, Place
from tenants.workbooks.kinds import folded_word
from tenants.workbooks.layout import ID_KEY
from tenants.workbooks.preview import CellFault
from tenants.workbooks.reading import Book, Stood
from tenants.workbooks.sheet import Column, Sheet, Standing, Values, fingerprint
from tenants.workbooks.writing import Ids


class RowUnknown(DomainError):
    """An id of no row of this table: mistyped, or of another table or city."""

    code = "ROW_UNKNOWN"
    id = "ID ini bukan baris dari tabel ini. Kosongkan ID untuk menambah baris baru."
    en = "This ID is no row of this table. Clear the ID to add a new row."


class RowTwice(DomainError):
    """One id on two rows."""

    code = "ROW_TWICE"
    id = "ID ini juga ada di baris {row}. Kosongkan ID pada salinannya untuk menambah baris baru."
    en = "This ID is on row {row} as well. Clear the ID of the copy to add a new row."


class RowExists(DomainError):
    """A new row that is already stored, or that comes twice: a workbook filled in once more."""

    code = "ROW_EXISTS"
    id = (
        "“{name}” dari perangkat daerah dan pilar ini sudah ada. Unduh buku kerja yang baru untuk"
        " mengubahnya, atau beri nama lain."
    )
    en = (
        "“{name}” of this unit and pillar is there already. Download the workbook anew to change"
        " it, or choose another name."
    )


class CellFixed(DomainError):
    """A cell that a workbook does not change."""

    code = "CELL_FIXED"
    id = "Kolom ini tidak dapat diubah lewat buku kerja. Kembalikan ke “{value}”."
    en = "This column cannot be changed by a workbook. Put it back to “{value}”."


@dataclass
class Matched:
    """A row of a workbook: its values as far as they could be read, and the row that stands."""

    number: int
    values: Values
    standing: Standing | None = None
    changed: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)


@dataclass(frozen=True)
class Matching:
    """A workbook beside the table that it was made from."""

    book: Book
    sheet: Sheet
    ids: Ids

    def rows(self) -> list[Matched]:
        """Return every filled row, in the workbook's order."""
        known = {self.ids.of(row): row for row in self.sheet.rows}
        seen: dict[str, int] = {}
        found = []
        for number, cells in self.book.filled():
            given = self._cell(cells, ID_KEY)
            named = str(given).strip() if given is not None else ""
            row = Matched(number, {}, known.get(named))
            if named and row.standing is None:
                row.faults.append(self.fault(number, ID_KEY, RowUnknown()))
            if named in seen:
                row.faults.append(self.fault(number, ID_KEY, RowTwice(row=seen[named])))
            elif named:
                seen[named] = number
            self._read(row, cells)
            self._compare(row, self.book.stood.get(named))
            found.append(row)
        return found

    def place(self, number: int, key: str) -> Place:
        """Return where a row's cell stands; a key without a column is the row's id."""
        return Place(self.book.sheet, number, self.book.places.get(key, 0))

    def fault(self, number: int, key: str, error: DomainError) -> CellFault:
        """Tell what is wrong with a cell."""
        return CellFault.of(self.place(number, key), key, error)

    def _cell(self, cells: list[Cell], key: str) -> Cell:
        place = self.book.places.get(key)
        return cells[place] if place is not None and place < len(cells) else None

    def _read(self, row: Matched, cells: list[Cell]) -> None:
        """Read what the workbook has columns for; what it has not stays as it is."""
        for column in self.sheet.columns:
            stands = row.standing.values[column.key] if row.standing else None
            if column.key not in self.book.places or (column.given and not row.standing):
                row.values[column.key] = stands
                continue
            try:
                row.values[column.key] = column.kind.read(self._cell(cells, column.key))
            except DomainError as error:
                row.values[column.key] = stands
                row.faults.append(self.fault(row.number, column.key, error))

    def _compare(self, row: Matched, stood: Stood | None) -> None:
        """Note which cells differ from the stored row, and which of them others changed too."""
        if row.standing is None:
            row.changed = [column.key for column in self.sheet.columns if not column.given]
            return
        marks = self._marks(row.standing, stood)
        for column in self.sheet.columns:
            if _same(column, row.values, row.standing.values):
                continue
            mark = marks.get(column.key)
            if mark == fingerprint(column, row.values):
                # Others changed it and this workbook did not: what they wrote stays.
                row.values[column.key] = row.standing.values[column.key]
            elif column.fixed:
                value = column.kind.write(
                    row.standing.values[column.key], self.book.facts["language"]
                )
                error = CellFixed(value=value or "")
                row.faults.append(self.fault(row.number, column.key, error))
            else:
                row.changed.append(column.key)
                if mark is not None and mark != fingerprint(column, row.standing.values):
                    row.conflicts.append(column.key)

    def _marks(self, standing: Standing, stood: Stood | None) -> Mapping[str, str]:
        """What stood at the download, where the row has changed since.

        Where a workbook does not say, every cell that differs may be somebody else's.
        """
        if stood is None:
            return {column.key: "" for column in self.sheet.columns}
        if stood.version == standing.version:
            return {}
        return dict(zip(self.book.stood_keys, stood.marks, strict=False))


def twins(rows: Iterable[Matched], sheet: Sheet, keys: tuple[str, ...]) -> Iterator[Matched]:
    """Yield the new rows that are there already, or that come a second time."""
    there = {_identity(sheet, row.values, keys) for row in sheet.rows}
    for row in rows:
        if row.standing is None:
            mine = _identity(sheet, row.values, keys)
            if mine in there:
                yield row
            there.add(mine)


def _identity(sheet: Sheet, values: Values, keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(folded_word(sheet.by_key[key].kind.text(values[key])) for key in keys)


def _same(column: Column, one: Values, other: Values) -> bool:
    return column.kind.text(one[column.key]) == column.kind.text(other[column.key])


def stored(row: Matched) -> UUID | None:
    """Return the id of the row that stands, if one does."""
    return row.standing.id if row.standing else None
