"""Rounds and who takes part."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tenants.editions.models import GuideEdition
from tenants.evaluation.models import EvaluationState
from tenants.notifications.models import Notification
from tests.tenants.evaluation.conftest import free_year, opened
from tests.tenants.refusals import refused, run


def test_a_city_takes_part_by_the_ministrys_word_and_is_told(desk):
    row = desk.row()
    assert (row.state, row.version) == (EvaluationState.SELF_SCORING, 1)
    mine = select(Notification.data).where(
        Notification.tenant_id == desk.city.id, Notification.kind == "evaluation_opened"
    )
    (facts,) = run(desk.database, desk.admin, lambda s: s.scalars(mine).all())
    assert facts == {"year": str(desk.year), "due_at": "2031-08-29T16:59:00+00:00"}


def test_taking_part_twice_is_refused(desk):
    refused(desk.database, desk.ministry, desk.taking_part(), "ALREADY_EVALUATED")


def test_only_the_ministry_opens_rounds_and_names_who_takes_part(desk):
    refused(desk.database, desk.admin, opened(2099), "FORBIDDEN")
    refused(desk.database, desk.admin, desk.taking_part(), "FORBIDDEN")


def test_a_year_has_one_round(desk):
    refused(desk.database, desk.nation, opened(desk.year), "EVALUATION_ROUND_EXISTS")


def test_all_faults_of_a_round_are_told_at_once(desk):
    no_zone = datetime(2031, 8, 29)
    rule = opened(1999, scale_maximum=Decimal(0), self_score_due_at=no_zone, objection_days=0)
    errors = refused(desk.database, desk.nation, rule, *["INVALID"] * 4)
    places = ["year", "scaleMaximum", "selfScoreDueAt", "objectionDays"]
    assert [error.path for error in errors] == [(place,) for place in places]


def test_an_unknown_guide_is_answered_with_those_that_are_there(desk):
    rule = opened(2098, edition_code="pilar-1999")
    (error,) = refused(desk.database, desk.nation, rule, "EDITION_UNKNOWN")
    assert "pilar-2022" in error.text("en")


def test_a_guide_without_parts_cannot_be_an_instrument(desk):
    code = f"tanpa-bagian-{desk.year}"
    run(desk.database, desk.nation, lambda s: s.add(GuideEdition(code=code, name="X", rules={})))
    rule = opened(2097, edition_code=code)
    refused(desk.database, desk.nation, rule, "EDITION_WITHOUT_INSTRUMENT")


@pytest.mark.parametrize("maximum", ["4", "100", "4.5"])
def test_the_scale_is_data(desk, maximum):
    year = free_year(desk.database)
    row = run(desk.database, desk.nation, opened(year, scale_maximum=Decimal(maximum)))
    assert row.scale_maximum == Decimal(maximum)
