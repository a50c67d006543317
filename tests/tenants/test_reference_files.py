"""The reference files: complete, with sources, and counted honestly."""

from __future__ import annotations

import csv
import re
from collections import Counter
from decimal import Decimal

import pytest

from tests.tenants.reference_files import FOLDER, PILLARS, Cohorts, Editions, read


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_the_register_has_514_regions_with_unique_codes() -> None:
    regions = rows("regions.csv")
    assert Counter(row["kind"] for row in regions) == {
        "KABUPATEN": 415,
        "KOTA": 93,
        "KOTA_ADMINISTRASI": 5,
        "KABUPATEN_ADMINISTRASI": 1,
    }
    assert len({row["kemendagri_code"] for row in regions}) == len(regions) == 514
    assert all(re.fullmatch(r"\d\d\.\d\d", row["kemendagri_code"]) for row in regions)


def test_every_region_has_a_zone_a_position_and_says_where_the_position_is_from() -> None:
    regions = rows("regions.csv")
    assert {row["timezone"] for row in regions} == {
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    }
    assert Counter(row["position"] for row in regions) == {"geonames": 493, "approximate": 21}
    assert all(95 < float(row["longitude"]) < 141.1 for row in regions)
    assert all(-11.1 < float(row["latitude"]) < 6.1 for row in regions)


def test_26_names_belong_to_a_kabupaten_and_a_kota() -> None:
    bare = Counter(row["name"].split(" ", 1)[1] for row in rows("regions.csv"))
    assert sum(count > 1 for count in bare.values()) == 26


def test_named_participations_are_regions_and_say_their_source() -> None:
    named = rows("cohorts.csv")
    names = {row["kemendagri_code"]: row["name"] for row in rows("regions.csv")}
    assert all(names[row["kemendagri_code"]] == row["name"] for row in named)
    assert all(row["source"] for row in named)
    assert len({(row["cohort_year"], row["kemendagri_code"]) for row in named}) == len(named)
    known = {"2017": 25, "2018": 50, "2019": 6, "2021": 16, "2022": 4, "2023": 23}
    assert Counter(row["cohort_year"] for row in named) == known


def test_198_participations_are_191_regions_because_7_were_repeats() -> None:
    data = read(Cohorts, "cohorts.json")
    announced = [cohort for cohort in data.cohorts if cohort.year <= 2022]
    assert [(cohort.year, cohort.quota) for cohort in announced] == [
        (2017, 25),
        (2018, 50),
        (2019, 25),
        (2021, 48),
        (2022, 50),
    ]
    participations = sum(cohort.quota for cohort in announced)
    repeats = sum(cohort.repeats or 0 for cohort in announced)
    assert (participations, repeats, participations - repeats) == (198, 7, 191)
    totals = {total.through_year: total for total in data.announced_totals}
    assert (totals[2022].participations, totals[2022].regions) == (198, 191)
    assert (totals[2021].participations, totals[2021].regions) == (148, 141)


def test_a_cohort_never_names_more_regions_than_its_quota() -> None:
    named = Counter(int(row["cohort_year"]) for row in rows("cohorts.csv"))
    cohorts = read(Cohorts, "cohorts.json").cohorts
    assert {cohort.year for cohort in cohorts} == set(named)
    assert all(named[cohort.year] <= cohort.quota for cohort in cohorts)


def test_each_stated_fact_of_a_cohort_has_a_source_and_what_is_unknown_is_null() -> None:
    for cohort in read(Cohorts, "cohorts.json").cohorts:
        stated = {
            field
            for field in ("signed", "finished", "theme", "target_date")
            if getattr(cohort, field) is not None
        }
        repeated = {"repeats"} if cohort.repeats else set()
        assert {fact.field for fact in cohort.facts} >= {"quota", "edition"} | stated | repeated
    by_year = {cohort.year: cohort for cohort in read(Cohorts, "cohorts.json").cohorts}
    assert (by_year[2017].signed, by_year[2017].finished) == (25, 24)
    assert by_year[2023].repeats is None
    dated = {
        year: str(cohort.target_date) for year, cohort in by_year.items() if cohort.target_date
    }
    assert dated == {2022: "2022-10-31"}


def test_the_two_editions_hold_six_dimensions_each() -> None:
    pillars, guide = read(Editions, "editions.json").editions
    assert [dimension.code for dimension in pillars.dimensions] == list(PILLARS)
    assert {dimension.code: len(dimension.sub_dimensions) for dimension in guide.dimensions} == {
        "governance": 3,
        "branding": 3,
        "economy": 3,
        "living": 3,
        "society": 3,
        "environment": 3,
    }
    for edition in (pillars, guide):
        assert [dimension.ordinal for dimension in edition.dimensions] == [1, 2, 3, 4, 5, 6]
        assert [len(book.chapters) for book in edition.books] == [5, 6, 4]
        assert [stage.ordinal for stage in edition.bimtek] == [1, 2, 3, 4]
        assert (edition.quick_win.minimum, edition.quick_win.maximum) == (None, None)


def test_every_pillar_is_an_alias_in_the_guide_and_branding_has_no_counterpart() -> None:
    guide = read(Editions, "editions.json").editions[1]
    aliases = {
        alias: dimension.code
        for dimension in guide.dimensions
        for alias in (
            *dimension.aliases,
            *(alias for sub in dimension.sub_dimensions for alias in sub.aliases),
        )
    }
    assert aliases == {
        "government": "governance",
        "people": "society",
        "mobility": "living",
        "living": "living",
        "economy": "economy",
        "environment": "environment",
    }


@pytest.mark.parametrize(
    ("parts", "published"),
    [("3.60 3.21 3.23 3.07 3.65", "3.31"), ("3.84 3.18 3.53 3.63 3.35", "3.48")],
    ids=["Kediri 2022", "Jambi 2024"],
)
def test_the_evaluation_weights_reproduce_published_results(parts: str, published: str) -> None:
    for edition in read(Editions, "editions.json").editions:
        weights = [part.weight for part in edition.evaluation.parts]
        assert weights == [10, 20, 30, 20, 20]
        index = sum(
            Decimal(score) * weight for score, weight in zip(parts.split(), weights, strict=True)
        )
        assert abs(index / 100 - Decimal(published)) <= Decimal("0.01")
