"""Checks of single values: text and money; pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from kotacerdas.errors import DomainError, DomainErrors, Invalid

BLANKS = " \t\n\u00a0"
NAME_LENGTH = 200
TEXT_LENGTH = 10_000
LINK_LENGTH = 2_000
RUPIAH_LIMIT = Decimal(10) ** 18
"""Amounts stay below it: Numeric(20, 2) holds no more."""


CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufffe\uffff]")
"""Controls, halves of surrogate pairs, separators of lines, and what XML cannot hold; but tab and
line break are text."""


def text_value(
    value: str,
    *,
    path: tuple[str, ...],
    maximum: int = TEXT_LENGTH,
    required: bool = False,
    lines: bool = True,
) -> str:
    """Return the text in NFC, without outer blanks and with `\\n` between lines.

    Raises Invalid for control characters, for more than `maximum` characters, for an empty text
    where it is `required`, and for a line break unless `lines`.
    """
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n")).strip(BLANKS)
    if CONTROLS.search(text) or (not lines and "\n" in text):
        raise _invalid(
            path,
            "berisi karakter kendali. Hapus lalu ketik ulang bagian itu.",
            "it contains control characters. Delete that part and type it again.",
        )
    if len(text) > maximum:
        raise _invalid(
            path,
            f"{len(text)} karakter; paling banyak {maximum}. Ringkaskan.",
            f"{len(text)} characters; at most {maximum}. Shorten it.",
        )
    if required and not text:
        raise _invalid(path, "belum diisi. Isilah.", "it is empty. Fill it in.")
    return text


def line_value(value: str, *, path: tuple[str, ...], required: bool = False) -> str:
    """Return one line of at most 200 characters, as `text_value` does; else Invalid."""
    return text_value(value, path=path, maximum=NAME_LENGTH, required=required, lines=False)


def link_value(value: str | None, *, path: tuple[str, ...]) -> str | None:
    """Return an http or https address of at most 2,000 characters, None for none; else Invalid."""
    text = text_value(value or "", path=path, maximum=LINK_LENGTH, lines=False)
    if not text:
        return None
    try:
        parts = urlsplit(text)
        known = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        known = False
    if not known or any(character.isspace() for character in text):
        raise _invalid(
            path,
            "bukan tautan. Tulis lengkap seperti https://bps.go.id/.",
            "it is no link. Write it in full, like https://bps.go.id/.",
        )
    return text


def rupiah_value(amount: Decimal, *, path: tuple[str, ...]) -> Decimal:
    """Return an amount of rupiah: at least 0, below 10^18, at most two decimals; else Invalid."""
    if not amount.is_finite():
        raise _invalid(path, "bukan angka. Tulis 1500000.", "it is not a number. Write 1500000.")
    if amount < 0:
        raise _invalid(
            path,
            "jumlah negatif. Tulis nol atau lebih.",
            "it is negative. Write zero or more.",
        )
    if amount >= RUPIAH_LIMIT:
        raise _invalid(
            path,
            "terlalu besar; harus di bawah 10^18. Periksa jumlah nolnya.",
            "it is too large; it must be below 10^18. Check the number of zeros.",
        )
    if amount != round(amount, 2):
        raise _invalid(
            path,
            "paling banyak dua angka di belakang koma. Bulatkan.",
            "at most two decimals. Round it.",
        )
    return amount


def collect(checks: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """Run each check and return its value by name; all refusals are raised together."""
    values: dict[str, Any] = {}
    errors: list[DomainError] = []
    for name, check in checks.items():
        try:
            values[name] = check()
        except DomainError as error:
            errors.append(error)
    refuse(errors)
    return values


def refusals(check: Callable[[], object]) -> list[DomainError]:
    """Return what a check refuses, one or several, instead of raising it."""
    try:
        check()
    except DomainErrors as several:
        return several.errors
    except DomainError as error:
        return [error]
    return []


def refuse(errors: Sequence[DomainError]) -> None:
    """Raise the only error, or DomainErrors for several; return if there is none."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise DomainErrors(list(errors))


def plain_decimal(value: Decimal | None) -> Decimal | None:
    """Drop the idle zeros of a column's scale: 12.5000 is 12.5; None stays None."""
    return None if value is None else Decimal(format(value.normalize(), "f"))


def _invalid(path: tuple[str, ...], reason_id: str, reason_en: str) -> Invalid:
    return Invalid(path[-1], reason_id, reason_en, path=path)
