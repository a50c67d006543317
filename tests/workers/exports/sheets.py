"""Reading a workbook as its bytes say: cells by their sheet, and whether a formula is anywhere."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def sheets(content: bytes) -> dict[str, list[list[str | float | None]]]:
    """Rows of each sheet by its name: texts, numbers, and None for an empty cell."""
    with ZipFile(BytesIO(content)) as book:
        listed = ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{NAMESPACE}sheet")
        names = [str(sheet.get("name")) for sheet in listed]
        found = {}
        for number, name in enumerate(names, start=1):
            tree = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(tree.iter(f"{NAMESPACE}f")), "a formula"
            found[name] = [_row(row) for row in tree.iter(f"{NAMESPACE}row")]
    return found


def _row(row: ElementTree.Element) -> list[str | float | None]:
    values: list[str | float | None] = []
    for cell in row.iter(f"{NAMESPACE}c"):
        column = _column(str(cell.get("r")))
        values += [None] * (column - len(values))
        if cell.get("t") == "inlineStr":
            values.append("".join(text.text or "" for text in cell.iter(f"{NAMESPACE}t")))
        else:
            values.append(float(cell.findtext(f"{NAMESPACE}v") or "nan"))
    return values


def _column(reference: str) -> int:
    number = 0
    for letter in reference.rstrip("0123456789"):
        number = number * 26 + ord(letter) - 64
    return number - 1
