"""Texts that a spreadsheet would take for a formula."""

from __future__ import annotations

FORMULA = frozenset("=+-@\t\r＝＋－＠")
"""What a formula begins with, also in its full-width form."""


def guarded(text: str) -> str:
    """Return a text as a CSV keeps it: with an apostrophe where it would begin a formula."""
    return f"'{text}" if text[:1] in FORMULA else text


def unguarded(cell: str) -> str:
    """Return the text that a cell of a CSV stands for."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA else cell
