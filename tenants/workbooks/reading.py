"""Reading a workbook in a process of its own: what comes back is cells, or a named refusal."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson

from kotacerdas.errors import DomainError
from tenants.workbooks.cells import Cell, Strange
from tenants.workbooks.layout import FACTS, FIRST_ROW, ID_KEY, KEYS_ROW, STANDING_ROW

WALL_SECONDS = 60.0
ROOTS = os.pathsep.join(
    dict.fromkeys(
        str(Path(sys.modules[name].__file__ or "").parents[1]) for name in ("kotacerdas", "tenants")
    )
)
"""The folders that hold our packages, installed or checked out."""


class WorkbookBroken(DomainError):
    """A file that no spreadsheet program could open."""

    code = "WORKBOOK_BROKEN"
    id = "Berkas ini rusak atau bukan XLSX. Buka di Excel, simpan sebagai .xlsx, lalu unggah lagi."
    en = (
        "This file is damaged, or no XLSX. Open it in Excel, save it as .xlsx, and upload it again."
    )


class WorkbookLocked(DomainError):
    """A file that opens only with a password."""

    code = "WORKBOOK_LOCKED"
    id = "Berkas ini terkunci kata sandi. Hapus kata sandinya, simpan, lalu unggah lagi."
    en = "This file is locked by a password. Remove the password, save it, and upload it again."


class WorkbookMacros(DomainError):
    """A file with program code in it."""

    code = "WORKBOOK_MACROS"
    id = "Berkas ini berisi makro. Simpan sebagai .xlsx tanpa makro, lalu unggah lagi."
    en = "This file holds macros. Save it as .xlsx without macros, and upload it again."


class WorkbookHostile(DomainError):
    """A file with parts that no spreadsheet program writes."""

    code = "WORKBOOK_HOSTILE"
    id = "Berkas ini memuat bagian yang tidak dibuat oleh Excel. Unduh templat baru dan isi ulang."
    en = "This file holds parts that Excel never writes. Download a new template and fill it in."


class WorkbookLarge(DomainError):
    """A file that unpacks to more than anybody fills in."""

    code = "WORKBOOK_LARGE"
    id = "Berkas ini terlalu besar. Hapus lembar dan baris yang tidak dipakai, lalu unggah lagi."
    en = "This file is too large. Delete sheets and rows that are not used, and upload it again."


class WorkbookForeign(DomainError):
    """A workbook that was not made from our template."""

    code = "WORKBOOK_FOREIGN"
    id = "Ini bukan templat Kota Cerdas. Unduh templatnya, salin isian Anda ke sana, lalu unggah."
    en = "This is no template of Kota Cerdas. Download one, copy your entries into it, upload it."


REFUSALS: dict[str, type[DomainError]] = {
    "broken": WorkbookBroken,
    "locked": WorkbookLocked,
    "macros": WorkbookMacros,
    "hostile": WorkbookHostile,
    "large": WorkbookLarge,
    "foreign": WorkbookForeign,
}


@dataclass(frozen=True)
class Stood:
    """What a workbook says of a row that it was made with."""

    version: int
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """The cells of a workbook: its hidden sheet as texts, and the sheet that people filled in."""

    hidden: list[list[str]]
    sheet: str
    rows: list[list[Cell]]

    @cached_property
    def facts(self) -> dict[str, str]:
        """What the workbook says of itself."""
        named = {row[0]: row[1] for row in self.hidden[: len(FACTS)] if len(row) > 1}
        return {name: named.get(name, "") for name in FACTS}

    @cached_property
    def places(self) -> dict[str, int]:
        """Each key's column from 0; people may have moved columns."""
        keys = [str(cell) for cell in self.rows[KEYS_ROW]] if self.rows else []
        return {key: keys.index(key) for key in reversed(keys) if key != "None"}

    @cached_property
    def stood(self) -> dict[str, Stood]:
        """Each row's version and fingerprints at the download, by opaque id."""
        return {
            row[0]: Stood(int(float(row[1])), tuple(row[2].split()))
            for row in self.hidden[STANDING_ROW:]
            if len(row) > 2 and row[0] and row[1].replace(".", "", 1).isdigit()
        }

    @cached_property
    def stood_keys(self) -> tuple[str, ...]:
        """The keys that the fingerprints are of, in their order."""
        row = self.hidden[STANDING_ROW - 1] if len(self.hidden) >= STANDING_ROW else []
        return tuple(row[2].split()) if len(row) > 2 else ()

    def filled(self) -> list[tuple[int, list[Cell]]]:
        """Return the rows that hold anything beside an id, with their numbers from 1."""
        read = set(self.places.values()) - {self.places.get(ID_KEY)}
        return [
            (number, row)
            for number, row in enumerate(self.rows[FIRST_ROW:], start=FIRST_ROW + 1)
            if any(cell is not None for place, cell in enumerate(row) if place in read)
        ]


def read(path: Path) -> Book:
    """Return the cells of the workbook at `path`; raises one of REFUSALS."""
    with TemporaryDirectory(prefix="kotacerdas-workbook-") as folder:
        target = Path(folder) / "cells"
        killed = _run(path.absolute(), target)
        try:
            told = orjson.loads(target.read_bytes())
        except (FileNotFoundError, orjson.JSONDecodeError):
            # It died under its limits of memory and time, or the parser gave up.
            raise (WorkbookLarge if killed else WorkbookBroken) from None
    return book_of(told)


def book_of(told: dict[str, Any]) -> Book:
    """Return what the child has told as a book; raises one of REFUSALS."""
    if "refused" in told:
        raise REFUSALS[told["refused"]]
    rows = [[_cell(cell) for cell in row] for row in told["rows"]]
    return Book(told["hidden"], told["sheet"], rows)


def _run(path: Path, target: Path) -> bool:
    """Run the child to its end; returns whether a signal ended it."""
    command = [sys.executable, "-m", "tenants.workbooks.child", str(path), str(target)]
    try:
        done = subprocess.run(  # noqa: S603  (our own interpreter and module, no shell)
            command,
            timeout=WALL_SECONDS,
            check=False,
            cwd=target.parent,
            env=_bare_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return True
    return done.returncode < 0


def _bare_environment() -> dict[str, str]:
    """None of the worker's secrets."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": ROOTS,
        "PYTHONSAFEPATH": "1",
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
    }


def _cell(told: Any) -> Cell:  # noqa: ANN401  (JSON)
    match told:
        case [kind]:
            return Strange(kind)
        case [_, number]:
            return Decimal(number)
    text: str | None = told
    return text
