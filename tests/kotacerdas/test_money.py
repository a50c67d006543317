"""Reading amounts of rupiah."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kotacerdas.errors import Invalid
from kotacerdas.money import parse_rupiah

AMOUNTS = st.decimals(min_value=0, max_value=Decimal("999999999999999999.99"), places=2)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.500.000,00", "1500000.00"),
        ("Rp1.500.000", "1500000"),
        ("Rp 1.500.000,-", "1500000"),
        ("Rp. 2.250.000.000,50", "2250000000.50"),
        ("1500000.00", "1500000.00"),
        ("1500000", "1500000"),
        ("1,5 M", "1500000000"),
        ("1,5 miliar", "1500000000"),
        ("Rp1,25 triliun", "1250000000000"),
        ("750 juta", "750000000"),
        ("75jt", "75000000"),
        ("250 ribu", "250000"),
        ("1,500,000.00", "1500000.00"),
        ("1.500,00", "1500.00"),
        ("1.5E+9", "1500000000"),
        ("\u00a01.500.000\u00a0", "1500000"),
        (1500000.0, "1500000"),
        (1500000, "1500000"),
        (Decimal("0.10"), "0.10"),
    ],
)
def test_an_amount_is_read_as_it_is_meant(written, amount):
    assert parse_rupiah(written) == Decimal(amount)


@pytest.mark.parametrize("written", ["1.500", "1,500", "Rp1.500", "1.500 juta", "12,345 M"])
def test_an_ambiguous_amount_is_asked_back_with_both_readings(written):
    with pytest.raises(Invalid) as refusal:
        parse_rupiah(written, path=("budgets", "0", "amount"))
    assert "dapat berarti" in refusal.value.text("id")
    assert "can mean" in refusal.value.text("en")
    assert refusal.value.path == ("budgets", "0", "amount")


def test_both_readings_offered_can_be_read():
    with pytest.raises(Invalid, match=r"can mean 1500 or 1\.5\. Write"):
        parse_rupiah("1.500")
    with pytest.raises(Invalid, match=r"can mean 12345 or 12\.3450"):
        parse_rupiah("12,345 M")
    assert parse_rupiah("12.3450 M") == Decimal("12345000000")


@pytest.mark.parametrize("written", ["-1", "Rp-1.500.000", "-Rp5", "(1.500.000)", -1, "\u22125"])
def test_a_negative_amount_is_refused(written):
    with pytest.raises(Invalid, match="negative"):
        parse_rupiah(written)


@pytest.mark.parametrize(
    "written",
    ["", "Rp", "satu juta", "1.50.000", "1,5 million", "0x10", "1..5", "NaN", "9" * 65, "１００"],
)
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(Invalid, match="cannot be read"):
        parse_rupiah(written)


@given(AMOUNTS)
def test_the_api_form_of_every_amount_is_read_back(amount):
    assert parse_rupiah(str(amount)) == amount


@given(AMOUNTS)
def test_the_indonesian_form_of_every_amount_is_read_back(amount):
    shown = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    assert parse_rupiah(f"Rp{shown}") == amount


@given(st.text(alphabet="0123456789.,- RpMjutaEe()") | st.text())
def test_any_text_is_an_amount_or_a_clear_refusal(text):
    try:
        amount = parse_rupiah(text)
    except Invalid:
        return
    assert 0 <= amount < 10**18
