"""How wide the columns of a city's own table are, and whether it needs a landscape page."""

from __future__ import annotations

from math import sqrt
from typing import Any

Cells = list[list[list[dict[str, Any]]]]

PORTRAIT_COLUMNS = 7
PORTRAIT_LETTERS = 95
"""More columns, or longer words beside one another, are set on a landscape page."""

LONGEST_WORD = 12
"""Longer words are broken anyway."""

LONGEST_HEAD = 120
"""Letters of a column's heads together: longer ones would fill the pages on which they repeat."""

SIZES = ((7, 8.2), (11, 7.2), (15, 6.2), (20, 5.2))
"""Points of type by the number of columns up to which they serve."""


def grid(rows: Cells, headers: int) -> dict[str, Any]:
    """Return `columns` as shares, `wide`, `size` in points and `headers`: how many rows repeat."""
    texts = [["".join(run["text"] for run in cell) for cell in row] for row in rows]
    columns = list(zip(*texts, strict=True))
    heads = [sum(map(len, column[:headers])) for column in columns]
    words = [max(_longest_word(text) for text in column) for column in columns]
    shares = [_share(column, word) for column, word in zip(columns, words, strict=True)]
    wide = len(columns) > PORTRAIT_COLUMNS or sum(words) > PORTRAIT_LETTERS
    size = next(points for most, points in SIZES if len(columns) <= most)
    repeated = headers if max(heads) <= LONGEST_HEAD else 0
    return {"columns": shares, "wide": wide, "size": size, "headers": repeated}


def _longest_word(text: str) -> int:
    return min(LONGEST_WORD, max((len(word) for word in text.split()), default=1))


def _share(column: tuple[str, ...], word: int) -> float:
    """A column of prose gets more than one of numbers, but far less than its letters ask for."""
    longest = max(len(text) for text in column)
    return round(max(word + 2, sqrt(min(60, longest)) * 5), 1)
