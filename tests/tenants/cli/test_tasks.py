"""What cities have to do, at the command line."""

from __future__ import annotations

from datetime import UTC, datetime

from tenants.cities.deadlines import set_deadline
from tests.graphql_schema.places import YEAR, participation
from tests.tenants.refusals import run


def deadline(database, city, due_at, name):
    place = participation(database, city)
    rule = lambda s: set_deadline(s, place, name=name, due_at=due_at)  # noqa: E731
    run(database, city.scope(), rule)


def test_a_citys_tasks_are_listed_counted_and_rolled_up(table, database, city):
    deadline(database, city, datetime(2022, 10, 31, tzinfo=UTC), "Buku 1")
    deadline(database, city, datetime(2031, 10, 31, tzinfo=UTC), "Buku 2")
    dated = [row for row in table("task", "list", city.slug) if row["kind"] == "deadline"]
    assert [(row["title"], row["overdue"]) for row in dated] == [
        ("Buku 1", True),
        ("Buku 2", False),
    ]
    late = table("task", "list", city.slug, "--overdue")
    assert [row["title"] for row in late] == ["Buku 1"]
    (mine,) = [row for row in table("task", "count", city.slug) if row["owner"] == "city_admin"]
    assert mine["overdue"] == 1
    rolled = {(row["year"], row["owner"]): row for row in table("task", "national")}
    nation = rolled[YEAR, "city_admin"]
    assert nation["overdue"] >= nation["late_cities"] >= 1
    assert nation["open"] >= 2


def test_tasks_of_an_unknown_city_are_refused_with_the_way_to_the_list(table):
    assert "kotacerdas city list" in table("task", "list", "kota-tidak-ada", code=1)
