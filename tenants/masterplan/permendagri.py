"""Codes of Permendagri 90/2019: `2.16.03.2.02.0005`, level by level; pure.

Urusan (2), bidang (2.16), program (2.16.03), kegiatan (2.16.03.2.02: 1 of the province or 2 of the
regency or city, then its number) and subkegiatan: two digits until the lists of 2022, four since.
`X.XX` stands for the unit's own bidang in the programme that supports every affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import orjson

from kotacerdas.errors import DomainError

FILE = Path(__file__).parent / "reference" / "permendagri_90.json"
GENERAL = ("X", "XX")
SUPPORTING = "01"
SHOWN = 40


class NomenclatureLevel(StrEnum):
    """How deep a code goes."""

    BIDANG = "bidang"
    PROGRAMME = "programme"
    KEGIATAN = "kegiatan"
    SUBKEGIATAN = "subkegiatan"


LENGTHS = {4: "bidang", 7: "programme", 12: "kegiatan", 15: "subkegiatan", 17: "subkegiatan"}
"""Lengths of codes and their levels."""

PARTS = {2: "bidang", 3: "programme", 5: "kegiatan", 6: "subkegiatan"}
"""Numbers of parts between dots and the levels that they make."""

SHAPES = (
    ("urusan", re.compile(r"[1-9]|X", re.ASCII), "satu angka 1 sampai 9", "one digit from 1 to 9"),
    ("bidang", re.compile(r"\d\d|XX", re.ASCII), "dua angka", "two digits"),
    ("program", re.compile(r"\d\d", re.ASCII), "dua angka", "two digits"),
    (
        "kewenangan kegiatan",
        re.compile(r"[12]", re.ASCII),
        "1 (provinsi) atau 2 (kabupaten/kota)",
        "1 (province) or 2 (regency or city)",
    ),
    ("kegiatan", re.compile(r"\d\d", re.ASCII), "dua angka", "two digits"),
    (
        "subkegiatan",
        re.compile(r"\d\d|\d{4}", re.ASCII),
        "empat angka, atau dua menurut daftar lama",
        "four digits, or two by the older lists",
    ),
)
"""Each part in its order: its name, its form, and the form in words of both languages."""


class PermendagriCodeMalformed(DomainError):
    """A code that Permendagri 90/2019 could not have given."""

    code = "PERMENDAGRI_CODE_MALFORMED"
    id = 'Kode Permendagri 90 "{value}": {reason_id}. Tulis seperti 2.16.03.2.02.0005.'
    en = 'The Permendagri 90 code "{value}": {reason_en}. Write it like 2.16.03.2.02.0005.'


def _concurrent() -> dict[str, frozenset[str]]:
    """Read the bidang of urusan 1 to 3, which the law numbers; others differ by region."""
    document = orjson.loads(FILE.read_bytes())
    return {
        each["code"]: frozenset(bidang["code"] for bidang in each["bidang"])
        for each in document["urusan"]
        if each["code"] in ("1", "2", "3")
    }


CONCURRENT = _concurrent()


def normal(text: str | None) -> str | None:
    """Return a code as it is stored: no blanks, no last dot, capital X; None for an empty one."""
    if text is None:
        return None
    tidy = re.sub(r"[ \t\u00a0]*\.[ \t\u00a0]*", ".", text.strip(" \t\u00a0"))
    return tidy.rstrip(".").upper() or None


def code_faults(code: str) -> Iterator[PermendagriCodeMalformed]:
    """Yield each part of a normal code that is wrong, by its name."""
    parts = code.split(".")
    shown = [part[:SHOWN] for part in parts]
    wrong = [
        (f"bagian {name} “{part}” harus {form_id}", f"the part {name} “{part}” must be {form_en}")
        for part, (name, shape, form_id, form_en) in zip(shown, SHAPES, strict=False)
        if not shape.fullmatch(part)
    ]
    if not wrong:
        wrong = list(_depth(parts)) or list(_known(parts))
    for reason_id, reason_en in wrong:
        yield PermendagriCodeMalformed(
            path=("permendagriCode",),
            value=code[:SHOWN],
            reason_id=reason_id,
            reason_en=reason_en,
        )


def _depth(parts: list[str]) -> Iterator[tuple[str, str]]:
    if len(parts) in PARTS:
        return
    if len(parts) == 1:
        yield "bidang belum ada setelah urusan", "the bidang after the urusan is missing"
    elif len(parts) == 4:
        yield "nomor kegiatan belum ada", "the number of the kegiatan is missing"
    else:
        yield "ada bagian setelah subkegiatan", "something follows the subkegiatan"


def _known(parts: list[str]) -> Iterator[tuple[str, str]]:
    urusan, bidang = parts[:2]
    if (urusan == GENERAL[0]) is not (bidang == GENERAL[1]):
        yield "X dan XX hanya berlaku bersama: X.XX", "X and XX stand together only: X.XX"
    elif urusan == GENERAL[0] and len(parts) > 2 and parts[2] != SUPPORTING:
        yield (
            f"X.XX hanya untuk program penunjang {SUPPORTING}",
            f"X.XX is for the supporting programme {SUPPORTING} only",
        )
    elif f"{urusan}.{bidang}" not in CONCURRENT.get(urusan, {f"{urusan}.{bidang}"}):
        choices = sorted(CONCURRENT[urusan])
        yield (
            f"urusan {urusan} tidak punya bidang {bidang}: hanya {choices[0]} sampai {choices[-1]}",
            f"urusan {urusan} has no bidang {bidang}: only {choices[0]} to {choices[-1]}",
        )
