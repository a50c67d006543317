"""Scores and ranking: recomputed they are the same, whatever the order."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.assessment.scoring import Measure, mean, parts, ranked, score, spread

VALUES = st.decimals(min_value=0, max_value=4, places=2)
WEIGHTS = st.integers(min_value=1, max_value=100).map(Decimal)


@st.composite
def sheets(draw):
    keys = draw(st.lists(st.text(min_size=1, max_size=3), min_size=1, max_size=9, unique=True))
    measures = [Measure(key, draw(WEIGHTS), Decimal(0), Decimal(4)) for key in keys]
    return measures, {key: draw(VALUES) for key in keys}


def test_a_score_is_the_weighted_part_of_the_scale():
    measures = [
        Measure("a", Decimal(60), Decimal(0), Decimal(4)),
        Measure("b", Decimal(40), Decimal(1), Decimal(5)),
    ]
    # 60% of 3/4 and 40% of 1/4
    assert score(measures, {"a": Decimal(3), "b": Decimal(2)}) == Decimal("55.00")


def test_half_a_hundredth_is_rounded_up():
    thirds = [Measure("a", Decimal(1), Decimal(0), Decimal(8000))]
    assert score(thirds, {"a": Decimal("0.4")}) == Decimal("0.01")
    assert score(thirds, {"a": Decimal("0.39")}) == Decimal("0.00")


def test_a_parameter_without_an_answer_is_no_score():
    with pytest.raises(LookupError):
        score([Measure("a", Decimal(1), Decimal(0), Decimal(4))], {})


@given(sheets(), st.randoms())
def test_a_score_does_not_depend_on_the_order(sheet, random):
    measures, answers = sheet
    turned = random.sample(measures, len(measures))
    assert score(turned, answers) == score(measures, answers)


@given(sheets())
def test_a_score_lies_between_the_lowest_and_the_highest_answer(sheet):
    measures, answers = sheet
    parts = [value / 4 * 100 for value in answers.values()]
    hundredth = Decimal("0.01")
    assert min(parts) - hundredth <= score(measures, answers) <= max(parts) + hundredth


@given(sheets())
def test_a_score_depends_on_the_proportion_of_weights_alone(sheet):
    measures, answers = sheet
    doubled = [Measure(m.key, m.weight * 2, m.minimum, m.maximum) for m in measures]
    assert score(doubled, answers) == score(measures, answers)


@given(sheets(), st.data())
def test_a_better_answer_never_lowers_the_score(sheet, data):
    measures, answers = sheet
    key = data.draw(st.sampled_from(sorted(answers)))
    better = {**answers, key: data.draw(st.decimals(answers[key], 4, places=2))}
    assert score(measures, better) >= score(measures, answers)


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=6), st.randoms())
def test_the_mean_does_not_depend_on_the_order_of_assessors(scores, random):
    turned = random.sample(scores, len(scores))
    assert mean(turned) == mean(scores)
    assert min(scores) <= mean(scores) <= max(scores)
    assert spread(turned) == max(scores) - min(scores)


def test_equal_scores_share_a_place_and_the_next_is_left_out():
    scores = {"a": Decimal(70), "b": Decimal(90), "c": Decimal(70), "d": Decimal(50)}
    rows = [(row.key, row.place, row.tied) for row in ranked(scores)]
    assert rows == [("b", 1, False), ("a", 2, True), ("c", 2, True), ("d", 4, False)]


@given(st.dictionaries(st.integers(0, 99), st.decimals(0, 100, places=2), max_size=20))
def test_a_better_score_has_a_better_place(scores):
    rows = ranked(scores)
    assert {row.key for row in rows} == set(scores)
    for one in rows:
        for other in rows:
            assert (one.score > other.score) == (one.place < other.place)
            assert one.tied == any(
                other.key != one.key and other.score == one.score for other in rows
            )


@given(sheets(), st.data())
def test_the_points_of_all_parameters_are_the_mean_score(sheet, data):
    measures, answers = sheet
    others = {key: data.draw(VALUES) for key in answers}
    found = parts(measures, [answers, others])
    total = sum(points for _, points in found.values())
    whole = mean([score(measures, answers), score(measures, others)])
    assert abs(total - whole) <= Decimal("0.01") * (len(measures) + 1)
    for key, (middle, _) in found.items():
        assert abs(middle * 2 - answers[key] - others[key]) <= Decimal("0.01")
