"""Single values: text, amounts, and several refusals at once."""

from __future__ import annotations

import sys
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotacerdas.errors import DomainErrors, Invalid
from kotacerdas.values import (
    CONTROLS,
    RUPIAH_LIMIT,
    collect,
    link_value,
    rupiah_value,
    text_value,
)

HERE = ("name",)


@pytest.mark.parametrize("hostile", ["a\x00b", "a\x07", "\x1b[31m", "a\x85b", "\ud800", "a\rb"])
def test_control_characters_are_refused_in_both_languages(hostile):
    with pytest.raises(Invalid) as refusal:
        text_value(hostile, path=HERE)
    assert refusal.value.code == "INVALID"
    assert refusal.value.path == HERE
    assert "karakter kendali" in refusal.value.text("id")
    assert "control characters" in refusal.value.text("en")


def test_text_is_composed_and_loses_its_outer_blanks():
    assert text_value("  cafe\u0301\r\nbaris dua \n", path=HERE) == "café\nbaris dua"


def test_a_name_stays_on_one_line():
    with pytest.raises(Invalid):
        text_value("dua\nbaris", path=HERE, lines=False)


def test_text_of_the_longest_length_passes_and_one_more_does_not():
    assert len(text_value("x" * 200, path=HERE, maximum=200)) == 200
    with pytest.raises(Invalid, match="201 characters; at most 200"):
        text_value("x" * 201, path=HERE, maximum=200)


def test_a_required_text_of_blanks_is_empty():
    with pytest.raises(Invalid, match="it is empty"):
        text_value(" \n ", path=HERE, required=True)


@given(st.text())
def test_text_is_either_stored_as_shown_or_refused(text):
    try:
        kept = text_value(text, path=HERE)
    except Invalid:
        return
    assert "\x00" not in kept
    assert text_value(kept, path=HERE) == kept


@pytest.mark.parametrize("amount", ["0", "0.01", "999999999999999999.99", "1E+5"])
def test_amounts_within_the_column_pass(amount):
    assert rupiah_value(Decimal(amount), path=("amount",)) == Decimal(amount)


@pytest.mark.parametrize("amount", ["-0.01", "0.001", str(RUPIAH_LIMIT), "NaN", "Infinity"])
def test_amounts_outside_the_column_are_refused(amount):
    with pytest.raises(Invalid):
        rupiah_value(Decimal(amount), path=("amount",))


def test_all_refusals_of_an_input_are_raised_together():
    with pytest.raises(DomainErrors) as refusals:
        collect(
            {
                "name": lambda: text_value("", path=("name",), required=True),
                "amount": lambda: rupiah_value(Decimal(-1), path=("amount",)),
                "fine": lambda: text_value("baik", path=("fine",)),
            }
        )
    assert [error.path for error in refusals.value.errors] == [("name",), ("amount",)]


@pytest.mark.parametrize("text", ["https://bps.go.id/", "http://localhost:8080/a?b=c#d"])
def test_a_link_is_kept_as_it_is_written(text):
    assert link_value(f" {text} ", path=("link",)) == text


@pytest.mark.parametrize("text", [None, "", "  "])
def test_no_link_is_none(text):
    assert link_value(text, path=("link",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "bps.go.id",
        "javascript:alert(1)",
        "ftp://bps.go.id/",
        "https://",
        "https://a b",
        "https://user:secret@bps.go.id/",
        "http://[::1",
        "https://bps.go.id/" + "a" * 2_000,
    ],
)
def test_what_is_no_link_is_refused(text):
    with pytest.raises(Invalid) as refusal:
        link_value(text, path=("link",))
    assert refusal.value.path == ("link",)


def test_every_control_character_of_unicode_is_refused_and_no_other():
    forbidden = {
        point
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(chr(point)) in ("Cc", "Cs", "Zl", "Zp")
    }
    found = {point for point in range(sys.maxunicode + 1) if CONTROLS.match(chr(point))}
    no_xml = {0xFFFE, 0xFFFF}
    assert found == (forbidden | no_xml) - {ord("\t"), ord("\n")}
