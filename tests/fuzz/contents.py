"""Values that break a careless writer of JSON, for each type that a column may have."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

TEXTS = (
    "",
    " ",
    "Layanan Satu Pintu",
    "layanan satu pintu",
    "Kata \"pintar\" dan 'cerdas'",
    "C:\\data\\kota\\",
    "\\",
    '"',
    '\\"',
    "\\u0041 \\n %s {} $1 :name",
    "100% _gratis_ %",
    "baris satu\nbaris dua\r\n\tmenjorok",
    "kendali \u0001\u0008\u000b\u000c\u001f\u007f\u0085 habis",
    "pemisah \u2028 dan \u2029",
    "emoji 👩🏽‍💻🏙️ 🇮🇩",
    "مدينة ذكية \u202eKota\u202c",
    "ꦏꦸꦛ ᬓᬢ ᮊᮧᮒ",
    "e\u0301 bukan é",
    "\u00a0tepi\u00a0",
    "\ufeffBOM \ufffd \uffff",
    "</script><!-- & <b>",
    "null",
    "[1, 2]",
    '{"a": 1}',
    "panjang " * 300,
    "Dinas Komunikasi & Informatika",
)
NAMES = tuple(text for text in TEXTS if len(text) < 100)
INSTANTS = tuple(
    datetime(*parts, tzinfo=UTC)
    for parts in (
        (2022, 10, 31, 16, 59, 59),
        (2022, 10, 31, 16, 59, 59, 500000),
        (2022, 10, 31, 16, 59, 59, 1),
        (2022, 10, 31, 16, 59, 59, 999999),
        (2022, 10, 31, 16, 59, 59, 120000),
        (2022, 10, 31),
        (1970, 1, 1),
        (1, 1, 2, 3, 4, 5),
        (9999, 12, 30, 23, 59, 59, 999999),
        (2024, 2, 29, 12),
    )
)
DAYS = (date(2022, 4, 21), date(2024, 2, 29), date(1, 1, 2), date(9999, 12, 30), date(1945, 8, 17))
FLOATS = (0.1, 1.0, -0.0, 0.0, 100.35, -6.208763, 107.0, 123456789012.5, 1 / 3, -11.0)
EXPONENTS = (1e-7, 1e22, 5e-324, 1e15, 1e16)
DECIMALS = tuple(
    Decimal(text)
    for text in (
        "0", "0.00", "1", "1.10", "1.50", "100", "1000000", "0.0001", "0.01", "1500000.00",
        "123456789012345.67", "99999999999999.99", "2.5000", "10.0",
    )
)  # fmt: skip
NEGATIVES = (Decimal("-0.5000"), Decimal("-12"))
WHOLES = (0, 1, 2, 3, 17, 2022, 2147483647)


def document(place: int) -> dict[str, Any]:
    """A JSON object with every kind of value, other ones at each place."""
    text, name = TEXTS[place % len(TEXTS)], TEXTS[(place * 7 + 3) % len(NAMES)]
    choices: tuple[dict[str, Any], ...] = (
        {},
        {"name": name, "reason": text, "day": "2022-10-31"},
        {"b": 1, "a": {"z": None, "": [], "list": [1, 1.5, True, False, None, text, {}, [[]]]}},
        {text: text, name + "k": {"n": 12345678901234567890, "f": 0.1, "e": 1e300, "i": 1.0}},
        {"deep": [[[[{"x": [name, {"y": text}]}]]]], "zero": 0, "minus": -0.5},
        {"small": 1e-7, "big": 1e22, "money": "1500000.00", "emoji": "👩🏽‍💻"},
    )
    return choices[place % len(choices)]


def _words(turn: int) -> dict[str, str]:
    return {"id": TEXTS[turn % len(TEXTS)], "en": TEXTS[-turn % len(TEXTS)]}


def _rules(turn: int) -> dict[str, Any]:
    """Rules of an edition: lists within lists, parts that are missing, exact weights."""
    item = {"code": f"bagian-{turn}", "name": _words(turn)}
    chapter = {**item, "guidance": None if turn % 2 else _words(turn + 1), "sources": [_words(2)]}
    return {
        "source": TEXTS[turn % len(TEXTS)],
        "quick_win": {"minimum": None, "maximum": turn, "per_dimension": bool(turn % 2)},
        "books": [{"number": 1, "name": _words(3), "chapters": [chapter, item]}],
        "readiness": [{**item, "parts": []}, {**item, "parts": [item, item]}],
        "bimtek": [{"ordinal": 1, "outputs": [item]}, {"ordinal": 2, "outputs": []}],
        "evaluation": {"parts": [{**item, "weight": "12.50"}, {**item, "weight": 20}]},
    }


RULES = tuple(_rules(turn) for turn in range(1, 9))


def body(text: str) -> dict[str, Any]:
    """A section's rich text of one paragraph: rules that compare bodies read no other form."""
    spans = [{"text": text}] if text else []
    return {"blocks": [{"id": "b1", "type": "paragraph", "content": spans}]}
