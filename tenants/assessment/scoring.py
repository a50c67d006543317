"""Scores from answers, and ranking from scores; pure and exact, whatever the order."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Measure(Generic[Key]):
    """A parameter's key, its weight, and the ends of its scale."""

    key: Key
    weight: Decimal
    minimum: Decimal
    maximum: Decimal


@dataclass(frozen=True)
class Ranked(Generic[Key]):
    """A place in the ranking; equal scores share a place, and the next place is left out."""

    key: Key
    score: Decimal
    place: int
    tied: bool


def score(measures: Iterable[Measure[Key]], answers: Mapping[Key, Decimal]) -> Decimal:
    """Return the weighted mean of the answers, each as its part of the scale: 0 to 100, 2 decimals.

    Raises LookupError for a parameter without an answer.
    """
    total = weights = Fraction(0)
    for measure in measures:
        above = Fraction(answers[measure.key]) - Fraction(measure.minimum)
        span = Fraction(measure.maximum) - Fraction(measure.minimum)
        total += Fraction(measure.weight) * above / span
        weights += Fraction(measure.weight)
    return _rounded(total / weights * 100)


def parts(
    measures: Iterable[Measure[Key]], sheets: Sequence[Mapping[Key, Decimal]]
) -> dict[Key, tuple[Decimal, Decimal]]:
    """Return each parameter's mean answer and its points of the mean score, 2 decimals each.

    The points of all parameters together are the mean score, but for their rounding.
    """
    known = list(measures)
    weights = sum((Fraction(each.weight) for each in known), Fraction(0))
    found = {}
    for each in known:
        given = sum((Fraction(sheet[each.key]) for sheet in sheets), Fraction(0)) / len(sheets)
        span = Fraction(each.maximum) - Fraction(each.minimum)
        share = Fraction(each.weight) / weights * (given - Fraction(each.minimum)) / span
        found[each.key] = (_rounded(given), _rounded(share * 100))
    return found


def mean(scores: Sequence[Decimal]) -> Decimal:
    """Return the mean of several assessors' scores, 2 decimals."""
    return _rounded(sum(map(Fraction, scores), Fraction(0)) / len(scores))


def spread(scores: Sequence[Decimal]) -> Decimal:
    """Return how far the assessors are apart: highest less lowest."""
    return max(scores) - min(scores)


def ranked(scores: Mapping[Key, Decimal]) -> list[Ranked[Key]]:
    """Return the places, best first; equal scores are told as tied."""
    values = list(scores.values())
    places = {value: 1 + sum(other > value for other in values) for value in set(values)}
    rows = [Ranked(key, own, places[own], values.count(own) > 1) for key, own in scores.items()]
    return sorted(rows, key=lambda row: (row.place, str(row.key)))


def _rounded(value: Fraction) -> Decimal:
    """Round half up to two decimals, exactly."""
    hundredths = (2 * 100 * value.numerator + value.denominator) // (2 * value.denominator)
    return Decimal(hundredths).scaleb(-2)
