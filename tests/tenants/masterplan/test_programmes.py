"""Programmes: added, changed, refused, summed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.errors import Forbidden, StaleVersion
from kotacerdas.identity.policy import Role
from tenants.cities.models import Unit
from tenants.masterplan import missions, programmes
from tenants.masterplan.draft import BudgetLine, TargetLine
from tenants.masterplan.models import BudgetSource, Horizon, Programme
from tests.predicate.hook import suspended
from tests.tenants.masterplan.planning import codes, draft, whole

APBD, CSR = BudgetSource.APBD, BudgetSource.CSR
SHORT = Horizon.SHORT


def budget(year: int, amount: str = "1", source: BudgetSource = APBD) -> BudgetLine:
    return BudgetLine(year, source, Decimal(amount))


def test_a_programme_keeps_all_its_fields(planning):
    plan_id = planning.plan().id
    texts = [("Satu", ["Sasaran"])]
    planning.run(missions.write_missions, plan_id, missions=texts, expected_version=1)
    fields = {
        "name": "Bukittinggi Hebat",
        "goal_id": planning.goals(plan_id)[0][1],
        "permendagri_code": " 2.16.02. ",
        "description": "Satu basis data warga.",
        "sub_dimension": "Pelayanan",
        "activity": "Integrasi data",
        "partners": "Universitas",
        "place": "Seluruh kecamatan",
        "indicator": "Data terintegrasi",
        "indicator_unit": "persen",
        "baseline": Decimal("12.5000"),
        "horizon": SHORT,
        "is_new": False,
        "is_quick_win": True,
        "sdgs": [16, 9, 9],
        "supporting_unit_ids": [planning.city.unit("Dinas Sosial")],
        "targets": [TargetLine(2024, Decimal(60)), TargetLine(2023, Decimal(30))],
        "budgets": [budget(2023, "1500000000.50"), budget(2023, "0", CSR), budget(2024, "2")],
    }
    stored = draft(planning, planning.programme(plan_id, **fields))
    assert stored.permendagri_code == "2.16.02"
    assert stored.goal_id == fields["goal_id"]
    assert stored.sdgs == [9, 16]
    assert [line.year for line in stored.targets] == [2023, 2024]
    assert stored.budgets == tuple(fields["budgets"])
    assert (stored.baseline, stored.horizon, stored.is_new) == (Decimal("12.5"), SHORT, False)
    assert stored.is_quick_win
    assert (stored.place, stored.activity) == ("Seluruh kecamatan", "Integrasi data")


REFUSED = [
    ({"lead_unit_id": None}, "LEAD_UNIT_MISSING", ("leadUnitId",)),
    ({"lead_unit_id": uuid4()}, "NOT_FOUND", ("leadUnitId",)),
    ({"supporting_unit_ids": [uuid4()]}, "NOT_FOUND", ("supportingUnitIds", "0")),
    ({"name": " "}, "INVALID", ("name",)),
    ({"description": "x" * 10_001}, "INVALID", ("description",)),
    ({"sub_dimension": "a\x00"}, "INVALID", ("subDimension",)),
    ({"goal_id": uuid4()}, "GOAL_NOT_OF_PLAN", ("goalId",)),
    ({"permendagri_code": "2.16.2"}, "PERMENDAGRI_CODE_MALFORMED", ("permendagriCode",)),
    ({"permendagri_code": "2"}, "PERMENDAGRI_CODE_MALFORMED", ("permendagriCode",)),
    ({"permendagri_code": "123.01"}, "PERMENDAGRI_CODE_MALFORMED", ("permendagriCode",)),
    ({"permendagri_code": "2.16.02\n"}, "PERMENDAGRI_CODE_MALFORMED", ("permendagriCode",)),
    ({"permendagri_code": "٢.16.02"}, "PERMENDAGRI_CODE_MALFORMED", ("permendagriCode",)),
    ({"sdgs": [1, 18]}, "SDG_UNKNOWN", ("sdgs", "1")),
    ({"sdgs": [0]}, "SDG_UNKNOWN", ("sdgs", "0")),
    ({"baseline": Decimal("NaN")}, "INVALID", ("baseline",)),
    ({"baseline": Decimal("1.23456")}, "INVALID", ("baseline",)),
    ({"targets": [TargetLine(2022, Decimal(1))]}, "YEAR_OUTSIDE_PERIOD", ("targets", "0", "year")),
    ({"targets": [TargetLine(2023, Decimal(10) ** 16)]}, "INVALID", ("targets", "0", "value")),
    ({"targets": [TargetLine(2023, Decimal(1))] * 2}, "TARGET_TWICE", ("targets", "1")),
    (
        {"budgets": [budget(2023), budget(2024), budget(2028)]},
        "YEAR_OUTSIDE_PERIOD",
        ("budgets", "2", "year"),
    ),
    ({"budgets": [budget(2023), budget(2023)]}, "BUDGET_TWICE", ("budgets", "1")),
    ({"budgets": [budget(2023, "-0.01")]}, "BUDGET_NEGATIVE", ("budgets", "0", "amountRupiah")),
    ({"budgets": [budget(2023, "1e18")]}, "BUDGET_TOO_LARGE", ("budgets", "0", "amountRupiah")),
    ({"budgets": [budget(2023, "Infinity")]}, "BUDGET_TOO_LARGE", ("budgets", "0", "amountRupiah")),
    ({"budgets": [budget(2023, "0.001")]}, "BUDGET_TOO_PRECISE", ("budgets", "0", "amountRupiah")),
    (
        {"budgets": [budget(2023, "1." + "0" * 40 + "1")]},
        "BUDGET_TOO_PRECISE",
        ("budgets", "0", "amountRupiah"),
    ),
    ({"is_quick_win": True, "baseline": Decimal(1)}, "QUICK_WIN_LATE", ("horizon",)),
    (
        {
            "is_quick_win": True,
            "baseline": Decimal(1),
            "horizon": SHORT,
            "budgets": [budget(2024), budget(2025)],
        },
        "QUICK_WIN_LATE",
        ("budgets", "1", "year"),
    ),
    (
        {"horizon": SHORT, "budgets": [budget(2023), budget(2024)]},
        "HORIZON_EXCEEDED",
        ("budgets", "1", "year"),
    ),
    ({"is_quick_win": True, "horizon": SHORT}, "QUICK_WIN_BASELINE_MISSING", ("baseline",)),
]


@pytest.mark.parametrize(("fields", "code", "path"), REFUSED)
def test_each_broken_rule_has_its_code_and_path(planning, fields, code, path):
    plan_id = planning.plan().id
    named = {"name": "Program", "lead_unit_id": planning.unit_id, **whole(), **fields}
    pillar = planning.pillars["government"]
    errors = planning.refused(programmes.create_programme, plan_id, dimension_id=pillar, **named)
    assert [(error.code, error.path) for error in errors] == [(code, path)]


def test_the_largest_amount_that_fits_is_stored_exactly(planning):
    largest = budget(2023, "999999999999999999.99")
    programme = planning.programme(planning.plan().id, budgets=[largest])
    assert draft(planning, programme).budgets == (largest,)


def test_all_faults_are_told_at_once(planning):
    plan_id = planning.plan().id
    errors = planning.refused(
        programmes.create_programme,
        plan_id,
        dimension_id=planning.pillars["people"],
        name="",
        permendagri_code="x",
        sdgs=[99],
        budgets=[budget(2022, "-1")],
    )
    assert codes(errors) == [
        "INVALID",
        "LEAD_UNIT_MISSING",
        "PERMENDAGRI_CODE_MALFORMED",
        "SDG_UNKNOWN",
        "YEAR_OUTSIDE_PERIOD",
        "BUDGET_NEGATIVE",
    ]


def test_the_lead_unit_is_none_of_its_helpers_and_no_helper_comes_twice(planning):
    plan_id, helper = planning.plan().id, planning.city.unit()
    programme = planning.programme(plan_id)
    errors = planning.refused(
        programmes.update_programme,
        programme.id,
        expected_version=1,
        supporting_unit_ids=[helper, planning.unit_id, helper],
    )
    assert [(error.code, error.path[1]) for error in errors] == [
        ("LEAD_UNIT_SUPPORTS", "1"),
        ("SUPPORTING_UNIT_TWICE", "2"),
    ]


def test_a_unit_that_has_ended_is_given_no_programme_but_keeps_the_old(planning):
    plan_id, ended = planning.plan().id, planning.city.unit("Dinas Lama")
    kept = planning.programme(plan_id, lead_unit_id=ended)
    key = (planning.city.id, ended)

    def end(session):
        session.get_one(Unit, key).valid_to = date(2024, 7, 1)

    planning.run(end)
    named = {"name": "Program", **whole(), "lead_unit_id": planning.unit_id}
    for field, value, path in (
        ("lead_unit_id", ended, ("leadUnitId",)),
        ("supporting_unit_ids", [ended], ("supportingUnitIds", "0")),
    ):
        pillar = planning.pillars["people"]
        asked = {**named, field: value}
        errors = planning.refused(
            programmes.create_programme, plan_id, dimension_id=pillar, **asked
        )
        assert [(error.code, error.path) for error in errors] == [("UNIT_ENDED", path)]
    changed = planning.run(
        programmes.update_programme, kept.id, expected_version=1, place="Pasar Atas"
    )
    assert changed.lead_unit_id == ended


def test_the_quick_win_rule_looks_at_old_and_new_fields_together(planning):
    plan_id = planning.plan().id
    programme = planning.programme(plan_id, horizon=SHORT, baseline=Decimal(0))
    win = planning.run(
        programmes.update_programme, programme.id, expected_version=1, is_quick_win=True
    )
    assert win.is_quick_win
    errors = planning.refused(
        programmes.update_programme, win.id, expected_version=2, budgets=[budget(2026)]
    )
    assert codes(errors) == ["QUICK_WIN_LATE"]
    assert "2023-2024" in errors[0].text("en")


def test_a_pillar_of_another_edition_is_refused(planning):
    plan_id = planning.plan().id
    errors = planning.refused(programmes.create_programme, plan_id, dimension_id=uuid4(), **whole())
    assert codes(errors) == ["DIMENSION_NOT_IN_EDITION"]
    assert "Smart Economy" in errors[0].text("id")


def test_lists_are_replaced_whole_and_other_fields_stay(planning):
    programme = planning.programme(planning.plan().id)
    changed = planning.run(
        programmes.update_programme,
        programme.id,
        expected_version=1,
        budgets=[budget(2025, "7"), budget(2025, "8", CSR)],
    )
    assert changed.version == 2
    stored = draft(planning, programme)
    assert stored.budgets == (budget(2025, "7"), budget(2025, "8", CSR))
    assert len(stored.targets) == 2
    assert stored.name == "Program government"


def test_a_change_that_changes_nothing_leaves_the_version(planning):
    programme = planning.programme(planning.plan().id)
    before = planning.traces()
    same = planning.run(
        programmes.update_programme, programme.id, expected_version=1, name=programme.name
    )
    assert (same.version, planning.traces()) == (1, before)


def test_a_stale_version_is_refused(planning):
    programme = planning.programme(planning.plan().id)
    rule = programmes.update_programme
    planning.run(rule, programme.id, expected_version=1, place="Pasar Atas")
    errors = planning.refused(rule, programme.id, expected_version=1, place="Pasar Bawah")
    assert isinstance(errors[0], StaleVersion)


def test_another_citys_rows_look_missing(planning, make_planning):
    other = make_planning()
    foreign_plan = other.plan().id
    foreign = other.programme(foreign_plan)
    planning.plan()
    assert codes(planning.refused(programmes.place, other.innovation())) == ["NOT_FOUND"]
    asked = {"dimension_id": planning.pillars["people"], **whole()}
    errors = planning.refused(programmes.create_programme, foreign_plan, **asked)
    assert codes(errors) == ["NOT_FOUND"]
    errors = planning.refused(programmes.update_programme, foreign.id, expected_version=1)
    assert codes(errors) == ["NOT_FOUND"]
    fields = {"lead_unit_id": other.unit_id}
    errors = planning.refused(programmes.place, planning.innovation(), **fields)
    assert [(error.code, error.path) for error in errors] == [("NOT_FOUND", ("leadUnitId",))]


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.EXPERT, Role.REGION_HEAD])
def test_only_planners_write_programmes(planning, role):
    plan_id = planning.plan().id
    programme, stranger = planning.programme(plan_id), planning.city.scope(role)
    pillar = planning.pillars["people"]
    for rule, row_id, asked in (
        (programmes.place, planning.innovation(), {}),
        (programmes.create_programme, plan_id, {"dimension_id": pillar}),
        (programmes.update_programme, programme.id, {"expected_version": 1}),
    ):
        assert isinstance(planning.refused(rule, row_id, scope=stranger, **asked)[0], Forbidden)


def test_another_city_reads_no_programme(planning, make_planning):
    programme = planning.programme(planning.plan().id)
    seen = select(Programme.id).where(Programme.id == programme.id)
    other = make_planning()
    with suspended():
        assert other.run(lambda session: session.scalar(seen)) is None
