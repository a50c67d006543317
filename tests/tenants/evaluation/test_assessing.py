"""Assessors' scores, provisional results, objections, final and published results."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select, update

from kotacerdas.identity.policy import Role
from kotacerdas.scope import Door, Scope
from tenants.cities.working_days import working_day_from
from tenants.evaluation import assessing, objections, settling
from tenants.evaluation.models import (
    AssessorScore,
    Evaluation,
    EvaluationResult,
    EvaluationState,
    ObjectionState,
    PublishedResult,
    SelfScore,
)
from tenants.experts import assigning
from tenants.experts.models import ExpertPart
from tests.tenants.evaluation.conftest import LETTER
from tests.tenants.refusals import refused, run

S = EvaluationState
ZONE = ZoneInfo("Asia/Jakarta")


def step(desk, rule, **options):
    """Return a step with the evaluation's present version, to be refused."""
    given = {"expected_version": desk.row().version, **options}
    return lambda s: rule(s, desk.id, **given)


def objecting(desk, item="output", score="3.00", text="Bukti ada di lampiran.", **options):
    return lambda s: objections.object_to(
        s, desk.id, item=item, wanted_score=Decimal(score), text=text, **options
    )


def answering(objection, uphold=True, score="2.90", answer="Bukti diterima.", version=1):
    decided = None if score is None else Decimal(score)
    return lambda s: objections.answer(
        s,
        objection.id,
        uphold=uphold,
        answer=answer,
        decided_score=decided,
        expected_version=version,
    )


def settle(desk):
    desk.step(desk.admin, settling.accept)
    return desk.step(desk.ministry, settling.settle, **LETTER)


def indexes(desk):
    mine = select(EvaluationResult.kind, EvaluationResult.index)
    ordered = mine.filter_by(tenant_id=desk.city.id).order_by(EvaluationResult.number)
    rows = run(desk.database, desk.admin, lambda s: s.execute(ordered).all())
    return [(kind.value, str(index)) for kind, index in rows]


def test_several_assessors_score_and_the_citys_own_score_stays(desk):
    desk.submitted("4.00")
    second = desk.city.scope(Role.EXPERT)
    first = run(desk.database, desk.expert, desk.assessing("output", "2.00"))
    other = run(desk.database, second, desk.assessing("output", "3.00"))
    again = run(desk.database, second, desk.assessing("output", "3.50", version=1))
    assert first.id != other.id
    assert (again.id, again.version) == (other.id, 2)
    own = select(SelfScore.score).filter_by(tenant_id=desk.city.id, item="output")
    assert run(desk.database, desk.admin, lambda s: s.scalar(own)) == Decimal(4)


def test_only_assessors_score_after_the_city_has_submitted(desk):
    refused(desk.database, desk.expert, desk.assessing("output"), "EVALUATION_WRONG_STATE")
    desk.submitted()
    refused(desk.database, desk.admin, desk.assessing("output"), "FORBIDDEN")
    refused(desk.database, desk.ministry, desk.assessing("output"), "FORBIDDEN")
    both = desk.assessing("output", "9", reason="")
    errors = refused(desk.database, desk.expert, both, "INVALID", "INVALID")
    assert [error.path for error in errors] == [("score",), ("reason",)]
    run(desk.database, desk.expert, desk.assessing("output"))
    refused(desk.database, desk.expert, desk.assessing("output"), "STALE_VERSION")


def test_a_result_needs_every_item_assessed(desk):
    desk.submitted()
    for item in desk.items[1:]:
        run(desk.database, desk.expert, desk.assessing(item))
    rule = step(desk, assessing.conclude)
    (error,) = refused(desk.database, desk.ministry, rule, "ASSESSOR_SCORES_MISSING")
    assert "Baseline." in error.text("en")
    refused(desk.database, desk.expert, rule, "FORBIDDEN")


def test_objections_are_open_until_the_end_of_a_day_in_the_citys_zone(desk):
    row = desk.concluded()
    until = row.objections_until.astimezone(ZONE)
    assert row.state is S.PROVISIONAL
    assert (until.hour, until.minute, until.second) == (23, 59, 59)
    week = datetime.now(ZONE).date() + timedelta(days=7)
    assert until.date() == working_day_from(week)
    assert indexes(desk) == [("self", "3.00"), ("provisional", "2.50")]


