"""Cohorts are planned, changed and opened; cities are invited into open ones."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from tenants.cities.participation import invite
from tenants.editions import cohorts, editing
from tenants.editions.models import CohortState
from tests.tenants.editions.conftest import begin
from tests.tenants.refusals import refused, run


def changing(cohort, **changes):
    return lambda s: cohorts.update(s, cohort.id, expected_version=cohort.version, changes=changes)


def opening(cohort):
    return lambda s: cohorts.open_cohort(s, cohort.id, expected_version=cohort.version)


def test_a_cohort_follows_no_draft(database, nation, draft):
    refused(database, nation, begin(draft), "EDITION_NOT_ACTIVE")


def test_a_cohort_is_planned_once_for_one_key(database, nation, active):
    key = str(uuid4())
    rule = begin(active, idempotency_key=key)
    first, second = run(database, nation, rule), run(database, nation, rule)
    assert first.id == second.id
    assert first.state is CohortState.PLANNED


def test_a_cohort_is_changed_in_theme_quota_and_date(database, nation, active, begun):
    cohort = begun(active)
    day = date(cohort.year, 10, 31)
    rule = changing(cohort, theme=" Kota untuk semua ", quota=12, target_date=day)
    done = run(database, nation, rule)
    assert (done.theme, done.quota, done.target_date) == ("Kota untuk semua", 12, day)
    early = changing(done, quota=0, theme="x" * 201, target_date=date(cohort.year - 1, 1, 1))
    faults = refused(database, nation, early, *["INVALID"] * 3)
    assert [fault.path for fault in faults] == [("quota",), ("targetDate",), ("theme",)]
    refused(database, nation, changing(cohort, quota=5), "STALE_VERSION")


def test_a_year_has_one_cohort_and_four_digits(database, nation, active, begun):
    year = begun(active).year
    refused(database, nation, begin(active, year=year), "COHORT_EXISTS")
    for wrong in (1999, 10_000):
        refused(database, nation, begin(active, year=wrong), "INVALID")


def test_a_planned_cohort_may_follow_another_edition_and_an_open_one_may_not(
    database, nation, active, begun, make_active
):
    cohort, other = begun(active), make_active()
    moved = run(database, nation, changing(cohort, edition_id=other.id))
    assert moved.edition_id == other.id
    run(  # nobody follows it any more
        database,
        nation,
        lambda s: editing.update(
            s, active.id, changes={"source": ""}, expected_version=active.version
        ),
    )
    held = run(database, nation, opening(moved))
    (fault,) = refused(database, nation, changing(held, edition_id=active.id), "COHORT_OPENED")
    assert fault.text("id").endswith(f"Pakai edisi {other.code}.")


def test_a_cohort_opens_once_and_only_under_an_active_edition(database, nation, active, begun):
    cohort = begun(active)
    gone = run(
        database, nation, lambda s: editing.retire(s, active.id, expected_version=active.version)
    )
    (fault,) = refused(database, nation, opening(cohort), "EDITION_NOT_ACTIVE")
    assert "sudah dihentikan" in fault.text("id")
    run(database, nation, lambda s: editing.activate(s, gone.id, expected_version=gone.version))
    held = run(database, nation, opening(cohort))
    assert held.state is CohortState.OPEN
    assert run(database, nation, opening(held)).version == held.version


def test_nobody_is_invited_into_a_planned_cohort(database, nation, active, begun, city, ministry):
    cohort = begun(active)
    rule = lambda s: invite(s, cohort_year=cohort.year, occurred_on=date(2022, 2, 1))  # noqa: E731
    (fault,) = refused(database, ministry(city.id), rule, "COHORT_NOT_OPEN")
    assert fault.path == ("cohortYear",)
    run(database, nation, opening(cohort))
    assert run(database, ministry(city.id), rule).cohort_id == cohort.id


@pytest.mark.parametrize("rule", [changing, opening])
def test_a_city_manages_no_cohort(database, active, begun, city, rule):
    refused(database, city.scope(), rule(begun(active)), "FORBIDDEN")
