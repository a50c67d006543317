"""The evaluation at the command line."""

from __future__ import annotations

import pytest

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.reference import load_reference
from tests.tenants.refusals import run
from tests.years import next_year


@pytest.fixture(scope="module", autouse=True)
def reference(database) -> None:
    """The shipped guides."""
    run(database, Scope(Door.MINISTRY, NATION), load_reference)


@pytest.fixture
def year(table):
    """A round of its own."""
    year = next_year()
    due = "2031-08-29T16:59:00"
    made = table("evaluation", "open", year, "pilar-2022", due, "--scale-maximum", "4")
    assert (made["year"], made["scale_maximum"]) == (year, "4")
    assert made["self_scores_due"] == "2031-08-29T16:59:00+00:00"
    return year


def test_cities_join_a_round_and_are_listed_with_where_they_stand(table, year, make_city):
    slugs = sorted(make_city().slug for _ in range(2))
    table("evaluation", "join", year, *slugs)
    assert table("evaluation", "list", year) == [
        {"slug": slug, "state": "self_scoring", "index": None, "letter_number": None}
        for slug in slugs
    ]
    (held,) = [row for row in table("evaluation", "rounds") if row["year"] == year]
    assert (held["cities"], held["edition"]) == (2, "pilar-2022")


def test_an_unknown_city_keeps_all_away(table, year, city):
    refused = table("evaluation", "join", year, city.slug, "kota-tidak-ada", code=1)
    assert "kotacerdas city list" in refused
    assert table("evaluation", "list", year) == []


def test_what_cannot_be_is_refused_in_words(table, year):
    assert "kotacerdas evaluation open" in table("evaluation", "list", 2018, code=1)
    again = table("evaluation", "open", year, "pilar-2022", "2031-01-02", code=1)
    assert again.startswith(f"Evaluasi tahun {year} sudah ada")
    odd = ("evaluation", "open", 2019, "pilar-2022", "2031-01-02", "--scale-maximum", "lima")
    assert table(*odd, code=1).startswith("lima bukan angka")


def test_tasks_are_listed_and_counted(table, year, city):
    table("evaluation", "join", year, city.slug)
    (task,) = table("task", "list", city.slug)
    assert (task["kind"], task["owner"], task["overdue"]) == ("self_score", "city_admin", False)
    assert table("task", "list", city.slug, "--overdue") == []
    counted = {"owner": "city_admin", "unit": None, "open": 1, "overdue": 0}
    assert table("task", "count", city.slug) == [counted]
