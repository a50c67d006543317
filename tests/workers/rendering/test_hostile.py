from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.workers.rendering.pages import ink_outside, overprinted, page_texts, standards
from tests.workers.rendering.sample import sample_book
from workers.rendering.book import render_book

MARKUP = (
    "<script>alert(1)</script>",
    '#eval("1") #panic("x")',
    "*tebal* _miring_ `kode`",
    "$x^2$ = @rujukan <label>",
    "C:\\jalur\\n \\",
    "//komentar /* x */ - butir + nomor / istilah: ~ -- ---",
)
CORPUS = (
    *MARKUP,
    "nul\x00bel\x07",
    "😀🏳️‍🌈 emoji",
    "مرحبا بالعالم \u202eRTL",
    "w" * 1_000_000,
    "panjang " * 1_250,
    "capaian ≥ 80 % → ✓",
    "\ue000 pribadi",
    "e\u0301" * 50,
    "\u200b" * 100,
    "",
)
TEXTS = ("code", "permendagri_code", "name", "description", "goal", "activity", "lead_unit")
MORE_TEXTS = ("partners", "indicator", "indicator_unit", "place", "sub_dimension", "origin")


def hostile_programme(programme, text):
    budgets = (replace(it, amount_rupiah=Decimal("9" * 18)) for it in programme.budgets)
    return replace(
        programme,
        **dict.fromkeys(TEXTS + MORE_TEXTS, text),
        supporting_units=(text, text),
        baseline=Decimal("-12345678901234.5678"),
        budgets=tuple(budgets),
    )


def hostile_book():
    content = sample_book()
    first, *rest = content.dimensions
    programmes = tuple(
        hostile_programme(first.programmes[index % 7], text) for index, text in enumerate(CORPUS)
    )
    endless = CORPUS[9]
    missions = tuple(replace(it, text=endless, goals=CORPUS) for it in content.missions)
    worst = replace(
        first, name=endless, description="\n".join(CORPUS), code="", programmes=programmes
    )
    return replace(
        content,
        title=MARKUP[1],
        vision=endless,
        missions=missions,
        dimensions=(worst, *rest),
        city=replace(content.city, name="\x00", province=MARKUP[0]),
    )


@pytest.fixture(scope="module")
def hostile():
    return render_book(hostile_book(), lambda step: None, lambda: False)


def test_hostile_text_becomes_a_book_that_keeps_the_standards(hostile):
    assert standards(hostile.pdf) == ("2", "A", "1")
    assert ink_outside(hostile.pdf) == []
    assert overprinted(hostile.pdf) == []


def test_markup_is_printed_as_it_was_written(hostile):
    text = " ".join(page_texts(hostile.pdf))
    for markup in MARKUP:
        assert markup in text
    assert "capaian >= 80 % -> v" in text


def test_what_was_lost_or_cut_is_told_in_the_books_language(hostile):
    lost = "program ��� emoji: karakter U+1F600, U+1F3F3, U+1F308 tidak ada dalam huruf buku"
    assert any(warning.startswith(lost) for warning in hostile.warnings)
    assert "visi: teks dipotong setelah 20000 karakter." in hostile.warnings
    assert len(hostile.warnings) <= 50
