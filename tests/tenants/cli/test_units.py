"""Departments at the console: listed with who followed them, reorganised, refused in words."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Role
from tests.graphql_schema.places import innovation

ON = ("--on", "2024-07-01")


@pytest.fixture
def units(city):
    """Two departments."""
    return {name: city.unit(f"Dinas {name}", name) for name in ("Satu", "Dua")}


def short_names(table, city, *options):
    rows = table("unit", "list", city.slug, *options)
    return {row["short_name"]: row["successors"] for row in rows}


def test_a_renamed_department_is_followed_by_one_of_the_same_short_name(table, city, units):
    done = table("unit", "rename", city.slug, "satu", "Dinas Satu Baru", *ON)
    assert (done["kind"], done["ended"], done["successors"]) == ("rename", "satu", "satu")
    (row,) = [row for row in table("unit", "list", city.slug) if row["name"] == "Dinas Satu Baru"]
    assert (row["from"], row["to"]) == ("2024-07-01", None)


def test_departments_are_merged_into_a_new_one_or_one_that_is_there(table, city, units):
    table("unit", "merge", city.slug, "Satu", "Dua", "--into", "Tiga", "--name", "Dinas Tiga", *ON)
    assert short_names(table, city) == {"Tiga": ""}
    assert short_names(table, city, "--ended") == {"Satu": "Tiga", "Dua": "Tiga", "Tiga": ""}
    city.unit("Dinas Empat", "Empat")
    table("unit", "merge", city.slug, "Tiga", "--into", "Empat", "--on", "2024-08-01")
    assert short_names(table, city) == {"Empat": ""}


def test_a_split_gives_each_part_what_it_is_told(table, database, city, units):
    stays = innovation(database, city, unit_id=units["Satu"], name="Tetap")
    goes = innovation(database, city, unit_id=units["Satu"], name="Pindah")
    work = table("unit", "work", city.slug, "Satu")
    assert {row["id"]: row["name"] for row in work} == {str(stays): "Tetap", str(goes): "Pindah"}
    parts = ("--into", "Tiga=Dinas Tiga", "--into", "Dua", "--move", f"{goes}=Dua")
    done = table("unit", "split", city.slug, "Satu", *parts, *ON)
    assert done["successors"] == "Tiga, Dua"
    for name, idea in (("Tiga", "Tetap"), ("Dua", "Pindah")):
        assert [row["name"] for row in table("unit", "work", city.slug, name)] == [idea]


def test_a_department_ends_only_without_open_work(table, database, city, units):
    innovation(database, city, unit_id=units["Satu"])
    refusal = table("unit", "end", city.slug, "Satu", *ON, code=1)
    assert "1 inovasi terbuka" in refusal
    city.person(Role.UNIT_HEAD, units["Dua"])
    assert table("unit", "end", city.slug, "Dua", *ON)["successors"] == ""
    assert short_names(table, city) == {"Satu": ""}


def test_what_cannot_be_meant_is_refused_with_what_to_write(table, city, units):
    unknown = table("unit", "end", city.slug, "Entah", *ON, code=1)
    assert "kotacerdas unit list" in unknown
    parts = ("--into", "A=Dinas A", "--into", "B=Dinas B")
    move = table("unit", "split", city.slug, "Satu", *parts, "--move", "x=A", *ON, code=1)
    assert "ID=" in move
    assert short_names(table, city) == {"Satu": "", "Dua": ""}
