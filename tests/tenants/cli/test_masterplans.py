"""Masterplans at the console: what the demo's plan lacks, and what its version holds."""

CITY = "kota-bukittinggi"
ADMIN = "admin@bukittinggi.demo"


def test_the_demos_plan_lacks_nothing_that_blocks_and_its_advice_is_shown(data):
    items = data("masterplan", "completeness", CITY)
    assert {item["blocks"] for item in items} == {"no"}
    assert {item["code"] for item in items} >= {"SECTION_UNAPPROVED"}
    assert {item["owner"] for item in items} >= {"bappeda"}


def test_a_city_without_a_plan_is_told_how_to_begin_one(console):
    told = console("masterplan", "completeness", "kota-pariaman", code=1)
    assert "masterplanCreate" in told.output


def test_what_a_version_changed_is_listed_and_the_first_is_all_new(data, console):
    changes = data("masterplan", "diff", CITY, "1")
    assert {change["change"] for change in changes} == {"added"}
    assert {change["part"] for change in changes} == {
        "statement",
        "analysis",
        "section",
        "programme",
    }
    assert "Belum ada versi 9" in console("masterplan", "diff", CITY, "9", code=1).output


def test_the_roadmap_counts_programmes_and_money_by_pillar_horizon_and_year(data):
    rows = data("masterplan", "roadmap", CITY)
    assert {row["horizon"] for row in rows} == {"short", "medium", "long"}
    assert {row["first_years"] for row in rows if row["horizon"] == "short"} == {1}
    assert len({row["pillar"] for row in rows}) == 6
    assert all(row["programmes"] > 0 for row in rows)


def test_versions_are_listed_and_gone_on_from(data):
    (first,) = data("masterplan", "versions", CITY)
    assert (first["version"], first["set_aside"], first["adopted_by"]) == (1, "no", None)
    kept = data("masterplan", "fork", CITY, "1", "--as", ADMIN)
    assert kept == {"working_copy_of": 1, "kept_as": 1}


def test_freezing_what_has_not_changed_and_adopting_too_early_are_refused(console):
    told = console("masterplan", "freeze", CITY, "--as", ADMIN, code=1).output
    assert "sama dengan versi 1" in told
    told = console("masterplan", "adopt", CITY, "41/2022", "--as", ADMIN, code=1).output
    assert "regulationRecord" in told
    told = console("masterplan", "fork", CITY, "7", "--as", ADMIN, code=1).output
    assert "kotacerdas masterplan versions" in told
