"""Numbers, money and dates as Indonesian and English readers write them."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "en": "January February March April May June July August September October November December",
}
SCALES = {
    "id": (("triliun", 12), ("miliar", 9), ("juta", 6)),
    "en": (("trillion", 12), ("billion", 9), ("million", 6)),
}
SWAP = str.maketrans({",": ".", ".": ","})


def rupiah(amount: Decimal, language: str) -> str:
    """Exact money: `Rp1.500.000,00`, in English `Rp1,500,000.00`."""
    return "Rp" + _separated(f"{amount:,.2f}", language)


def rupiah_short(amount: Decimal, language: str) -> str:
    """Rounded money for charts and headlines: `Rp1,5 miliar`, in English `Rp1.5 billion`."""
    for word, exponent in SCALES[language]:
        scaled = amount.scaleb(-exponent)
        if scaled >= 1:
            step = Decimal("0.01") if scaled < 10 else Decimal("0.1")
            rounded = scaled.quantize(step, ROUND_HALF_UP)
            return f"Rp{decimal(rounded, language)}\u00a0{word}"
    return "Rp" + decimal(amount.quantize(Decimal(1), ROUND_HALF_UP), language)


def decimal(value: Decimal, language: str) -> str:
    """A number without idle zeros: `3,31`, in English `3.31`."""
    text = f"{value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return _separated(text, language)


def decimal_short(value: Decimal, language: str) -> str:
    """A number for narrow columns: from a million on in words, `1,5 juta`."""
    for word, exponent in SCALES[language]:
        scaled = value.scaleb(-exponent)
        if abs(scaled) >= 1:
            return f"{decimal(scaled.quantize(Decimal('0.1'), ROUND_HALF_UP), language)} {word}"
    return decimal(value, language)


def long_date(day: date, language: str) -> str:
    """A date in words: `8 Oktober 2022`."""
    return f"{day.day}\u00a0{MONTHS[language].split()[day.month - 1]} {day.year}"


def _separated(text: str, language: str) -> str:
    return text.translate(SWAP) if language == "id" else text
