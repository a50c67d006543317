"""Years of a test's own: no two of one run are given the same."""

from __future__ import annotations

from random import sample

FIRST, LAST = 3000, 9899
"""Years that no shipped cohort has, each with a century to spare."""

_LEFT = iter(sample(range(FIRST, LAST + 1), LAST + 1 - FIRST))


def next_year() -> int:
    """Return a year that nobody in this process was given before."""
    return next(_LEFT)
