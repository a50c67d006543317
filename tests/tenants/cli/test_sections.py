"""Sections at the console: listed, read, written from a file, given to a unit."""

from __future__ import annotations

import json

import pytest

CITY = "kota-bukittinggi"
BAPPEDA = "bappeda@bukittinggi.demo"
PLACE = "3/strategy"


@pytest.fixture
def section(data):
    """The section as it stands."""
    return lambda: data("section", "show", CITY, PLACE)


def test_sections_are_listed_with_state_words_and_owner(data):
    rows = data("section", "list", CITY)
    assert len(rows) == 15
    first = rows[0]
    assert (first["place"], first["owner"]) == ("1/introduction/1", "bappeda")
    assert first["words"] > 20
    assert {row["place"][0] for row in data("section", "list", CITY, "--book", "2")} == {"2"}


def test_a_text_is_shown_and_written_from_a_file_with_paragraphs(data, console, section, tmp_path):
    file = tmp_path / "strategi.txt"
    file.write_text("Paragraf pertama\nbersambung.\n\nParagraf kedua.\n", encoding="utf-8")
    before = section()
    fact = data("section", "write", CITY, PLACE, str(file), "--as", BAPPEDA)
    assert (fact["words"], fact["version"]) == (5, before["version"] + 1)
    shown = console("section", "show", CITY, PLACE).output
    assert "Paragraf pertama bersambung.\n\nParagraf kedua." in shown
    kept = tmp_path / "before.json"
    kept.write_text(json.dumps(before), encoding="utf-8")
    data("section", "write", CITY, PLACE, str(kept), "--as", BAPPEDA)
    assert section()["body"] == before["body"]


def test_who_is_too_late_is_told_and_keeps_a_draft(console, section, tmp_path):
    before = section()
    file = tmp_path / "late.txt"
    file.write_text("Terlambat.", encoding="utf-8")
    late = ("--as", BAPPEDA, "--on", str(before["version"] - 1))
    told = console("section", "write", CITY, PLACE, str(file), *late, code=1).output
    assert "draf" in told
    assert section()["body"] == before["body"]


def test_a_broken_file_and_an_unknown_place_say_what_to_do(console, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{", encoding="utf-8")
    told = console("section", "write", CITY, PLACE, str(broken), "--as", BAPPEDA, code=1)
    assert "bukan JSON" in told.output
    told = console("section", "show", CITY, "9/nowhere", code=1)
    assert "kotacerdas section list" in told.output


def test_a_section_is_given_to_a_unit_and_back(data):
    fact = data("section", "assign", CITY, PLACE, "--unit", "BPBD", "--as", BAPPEDA)
    assert fact == {"section": PLACE, "owner": "BPBD"}
    owners = {row["place"]: row["owner"] for row in data("section", "list", CITY)}
    assert owners["3/strategy/1"] == "BPBD"
    data("section", "assign", CITY, PLACE, "--as", BAPPEDA)
    owners = {row["place"]: row["owner"] for row in data("section", "list", CITY)}
    assert owners["3/strategy/1"] == "bappeda"
