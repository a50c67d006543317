from __future__ import annotations

from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workers.rendering.budgets import chart_ticks
from workers.rendering.figures import decimal, decimal_short, long_date, rupiah, rupiah_short
from workers.rendering.fonts import book_fonts, coverage
from workers.rendering.hyphens import soften
from workers.rendering.text import gate, jointed, narrowed


def passed(text, longest=1_000):
    return gate(text, covered=coverage(), longest=longest)


def test_text_is_composed_and_loses_controls_and_invisible_signs():
    assert passed("e\u0301\x00\x1b\u202e\u200d\ufe0f\tb\r\nc").text == "é b\nc"


def test_what_the_fonts_lack_becomes_a_replacement_and_is_told():
    gated = passed("taman 🌳🌳 kota 中")
    assert (gated.text, gated.lost) == ("taman \ufffd\ufffd kota \ufffd", ("🌳", "中"))


def test_long_words_may_break_every_ten_letters():
    assert passed("a" * 30).text == "a" * 30
    assert passed("a" * 31).text == "\u200b".join(["a" * 10] * 3 + ["a"])


def test_codes_and_words_in_narrow_columns_may_break():
    assert jointed("GOV-01", 8) == "GOV-01"
    assert jointed("GOV-2023-001", 8) == "GOV-\u200b2023-\u200b001"
    assert narrowed("a" * 13 + " bb", 12) == "a" * 12 + "\u200ba bb"


@pytest.mark.timed
def test_a_word_of_a_million_letters_is_cut_at_once():
    started = process_time()
    gated = passed("x" * 1_000_000, longest=20_000)
    assert gated.was_cut
    assert process_time() - started < 0.5


@given(st.text(max_size=200))
def test_whatever_passes_the_gate_can_be_set_and_passes_again_unchanged(text):
    gated = passed(text)
    assert all(sign == "\n" or ord(sign) in coverage() for sign in gated.text)
    again = passed(gated.text.replace("\u200b", ""))
    assert (again.text, again.lost) == (gated.text, ())


def test_only_the_shipped_noto_faces_are_used():
    assert sorted(set(book_fonts().families())) == ["Noto Sans", "Noto Serif"]


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("pemerintahan", "peme-rin-tahan"),
        ("ketransformasian", "ket-rans-for-ma-sian"),
        ("kota", "kota"),
        ("BUKITTINGGI", "BUKITTINGGI"),
    ],
)
def test_indonesian_words_break_between_syllables(word, parts):
    assert soften(word).replace("\u00ad", "-") == parts


@pytest.mark.parametrize(
    ("amount", "exact", "short"),
    [
        ("1500000", "Rp1.500.000,00", "Rp1,5 juta"),
        ("1500000000", "Rp1.500.000.000,00", "Rp1,5 miliar"),
        ("0", "Rp0,00", "Rp0"),
        ("999.5", "Rp999,50", "Rp1.000"),
        ("21603000000", "Rp21.603.000.000,00", "Rp21,6 miliar"),
        ("2500000000000", "Rp2.500.000.000.000,00", "Rp2,5 triliun"),
    ],
)
def test_rupiah_is_written_the_indonesian_way(amount, exact, short):
    assert rupiah(Decimal(amount), "id") == exact
    assert rupiah_short(Decimal(amount), "id").replace("\u00a0", " ") == short


def test_numbers_and_dates_follow_the_language():
    assert decimal(Decimal("1234.5000"), "id") == "1.234,5"
    assert decimal(Decimal("100"), "en") == "100"
    assert decimal_short(Decimal("-12345678901234.5"), "id") == "-12,3 triliun"
    assert decimal_short(Decimal("999999.5"), "en") == "999,999.5"
    assert rupiah(Decimal("1500000.5"), "en") == "Rp1,500,000.50"
    assert long_date(date(2022, 6, 13), "id") == "13\u00a0Juni 2022"


@given(st.decimals(min_value=1, max_value=10**18, places=2))
def test_a_charts_axis_reaches_its_highest_bar_in_few_steps(highest):
    ticks = chart_ticks(highest)
    assert ticks[-1] >= highest
    assert ticks[-2] < highest
    assert 3 <= len(ticks) <= 6
