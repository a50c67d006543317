"""Reading amounts of rupiah as people and spreadsheets write them; pure."""

from __future__ import annotations

import re
from decimal import Decimal

from kotacerdas.errors import Invalid
from kotacerdas.values import rupiah_value

LENGTH = 64
"""Longer inputs are no amounts."""

UNITS = {
    "": 0,
    "rb": 3,
    "ribu": 3,
    "jt": 6,
    "juta": 6,
    "m": 9,
    "miliar": 9,
    "milyar": 9,
    "t": 12,
    "triliun": 12,
    "trilyun": 12,
}
"""Powers of ten behind an amount; M is miliar, 10^9, never million."""

_WRITTEN = re.compile(
    r"(?P<minus>[-\u2212])?\s*(?:rp\.?|idr)?\s*(?P<inner>[-\u2212])?"
    r"(?P<number>[0-9][0-9.,]*?)(?:,-)?\s*(?P<unit>[a-z]*)\.?"
)
_SCIENTIFIC = re.compile(r"[0-9]+(\.[0-9]+)?e\+?[0-9]{1,2}")
_AMBIGUOUS = re.compile(r"[0-9]{1,3}[.,][0-9]{3}")
_INDONESIAN = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,2})?")
_ENGLISH = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?")
_PLAIN = re.compile(r"[0-9]+([.,][0-9]+)?")


def parse_rupiah(
    value: str | int | float | Decimal, *, path: tuple[str, ...] = ("amount",)
) -> Decimal:
    """Return the amount of "1.500.000,00", "1,5 M", "Rp1.500.000", "1500000.00" or a cell's number.

    Raises Invalid when it is negative, unreadable, too large, or when it can be read in two ways:
    "1.500" and "1,500" are 1500 or 1.5, so the person is asked.
    """
    if not isinstance(value, str):
        return rupiah_value(Decimal(str(value)), path=path)
    text = " ".join(value.lower().split())
    if len(text) > LENGTH:
        raise _unreadable(path)
    if _SCIENTIFIC.fullmatch(text):
        return rupiah_value(Decimal(text), path=path)
    written = _WRITTEN.fullmatch(re.sub(r"^\((.*)\)$", r"-\1", text))
    if written is None or written["unit"] not in UNITS:
        raise _unreadable(path)
    amount = number_value(written["number"], path).scaleb(UNITS[written["unit"]])
    negative = written["minus"] or written["inner"]
    return rupiah_value(-amount if negative else amount, path=path)


def number_value(digits: str, path: tuple[str, ...]) -> Decimal:
    """Return the number of "1.500.000,00", "1500000.00" or "3,31", of digits and separators alone.

    Raises Invalid where it is unreadable or can be read in two ways.
    """
    if _AMBIGUOUS.fullmatch(digits):
        raise _ambiguous(digits, path)
    if _INDONESIAN.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    if _ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _PLAIN.fullmatch(digits):
        return Decimal(digits.replace(",", "."))
    raise _unreadable(path)


def _ambiguous(digits: str, path: tuple[str, ...]) -> Invalid:
    whole, part = re.split("[.,]", digits)
    decimals = part.rstrip("0") or "0"
    decimals += "0" if len(decimals) == 3 else ""
    return Invalid(
        path[-1],
        f"“{digits}” dapat berarti {whole}{part} atau {whole},{decimals}. Tulis salah satunya.",
        f"“{digits}” can mean {whole}{part} or {whole}.{decimals}. Write one of the two.",
        path=path,
    )


def _unreadable(path: tuple[str, ...]) -> Invalid:
    return Invalid(
        path[-1],
        "jumlah rupiah tidak terbaca. Tulis seperti Rp1.500.000,00 atau 1,5 M (miliar).",
        "the amount of rupiah cannot be read. Write it like 1500000.00 or 1,5 M (miliar, 10^9).",
        path=path,
    )
