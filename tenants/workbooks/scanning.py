"""What a workbook's bytes are, before any parser sees them; runs in the reading child alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree
from zipfile import BadZipFile, ZipFile, ZipInfo

MEBIBYTE = 1024 * 1024
ENTRIES_MOST = 500
UNPACKED_MOST = 96 * MEBIBYTE
PART_MOST = 64 * MEBIBYTE
SMALL_MOST = 2 * MEBIBYTE
"""Parts that list the sheets."""
CHUNK = 256 * 1024
OVERLAP = 1024
"""A cell's opening is never longer; it may lie across two chunks."""
ROWS_MOST, COLUMNS_MOST = 100_000, 1_000
CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])([^<>]*?)(/?)>\s*(<(?:\w+:)?f(?=[\s/>]))?", re.ASCII)
REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,7})([0-9]{1,9})[\"']")
ERROR_TYPE = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
OLD_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "EncryptedPackage".encode("utf-16-le")
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
MACROS = ("vbaproject.bin", "macrosheets/", "activex/")


class Refused(Exception):
    """The file is not to be parsed; the text is a code that the parent knows."""


@dataclass
class Marks:
    """Cells of one sheet, by row and column from 0, that hold no plain value."""

    formulas: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def scan(path: Path) -> dict[str, Marks]:
    """Return the marks of each sheet by its name; raises Refused.

    Every part is unpacked once in chunks, so that no size is believed that a header only claims.
    """
    _refuse_locked(path)
    try:
        with ZipFile(path) as book:
            parts = {entry.filename: entry for entry in _entries(book)}
            _refuse_parts(parts)
            left = UNPACKED_MOST
            for entry in parts.values():
                left -= _unpacked(book, entry, min(left, PART_MOST))
            return {
                name: _marks(book, parts[part])
                for name, part in _sheets(book, parts)
                if part in parts
            }
    except (BadZipFile, NotImplementedError, ElementTree.ParseError, KeyError, EOFError) as error:
        raise Refused("broken") from error
    except RuntimeError as error:  # zipfile's word for a part that asks for a password
        raise Refused("locked") from error


def _refuse_locked(path: Path) -> None:
    """Excel puts a workbook with a password into the container of its old files."""
    with path.open("rb") as file:
        if file.read(len(OLD_CONTAINER)) == OLD_CONTAINER and LOCKED in file.read(UNPACKED_MOST):
            raise Refused("locked")


def _entries(book: ZipFile) -> list[ZipInfo]:
    entries = book.infolist()
    if len(entries) > ENTRIES_MOST:
        raise Refused("large")
    if len({entry.filename for entry in entries}) < len(entries):
        raise Refused("broken")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Refused("locked")
    return entries


def _refuse_parts(parts: dict[str, ZipInfo]) -> None:
    names = [name.lower() for name in parts]
    if any(mark in name for name in names for mark in MACROS):
        raise Refused("macros")
    if "xl/workbook.xml" not in names or "[content_types].xml" not in names:
        raise Refused("foreign")


def _unpacked(book: ZipFile, entry: ZipInfo, most: int) -> int:
    """Return the true size of a part; raises Refused for one too large or with a document type."""
    size, seen = 0, b""
    with book.open(entry) as part:
        while chunk := part.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise Refused("large")
            window = seen + chunk
            if b"<!" in window and (b"<!DOCTYPE" in window or b"<!ENTITY" in window):
                raise Refused("hostile")
            seen = chunk[-16:]
    return size


def _small(book: ZipFile, entry: ZipInfo) -> ElementTree.Element:
    with book.open(entry) as part:
        text = part.read(SMALL_MOST + 1)
    if len(text) > SMALL_MOST:
        raise Refused("large")
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16 would hide a document type
        raise Refused("hostile")
    return ElementTree.fromstring(text)  # noqa: S314  (no document type: _unpacked has looked)


def _sheets(book: ZipFile, parts: dict[str, ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield the sheets' names and the parts that hold them."""
    listed = _small(book, parts["xl/workbook.xml"])
    related = _small(book, parts["xl/_rels/workbook.xml.rels"])
    targets = {each.get("Id"): each.get("Target", "") for each in related}
    for each in listed.iter():
        if each.tag.endswith("}sheet"):
            target = targets.get(each.get(RELATION), "")
            name = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
            yield each.get("name", ""), name


def _marks(book: ZipFile, entry: ZipInfo) -> Marks:
    """Find formulas and errors of a sheet; raises Refused where a cell lies too far out."""
    marks, tail = Marks(), b""
    with book.open(entry) as part:
        while chunk := part.read(CHUNK):
            window = tail + chunk
            for found in CELL.finditer(window):
                _mark(marks, *found.groups())
            tail = window[-OVERLAP:]
    return marks


def _mark(marks: Marks, attributes: bytes, empty: bytes, formula: bytes | None) -> None:
    where = REFERENCE.search(attributes)
    if where is None or empty:
        return
    row, column = int(where[2]) - 1, _number(where[1])
    if row >= ROWS_MOST or column >= COLUMNS_MOST:
        raise Refused("large")
    if formula:
        marks.formulas.add((row, column))
    elif ERROR_TYPE.search(attributes):
        marks.errors.add((row, column))


def _number(name: bytes) -> int:
    number = 0
    for letter in name:
        number = number * 26 + letter - 64
    return number - 1
