"""Writing an innovation."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from uuid_utils.compat import uuid7

from tenants.cities.models import Unit
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort, Dimension
from tenants.submissions import drafting
from tenants.submissions.content import ANCHORS, REQUIRED, TEXTS
from tenants.submissions.models import Innovation, Maturity
from tenants.submissions.states import TAKING
from tenants.submissions.texts import FIELDS, STATES, STEPS
from tenants.submissions.workflow import InnovationState
from tests.tenants.refusals import refused


def change(row, version=1, **changes):
    return lambda s: drafting.update(s, row.id, expected_version=version, changes=changes)


def test_every_state_and_field_has_a_name_in_both_languages():
    assert set(STATES) == set(STEPS) == set(InnovationState)
    assert set(FIELDS) == set(ANCHORS)
    assert set(REQUIRED) <= set(TEXTS) < set(ANCHORS)


def test_a_draft_needs_little_and_belongs_to_who_wrote_it(desk):
    texts = dict.fromkeys(TEXTS, "")
    row = desk.drafted(**texts, budget_rupiah=Decimal(0))
    assert (row.state, row.revision, row.version) == (InnovationState.DRAFT, 0, 1)
    assert row.created_by == desk.scopes["operator"].person_id


def test_a_repeated_call_with_one_key_makes_one_draft(desk):
    key = {"idempotency_key": "draft-key"}
    assert desk.drafted(**key).id == desk.drafted(**key).id
    refused(
        desk.database,
        desk.scopes["operator"],
        desk.draft(name="Lain", **key),
        "IDEMPOTENCY_KEY_REUSED",
    )
    count = select(func.count()).where(Innovation.tenant_id == desk.city.id)
    assert desk.run("admin", lambda s: s.scalar(count)) == 1


def test_all_fields_that_are_refused_are_named_at_once(desk):
    hostile = desk.draft(
        name=" ", problem="x" * 10_001, risks="a\x00b", budget_rupiah=Decimal("-1")
    )
    errors = refused(
        desk.database, desk.scopes["operator"], hostile, "INVALID", "INVALID", "INVALID", "INVALID"
    )
    assert {error.path for error in errors} == {
        ("name",),
        ("problem",),
        ("risks",),
        ("budgetRupiah",),
    }


@pytest.mark.parametrize(
    "amount", ["0.001", "1000000000000000000", "NaN"], ids=["sen", "large", "nan"]
)
def test_a_budget_outside_its_limits_is_refused(desk, amount):
    rule = desk.draft(budget_rupiah=Decimal(amount))
    (error,) = refused(desk.database, desk.scopes["operator"], rule, "INVALID")
    assert error.path == ("budgetRupiah",)


def test_a_name_of_200_signs_passes_and_markup_stays_text(desk):
    assert len(desk.drafted(name="x" * 200).name) == 200
    assert desk.drafted(name="<script>alert(1)</script>").name == "<script>alert(1)</script>"
    rule = desk.draft(name="x" * 201)
    refused(desk.database, desk.scopes["operator"], rule, "INVALID")


def test_a_pillar_of_another_edition_is_refused_and_the_fitting_ones_are_named(desk):
    of_2022 = select(Cohort.edition_id).where(Cohort.year == 2022).scalar_subquery()
    foreign = select(Dimension.id).where(Dimension.edition_id != of_2022).limit(1)
    dimension_id = desk.run("admin", lambda s: s.scalars(foreign).one())
    row = desk.drafted()
    for rule in (
        desk.draft(dimension_id=dimension_id),
        desk.draft(dimension_id=uuid7()),
        change(row, dimension_id=dimension_id),
    ):
        (error,) = refused(desk.database, desk.scopes["operator"], rule, "DIMENSION_NOT_IN_EDITION")
        assert "Smart Living" in error.text("id")


@pytest.mark.parametrize("stage", sorted(set(Stage) - TAKING))
def test_a_participation_outside_its_stages_takes_no_draft(desk, stage):
    desk.stage(stage)
    (error,) = refused(desk.database, desk.scopes["operator"], desk.draft(), "SUBMISSIONS_CLOSED")
    waiting = stage in (Stage.INVITED, Stage.ASSESSED, Stage.RESERVE)
    assert ("Wait for the ministry's selection." in error.text("en")) is waiting
    assert ("Record the memorandum" in error.text("en")) is (stage is Stage.SELECTED)


def test_a_unit_writes_only_its_own(desk):
    refused(desk.database, desk.scopes["stranger"], desk.draft(), "FORBIDDEN_UNIT")
    row = desk.drafted()
    refused(desk.database, desk.scopes["stranger"], change(row, name="X"), "FORBIDDEN_UNIT")
    refused(desk.database, desk.scopes["expert"], change(row, name="X"), "FORBIDDEN")
    assert desk.run("admin", change(row, name="Diperbaiki admin")).name == "Diperbaiki admin"


def test_an_ended_unit_proposes_nothing(desk):
    def end(session):
        session.get_one(Unit, (desk.city.id, desk.unit_id)).valid_to = date(2022, 1, 1)

    desk.run("admin", end)
    refused(desk.database, desk.scopes["operator"], desk.draft(), "UNIT_ENDED")


def test_foreign_ids_look_like_missing_ones(make_desk):
    one, other = make_desk(), make_desk()
    admin, row = one.scopes["admin"], other.drafted()
    refused(one.database, admin, one.draft(unit_id=other.unit_id), "NOT_FOUND")
    refused(one.database, admin, one.draft(participation_id=other.participation_id), "NOT_FOUND")
    refused(one.database, admin, change(row, name="X"), "NOT_FOUND")


def test_a_draft_is_changed_and_only_changes_are_audited(desk):
    row = desk.drafted()
    changed = desk.run(
        "operator", change(row, name="Antrean Jujur", maturity=Maturity.TRIAL, risks=" Listrik ")
    )
    assert (changed.name, changed.risks, changed.version) == ("Antrean Jujur", "Listrik", 2)
    same = desk.run("operator", change(row, 2, name="Antrean Jujur"))
    assert same.version == 2
    refused(desk.database, desk.scopes["operator"], change(row, name="X"), "STALE_VERSION")


def test_a_field_that_is_not_the_units_cannot_be_changed(desk):
    row = desk.drafted()
    with pytest.raises(KeyError):
        desk.run("operator", change(row, state=InnovationState.ACCEPTED))
    assert desk.innovation(row.id).state is InnovationState.DRAFT


def test_what_was_submitted_is_not_edited(desk):
    row = desk.submitted()
    (error,) = refused(
        desk.database, desk.scopes["operator"], change(row, 2, name="X"), "INNOVATION_WRONG_STATE"
    )
    assert "kota mengesahkan atau mengembalikannya" in error.text("id")
