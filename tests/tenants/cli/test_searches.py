"""Search and overview at the command line."""

from __future__ import annotations

import os
from uuid import uuid4

from tests.graphql_schema.places import innovation
from tests.graphql_schema.published import item


def test_a_search_lists_what_was_found_in_every_city(table, database, make_city):
    word = f"q{uuid4().hex}"
    one, two = make_city(), make_city()
    innovation(database, one, name=f"Rahasia {word}")
    item(database, two, f"Terbit {word}")
    (row,) = table("search", word)
    assert (row["name"], row["city"], row["published"]) == (f"Rahasia {word}", one.slug, "no")
    (row,) = table("search", word, "--published", "--province", "uji", "--kind", "innovation")
    assert row == {
        "name": f"Terbit {word}",
        "kind": "innovation",
        "city": two.slug,
        "unit": "Dinas Perhubungan",
        "published": "yes",
    }
    assert table("search", word, "--region", "13.75") == []


def test_a_search_without_a_word_says_what_to_write(table):
    assert "misalnya e-parkir" in table("search", "!?", code=1)


def test_the_overview_shows_every_part_for_people_and_for_programs(call, table, database, city):
    innovation(database, city)
    parts = table("national", "overview")
    assert list(parts) == [
        "stages",
        "late",
        "overdue",
        "activity",
        "innovations",
        "budgets",
        "comparison",
    ]
    assert city.slug in {row["city"] for row in parts["activity"]}
    assert city.slug in {row["city"] for row in parts["comparison"]}
    given = {name: v for name, v in os.environ.items() if name.startswith("KOTACERDAS_")}
    shown = call("national", "overview", variables=given).output
    assert "stages (" in shown
    assert "add --json to see all" in shown or "more:" not in shown
