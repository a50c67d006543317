"""Participations from the command line."""

from __future__ import annotations

import pytest

from tests.tenants.participating import ensure_reference


@pytest.fixture
def slug(database, city) -> str:
    ensure_reference(database)
    return city.slug


def test_an_operator_invites_a_city_and_leads_it_on(table, slug):
    table("participation", "invite", slug, 2022, "--on", "2022-02-01")
    moved = table("participation", "advance", slug, "withdrawn", "--on", "2022-03-01")
    assert (moved["stage"], moved["next"], moved["version"]) == ("withdrawn", [], 2)
    assert [row["stage"] for row in table("participation", "list", slug)] == ["withdrawn"]


def test_what_a_stage_waits_for_is_listed_with_whose_turn_it_is(table, slug):
    table("participation", "invite", slug, 2022, "--on", "2022-02-01")
    (row,) = table("participation", "missing", slug, "--stage", "committed")
    assert (row["code"], row["owner"]) == ("COMMITMENT_MISSING", "city_admin")
    assert row["missing"].startswith("Nota kesepakatan belum dicatat.")


def test_a_city_that_was_not_invited_is_told_how(table, slug):
    told = table("participation", "missing", slug, code=1)
    assert told.strip().endswith("Undang dengan `kotacerdas participation invite`.")
