"""The published formula, held by the two results that were published."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.evaluation.scoring import Item, improvements, instrument, mean, missing, result

WEIGHTS = [("baseline", 10), ("output", 20), ("outcome", 30), ("impact", 20), ("quick_win", 20)]
PILLARS = ["government", "people", "mobility", "living", "economy", "environment"]
PARTS = instrument([(code, Decimal(n), code == "impact") for code, n in WEIGHTS], PILLARS)
ITEMS = [item for part in PARTS for item in part.items]
MAXIMUM = Decimal(5)

marks = st.decimals(0, 5, places=2).map(abs)
scores = st.fixed_dictionaries({item.key: marks for item in ITEMS})


def published(*parts: str) -> dict[str, Decimal]:
    """Scores whose parts are these: each dimension has the impact's index."""
    by_part = dict(zip([code for code, _ in WEIGHTS], map(Decimal, parts), strict=True))
    return {item.key: by_part[item.part] for item in ITEMS}


@pytest.mark.parametrize(
    ("parts", "index"),
    [
        (("3.60", "3.21", "3.23", "3.07", "3.65"), "3.31"),  # Kediri 2022
        (("3.84", "3.18", "3.53", "3.63", "3.35"), "3.48"),  # Jambi 2024
    ],
)
def test_two_published_results_are_reproduced(parts, index):
    computed = result(PARTS, published(*parts))
    assert abs(computed.index - Decimal(index)) <= Decimal("0.01")
    assert list(computed.parts.values()) == list(map(Decimal, parts))


def test_impact_is_the_mean_of_the_dimensions():
    given_scores = published("0", "0", "0", "0", "0")
    given_scores |= {f"impact.{pillar}": Decimal(n) for n, pillar in enumerate(PILLARS)}
    computed = result(PARTS, given_scores)
    assert computed.parts["impact"] == Decimal("2.50")
    assert computed.index == Decimal("0.50")


def test_other_weights_belong_to_another_edition():
    halves = instrument([("a", Decimal(50), False), ("b", Decimal(50), False)], [])
    assert result(halves, {"a": Decimal(1), "b": Decimal(2)}).index == Decimal("1.50")


def test_missing_items_are_told_in_the_instruments_order():
    assert missing(PARTS, ["output", "impact.people"])[:3] == [
        Item("baseline", "baseline"),
        Item("outcome", "outcome"),
        Item("impact.government", "impact", "government"),
    ]
    assert missing(PARTS, [item.key for item in ITEMS]) == []


def test_what_would_raise_the_index_most_comes_first():
    found = improvements(PARTS, published("5", "4", "4", "5", "1"), MAXIMUM)
    assert [each.item.key for each in found[:3]] == ["quick_win", "outcome", "output"]
    assert (found[0].per_point, found[0].to_maximum) == (Decimal("0.2000"), Decimal("0.8000"))
    assert found[-1].to_maximum == 0
    one_pillar = next(each for each in found if each.item.key == "impact.people")
    assert one_pillar.per_point == Decimal("0.0333")


@given(scores)
def test_the_index_lies_between_the_least_and_the_greatest_score(given_scores):
    index = result(PARTS, given_scores).index
    assert min(given_scores.values()) <= index <= max(given_scores.values())


@given(scores, st.sampled_from(ITEMS))
def test_a_gain_foretells_the_index_at_the_full_score(given_scores, item):
    found = {each.item.key: each for each in improvements(PARTS, given_scores, MAXIMUM)}
    raised = result(PARTS, given_scores | {item.key: MAXIMUM}).index
    foretold = result(PARTS, given_scores).index + found[item.key].to_maximum
    assert abs(raised - foretold) <= Decimal("0.0101")  # each index is rounded


@given(st.lists(marks, min_size=1, max_size=7))
def test_the_mean_of_assessors_does_not_depend_on_their_order(given_scores):
    assert mean(given_scores) == mean(given_scores[::-1])
    assert min(given_scores) <= mean(given_scores) <= max(given_scores)
