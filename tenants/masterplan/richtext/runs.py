"""Runs of text: characters, marks and links."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit

from tenants.masterplan.richtext.faults import Faults, Path
from tenants.masterplan.richtext.grammar import LINK_SCHEMES, LONGEST_RUN, MOST_NODES, Mark

Run = dict[str, Any]

LONGEST_LINK = 2_000
_BLANK = re.compile(r"[ \t\u00a0]+")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_MARKS = tuple(mark.value for mark in Mark)
_INVISIBLE = frozenset({"Cc", "Cs", "Zl", "Zp"})


def content(value: object, path: Path, faults: Faults, *, lines: bool = True) -> list[Run]:
    """Return the runs in their normal form: what is alike is joined, what is empty left out."""
    if isinstance(value, str):
        value = [{"text": value}]
    runs: list[Run] = []
    for place, each in enumerate(faults.list_at(value, path, MOST_NODES)):
        here = (*path, str(place))
        faults.node(here)
        run = _run(each, here, faults, lines)
        joined = _joined(runs[-1], run) if runs else None
        if joined is not None:
            runs[-1] = joined
        elif run["text"]:
            runs.append(run)
    return runs


def line(value: object, path: Path, faults: Faults) -> str:
    """Return a plain text of one line, without blanks around it; nothing for nothing."""
    return _BLANK.sub(" ", text("" if value is None else value, path, faults, lines=False)).strip()


def text(value: object, path: Path, faults: Faults, *, lines: bool) -> str:
    """Return the text in NFC; control characters and whatever nobody can read are noted."""
    if not isinstance(value, str):
        faults.add(path, ("harus berupa teks.", "it must be a text."))
        return ""
    plain = value.replace("\r\n", "\n").replace("\t", " ")
    words = unicodedata.normalize("NFC", plain if lines else plain.replace("\n", " "))
    if len(words) > LONGEST_RUN:
        told = (
            f"{len(words)} karakter; paling banyak {LONGEST_RUN}. Bagi menjadi beberapa paragraf.",
            f"{len(words)} characters; at most {LONGEST_RUN}. Divide it into paragraphs.",
        )
        faults.add(path, told)
        return ""
    if any(unicodedata.category(each) in _INVISIBLE and each != "\n" for each in words):
        told = (
            "berisi karakter kendali. Hapus lalu ketik ulang bagian itu.",
            "it contains control characters. Delete that part and type it again.",
        )
        faults.add(path, told)
        return ""
    return words


def _run(value: object, path: Path, faults: Faults, lines: bool) -> Run:
    given = faults.object_at(value, path, ("text", "marks", "link"))
    run: Run = {"text": text(given.get("text", ""), (*path, "text"), faults, lines=lines)}
    marks = _marks(given.get("marks", []), (*path, "marks"), faults)
    if marks:
        run["marks"] = marks
    link = _link(given.get("link"), (*path, "link"), faults)
    if link:
        run["link"] = link
    return run


def _marks(value: object, path: Path, faults: Faults) -> list[str]:
    given = faults.list_at(value, path, len(_MARKS))
    marks = {faults.choice_at(each, path, _MARKS) for each in given} - {""}
    if {Mark.SUBSCRIPT, Mark.SUPERSCRIPT} <= marks:
        told = ("pilih sub atau sup, tidak keduanya.", "choose sub or sup, not both.")
        faults.add(path, told)
    return sorted(marks)


def _link(value: object, path: Path, faults: Faults) -> str:
    address = line(value, path, faults)
    if address and not _may_be_followed(address):
        told = (
            "bukan tautan http, https, atau mailto. Salin lagi alamat lengkapnya.",
            "it is no http, https or mailto address. Copy the whole address again.",
        )
        faults.add(path, told)
    return address


def _may_be_followed(address: str) -> bool:
    if len(address) > LONGEST_LINK or any(each.isspace() for each in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme not in LINK_SCHEMES:
        return False
    if parts.scheme == "mailto":
        return _ADDRESS.fullmatch(parts.path) is not None
    return host is not None and parts.username is None


def _joined(first: Run, second: Run) -> Run | None:
    """Return both as one run where nothing sets them apart and one may be so long."""
    if any(first.get(name) != second.get(name) for name in ("marks", "link")):
        return None
    words = unicodedata.normalize("NFC", first["text"] + second["text"])
    return {**second, "text": words} if len(words) <= LONGEST_RUN else None
