"""The city's own scores."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.evaluation import self_scoring
from tenants.evaluation.models import EvaluationResult, EvaluationState, ResultKind, SelfScore
from tests.tenants.refusals import refused, run


def submit(desk):
    version = desk.row().version
    return lambda s: self_scoring.submit(s, desk.id, expected_version=version)


def prefill(desk):
    return lambda s: self_scoring.prefill(s, desk.id, expected_version=1)


def kept(desk):
    mine = select(SelfScore).filter_by(tenant_id=desk.city.id, evaluation_id=desk.id)
    rows = run(desk.database, desk.admin, lambda s: s.scalars(mine).all())
    return {row.item: row for row in rows}


def test_the_instrument_has_an_item_for_each_part_and_each_pillar_of_impact(desk):
    assert len(desk.items) == 10
    assert desk.items[:4] == ["baseline", "output", "outcome", "impact.government"]


def test_a_score_is_kept_with_its_evidence_and_may_be_bettered(desk):
    rule = desk.scoring("impact.economy", link="https://bps.go.id")
    first = run(desk.database, desk.admin, rule)
    assert (first.version, first.score, first.link) == (1, Decimal(3), "https://bps.go.id")
    assert first.dimension_id is not None
    again = run(desk.database, desk.admin, desk.scoring("impact.economy", "3.25", version=1))
    assert (again.id, again.version, again.score) == (first.id, 2, Decimal("3.25"))
    assert again.link is None


def test_a_score_that_another_wrote_meanwhile_is_stale(desk):
    run(desk.database, desk.admin, desk.scoring("output"))
    refused(desk.database, desk.admin, desk.scoring("output"), "STALE_VERSION")
    refused(desk.database, desk.admin, desk.scoring("outcome", version=2), "STALE_VERSION")


def test_all_faults_of_a_score_are_told_at_once(desk):
    rule = desk.scoring("output", "5.01", evidence=" ", link="bps.go.id")
    errors = refused(desk.database, desk.admin, rule, *["INVALID"] * 3)
    assert [error.path for error in errors] == [("score",), ("evidence",), ("link",)]


@pytest.mark.parametrize("score", ["-0.01", "3.001", "NaN", "Infinity"])
def test_a_score_lies_on_the_scale_with_two_decimals(desk, score):
    refused(desk.database, desk.admin, desk.scoring("output", score), "INVALID")


def test_an_item_that_the_instrument_lacks_is_answered_with_those_it_has(desk):
    rule = desk.scoring("branding")
    (error,) = refused(desk.database, desk.admin, rule, "EVALUATION_ITEM_UNKNOWN")
    assert "impact.environment" in error.text("en")


@pytest.mark.parametrize("role", [Role.UNIT_HEAD, Role.EXPERT, Role.COUNCIL])
def test_only_the_city_scores_itself(desk, role):
    scope = desk.city.scope(role, desk.city.unit() if role is Role.UNIT_HEAD else None)
    refused(desk.database, scope, desk.scoring("output"), "FORBIDDEN")
    refused(desk.database, scope, submit(desk), "FORBIDDEN")
    refused(desk.database, desk.ministry, desk.scoring("output"), "FORBIDDEN")


def test_submitting_names_each_item_that_is_missing(desk):
    for item in desk.items[2:]:
        run(desk.database, desk.admin, desk.scoring(item))
    (error,) = refused(desk.database, desk.admin, submit(desk), "SELF_SCORES_MISSING")
    assert "Baseline, Output." in error.text("en")


def test_submitted_scores_come_to_a_result_and_stand(desk):
    assert desk.submitted("3.00").state is EvaluationState.ASSESSING
    mine = select(EvaluationResult).filter_by(tenant_id=desk.city.id)
    (own,) = run(desk.database, desk.admin, lambda s: s.scalars(mine).all())
    assert (own.kind, own.number, own.index) == (ResultKind.SELF, 1, Decimal("3.00"))
    assert [part["weight"] for part in own.content["parts"]] == ["10", "20", "30", "20", "20"]
    assert own.content["items"][0] == {
        "item": "outcome",
        "part": "outcome",
        "dimension": None,
        "score": "3.00",
        "per_point": "0.3000",
        "to_maximum": "0.6000",
        "reasons": [],
    }
    refused(desk.database, desk.admin, desk.scoring("output"), "EVALUATION_WRONG_STATE")
    refused(desk.database, desk.admin, submit(desk), "EVALUATION_WRONG_STATE")


def test_last_years_scores_are_copied_and_wait_to_be_confirmed(desk, database):
    desk.submitted("4.00")
    desk.begin(desk.year + 1)
    run(database, desk.admin, desk.scoring("output", "1.00"))
    run(database, desk.admin, prefill(desk))
    mine = kept(desk)
    assert (mine["output"].score, mine["output"].prefilled) == (Decimal(1), False)
    assert (mine["outcome"].score, mine["outcome"].prefilled) == (Decimal(4), True)
    (error,) = refused(database, desk.admin, submit(desk), "PREFILLED_UNCONFIRMED")
    assert "Outcome" in error.text("en")
    assert "Output" not in error.text("en")
    for item, row in mine.items():
        if row.prefilled:
            run(database, desk.admin, desk.scoring(item, "4.00", version=row.version))
    assert run(database, desk.admin, submit(desk)).state is EvaluationState.ASSESSING


def test_without_an_earlier_evaluation_nothing_is_copied(desk):
    refused(desk.database, desk.admin, prefill(desk), "NOTHING_TO_PREFILL")