def test_an_objection_that_is_upheld_decides_its_item(desk):
    desk.concluded()
    objection = run(desk.database, desk.admin, objecting(desk))
    early = step(desk, settling.settle, **LETTER)
    codes = ("OBJECTIONS_UNANSWERED", "OBJECTION_WINDOW_OPEN")
    errors = refused(desk.database, desk.ministry, early, *codes)
    assert "Output" in errors[0].text("en")
    answered = run(desk.database, desk.expert, answering(objection))
    assert (answered.state, answered.decided_score) == (ObjectionState.UPHELD, Decimal("2.90"))
    assert answered.answered_by == desk.expert.person_id
    row = settle(desk)
    assert (row.state, row.letter_number) == (S.PRIVATE, "B-31/2031")
    assert indexes(desk)[-1] == ("final", "2.58")
    scores = select(func.count()).where(AssessorScore.tenant_id == desk.city.id)
    assert run(desk.database, desk.admin, lambda s: s.scalar(scores)) == 10


def test_a_dismissed_objection_changes_nothing(desk):
    desk.concluded()
    objection = run(desk.database, desk.admin, objecting(desk))
    run(desk.database, desk.expert, answering(objection, uphold=False, score=None))
    settle(desk)
    assert indexes(desk)[-1] == ("final", "2.50")


def test_an_objection_is_written_once_for_one_key_and_waits_for_its_answer(desk):
    desk.concluded()
    key = str(uuid4())
    first = run(desk.database, desk.admin, objecting(desk, idempotency_key=key))
    again = run(desk.database, desk.admin, objecting(desk, idempotency_key=key))
    assert first.id == again.id
    refused(desk.database, desk.admin, objecting(desk), "OBJECTION_OPEN")
    refused(desk.database, desk.expert, objecting(desk, "outcome"), "FORBIDDEN")
    refused(desk.database, desk.admin, answering(first), "FORBIDDEN")
    refused(desk.database, desk.expert, answering(first, version=9), "STALE_VERSION")
    both = answering(first, score=None, answer="")
    refused(desk.database, desk.expert, both, "INVALID", "DECIDED_SCORE_MISSING")
    run(desk.database, desk.expert, answering(first))
    refused(desk.database, desk.expert, answering(first, version=2), "OBJECTION_ANSWERED")


def test_after_the_window_nobody_objects(desk):
    desk.concluded()
    mine = update(Evaluation).where(Evaluation.tenant_id == desk.city.id)
    past = mine.values(objections_until=datetime.now(UTC) - timedelta(seconds=1))
    run(desk.database, Scope(Door.CITY, desk.city.id), lambda s: s.execute(past))
    (error,) = refused(desk.database, desk.admin, objecting(desk), "OBJECTION_WINDOW_CLOSED")
    assert "WIB" in error.text("id")


def test_the_final_result_needs_a_letter_that_is_written(desk):
    desk.concluded()
    desk.step(desk.admin, settling.accept)
    ahead = datetime.now(ZONE).date() + timedelta(days=2)
    rule = step(desk, settling.settle, letter_number=" ", letter_date=ahead)
    refused(desk.database, desk.ministry, rule, "INVALID", "DATE_IN_FUTURE")
    refused(desk.database, desk.admin, step(desk, settling.settle, **LETTER), "FORBIDDEN")


def test_a_result_is_published_and_taken_back_by_the_ministry_alone(desk):
    desk.concluded()
    early = step(desk, settling.publish)
    refused(desk.database, desk.ministry, early, "EVALUATION_WRONG_STATE")
    settle(desk)
    refused(desk.database, desk.admin, step(desk, settling.publish), "FORBIDDEN")
    assert desk.step(desk.ministry, settling.publish).state is S.PUBLISHED
    mine = select(PublishedResult.index).filter_by(tenant_id=desk.city.id, withdrawn_at=None)
    everybody = Scope(Door.CITY, desk.city.id)
    assert run(desk.database, everybody, lambda s: s.scalar(mine)) == Decimal("2.50")
    assert desk.step(desk.ministry, settling.withdraw).state is S.PRIVATE
    assert run(desk.database, everybody, lambda s: s.scalar(mine)) is None
    assert desk.step(desk.ministry, settling.publish).state is S.PUBLISHED


@pytest.mark.parametrize("rule", [assessing.conclude, settling.accept])
def test_steps_out_of_turn_name_what_comes_next(desk, rule):
    scope = desk.admin if rule is settling.accept else desk.ministry
    (error,) = refused(desk.database, scope, step(desk, rule), "EVALUATION_WRONG_STATE")
    assert "the city scores every item and submits" in error.text("en")


def test_who_mentors_the_city_that_year_does_not_assess_it(database, desk):
    desk.submitted()
    person_id = desk.expert.person_id
    assign = partial(assigning.assign, part=ExpertPart.MENTOR, cycle=desk.year)
    run(database, desk.ministry, lambda s: assign(s, person_id))
    refused(database, desk.expert, desk.assessing("output"), "ASSIGNMENT_CONFLICT")
