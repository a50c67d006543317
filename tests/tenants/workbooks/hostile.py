"""Workbooks that nobody's spreadsheet program wrote, made from an honest one."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

Parts = dict[str, bytes]
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def parts(path: Path) -> Parts:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(content: Parts) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in content.items():
            book.writestr(name, data)
    return target.getvalue()


def changed(path: Path, name: str, change: Callable[[bytes], bytes]) -> bytes:
    content = parts(path)
    content[name] = change(content[name])
    return packed(content)


def nothing(_: Path) -> bytes:
    return b""


def noise(_: Path) -> bytes:
    return bytes(range(256)) * 64


def page(_: Path) -> bytes:
    return b"<html><body><table><tr><td>1</td></tr></table></body></html>"


def cut(path: Path) -> bytes:
    content = path.read_bytes()
    return content[: len(content) // 2]


def plain_zip(_: Path) -> bytes:
    return packed({"surat.txt": b"halo"})


def other_table(path: Path) -> bytes:
    target = path.with_name("other.xlsx")
    with Workbook(str(target)) as book:
        book.add_worksheet("Data").write_row(0, 0, ["id", "name", "nilai"])
    return target.read_bytes()


def bomb(path: Path) -> bytes:
    """200 MB of blanks in a part of 200 KB."""
    return packed({**parts(path), "xl/media/image1.png": b" " * (200 * 1024 * 1024)})


def text_bomb(path: Path) -> bytes:
    """One text of 90 MB."""
    huge = b"<si><t>" + b"A" * (90 * 1024 * 1024) + b"</t></si></sst>"
    return changed(path, STRINGS, lambda xml: xml.replace(b"</sst>", huge))


def entities(path: Path) -> bytes:
    return changed(path, STRINGS, lambda xml: xml.replace(HEAD, HEAD + DOCTYPE))


def outside_entity(path: Path) -> bytes:
    outside = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    return changed(path, "xl/workbook.xml", lambda xml: xml.replace(HEAD, HEAD + outside))


def macros(path: Path) -> bytes:
    return packed({**parts(path), "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def old_macros(path: Path) -> bytes:
    return packed({**parts(path), "xl/macrosheets/sheet1.xml": HEAD})


def many_parts(path: Path) -> bytes:
    return packed(parts(path) | {f"xl/media/{n}.bin": b"" for n in range(2_000)})


def far_cell(path: Path) -> bytes:
    """One cell at the end of the sheet: a dense table of 17 thousand million cells."""
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    return changed(path, SHEET, lambda xml: xml.replace(b"</sheetData>", far))


def many_rows(path: Path) -> bytes:
    row = '<row r="{0}"><c r="B{0}"><v>1</v></c></row>'
    more = "".join(row.format(n) for n in range(300, 100_400)).encode() + b"</sheetData>"
    return changed(path, SHEET, lambda xml: xml.replace(b"</sheetData>", more))


def not_xml(path: Path) -> bytes:
    return changed(path, SHEET, lambda _: b"\x00\x01\x02<<<")


def no_sheet(path: Path) -> bytes:
    content = parts(path)
    del content[SHEET]
    return packed(content)


def long_text(path: Path) -> bytes:
    """A cell of 100,000 characters, three times what Excel keeps."""
    content = parts(path)
    place = content[STRINGS].count(b"<si>")
    huge = b"<si><t>" + b"A" * 100_000 + b"</t></si></sst>"
    content[STRINGS] = content[STRINGS].replace(b"</sst>", huge)
    cell = b'<row r="300"><c r="C300" t="s"><v>%d</v></c></row></sheetData>' % place
    content[SHEET] = content[SHEET].replace(b"</sheetData>", cell)
    return packed(content)


def old_excel(_: Path) -> bytes:
    """The container of .xls files."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 4096


def with_password(path: Path) -> bytes:
    """The same container, as Excel writes it around an .xlsx with a password."""
    return old_excel(path) + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 4096


def locked_parts(path: Path) -> bytes:
    """A ZIP file whose first part asks for a password."""
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 8] |= 1
    return bytes(content)


def twice_named(path: Path) -> bytes:
    target = BytesIO(path.read_bytes())
    with zipfile.ZipFile(target, "a") as book:
        book.writestr(SHEET + "x", HEAD)
        book.infolist()[-1].filename = SHEET
        book.filelist[-1].filename = SHEET
    return target.getvalue()


HOSTILE: list[tuple[Callable[[Path], bytes], str]] = [
    (nothing, "WORKBOOK_BROKEN"),
    (noise, "WORKBOOK_BROKEN"),
    (page, "WORKBOOK_BROKEN"),
    (cut, "WORKBOOK_BROKEN"),
    (old_excel, "WORKBOOK_BROKEN"),
    (with_password, "WORKBOOK_LOCKED"),
    (locked_parts, "WORKBOOK_LOCKED"),
    (not_xml, "WORKBOOK_BROKEN"),
    (twice_named, "WORKBOOK_BROKEN"),
    (plain_zip, "WORKBOOK_FOREIGN"),
    (other_table, "WORKBOOK_FOREIGN"),
    (no_sheet, "WORKBOOK_FOREIGN"),
    (bomb, "WORKBOOK_LARGE"),
    (text_bomb, "WORKBOOK_LARGE"),
    (many_parts, "WORKBOOK_LARGE"),
    (far_cell, "WORKBOOK_LARGE"),
    (many_rows, "WORKBOOK_LARGE"),
    (long_text, "WORKBOOK_LARGE"),
    (entities, "WORKBOOK_HOSTILE"),
    (outside_entity, "WORKBOOK_HOSTILE"),
    (macros, "WORKBOOK_MACROS"),
    (old_macros, "WORKBOOK_MACROS"),
]
