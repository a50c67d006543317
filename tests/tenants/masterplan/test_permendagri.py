"""Codes of Permendagri 90/2019: tidied, and told part by part what is wrong."""

from __future__ import annotations

import pytest

from tenants.masterplan.permendagri import code_faults, normal

TIDY = {
    " 2.16.03 ": "2.16.03",
    "2 . 16 . 03.": "2.16.03",
    "x.xx.01.2.01.0001": "X.XX.01.2.01.0001",
    "\u00a0": None,
    "": None,
}


@pytest.mark.parametrize(("written", "stored"), TIDY.items())
def test_a_code_is_stored_without_blanks_and_last_dot(written, stored):
    assert normal(written) == stored


@pytest.mark.parametrize(
    "code",
    [
        "2.16",
        "2.16.03",
        "2.16.03.2.02",
        "2.16.03.2.02.0005",
        "2.16.03.2.02.05",
        "3.32.01.1.01",
        "9.04.02",
        "X.XX",
        "X.XX.01.2.01.0001",
    ],
)
def test_every_level_of_the_nomenclature_is_a_code(code):
    assert list(code_faults(code)) == []


WRONG = [
    ("2", "the bidang after the urusan is missing"),
    ("0.16", "the part urusan “0” must be one digit from 1 to 9"),
    ("2.16.3", "the part program “3” must be two digits"),
    ("2.1.03", "the part bidang “1” must be two digits"),
    ("2.16.03.2", "the number of the kegiatan is missing"),
    ("2.16.03.3.02", "the part kewenangan kegiatan “3” must be 1 (province) or 2"),
    ("2.16.03.2.02.005", "the part subkegiatan “005” must be four digits"),
    ("2.16.03.2.02.0005.5", "something follows the subkegiatan"),
    ("2.25", "urusan 2 has no bidang 25: only 2.07 to 2.24"),
    ("1.07.02", "urusan 1 has no bidang 07: only 1.01 to 1.06"),
    ("2.XX", "X and XX stand together only"),
    ("X.16", "X and XX stand together only"),
    ("X.XX.02", "X.XX is for the supporting programme 01 only"),
]


@pytest.mark.parametrize(("code", "reason"), WRONG)
def test_a_refusal_names_the_part_that_is_wrong(code, reason):
    (error,) = code_faults(code)
    assert reason in error.text("en")
    assert error.path == ("permendagriCode",)


def test_all_wrong_parts_are_told_at_once():
    told = [error.text("id") for error in code_faults("22.1.x")]
    assert [word for text in told for word in ("urusan", "bidang", "program") if word in text] == [
        "urusan",
        "bidang",
        "program",
    ]
