"""The index of a city from the scores of its items; pure.

The published formula: the index is the weighted mean of the parts; a part's score is the mean of
its items; the part that is judged by dimension has one item for each dimension of the edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Item:
    """What one score is given for: a part, or one dimension of it."""

    key: str
    part: str
    dimension: str | None = None


@dataclass(frozen=True)
class Part:
    """A part of the instrument; weights of all parts sum to 100."""

    code: str
    weight: Decimal
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Improvement:
    """What an item's score would bring to the index.

    `per_point` is what one point more adds; `to_maximum`, what the full score would add.
    """

    item: Item
    score: Decimal
    per_point: Decimal
    to_maximum: Decimal


@dataclass(frozen=True)
class Result:
    """An index with the scores of its parts, all rounded half up to two decimals."""

    index: Decimal
    parts: dict[str, Decimal]


def instrument(parts: Iterable[tuple[str, Decimal, bool]], dimensions: Iterable[str]) -> list[Part]:
    """Build the parts with their items from (code, weight, whether judged by dimension)."""
    pillars = list(dimensions)
    made = []
    for code, weight, by_dimension in parts:
        if by_dimension:
            items = tuple(Item(f"{code}.{pillar}", code, pillar) for pillar in pillars)
        else:
            items = (Item(code, code),)
        made.append(Part(code, weight, items))
    return made


def missing(parts: Sequence[Part], scored: Iterable[str]) -> list[Item]:
    """Return the items without a score, in the instrument's order."""
    known = set(scored)
    return [item for part in parts for item in part.items if item.key not in known]


def result(parts: Sequence[Part], scores: Mapping[str, Decimal]) -> Result:
    """Compute the index; every item has a score. Parts are rounded only to be shown."""
    exact = {part.code: _mean(scores[item.key] for item in part.items) for part in parts}
    index = sum((exact[part.code] * Fraction(part.weight) for part in parts), Fraction()) / 100
    return Result(_rounded(index), {code: _rounded(score) for code, score in exact.items()})


def improvements(
    parts: Sequence[Part], scores: Mapping[str, Decimal], maximum: Decimal
) -> list[Improvement]:
    """What would raise the index most, greatest gain first; items at the maximum come last."""
    found = []
    for part in parts:
        per_point = Fraction(part.weight) / (100 * len(part.items))
        for item in part.items:
            gain = per_point * Fraction(maximum - scores[item.key])
            found.append(
                (gain, Improvement(item, scores[item.key], *map(_fine, (per_point, gain))))
            )
    found.sort(key=lambda each: -each[0])  # equal gains stay in the instrument's order
    return [improvement for _, improvement in found]


def mean(scores: Iterable[Decimal]) -> Decimal:
    """The mean of several assessors' scores of an item, rounded half up to two decimals."""
    return _rounded(_mean(scores))


def _mean(scores: Iterable[Decimal]) -> Fraction:
    values = [Fraction(score) for score in scores]
    return sum(values, Fraction()) / len(values)


def _rounded(value: Fraction, step: Decimal = CENT) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(step, ROUND_HALF_UP)


def _fine(value: Fraction) -> Decimal:
    """Gains are small: four decimals."""
    return _rounded(value, Decimal("0.0001"))
