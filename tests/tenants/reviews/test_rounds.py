"""Rounds of a masterplan's review: presentations, verdicts, and the way to acceptance."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.cities.models import Participation
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tenants.experts.models import Assignment, ExpertPart
from tenants.masterplan.freezing import freeze
from tenants.process.advancing import advance
from tenants.remarks.models import RemarkAbout
from tenants.reviews import remarking, rounds, settling
from tenants.reviews.guards import missing_acceptance
from tenants.reviews.models import ReviewRound, RoundVerdictKind
from tenants.reviews.remarking import Place
from tests.tenants.masterplan.cohorts import make_cohort
from tests.tenants.masterplan.planning import Planning, codes

V = RoundVerdictKind


def accept(table):
    """The ministry's step to ACCEPTED, as a rule and its arguments."""
    key = (table.city.id, table.participation_id)
    version = table.run(lambda s: s.get_one(Participation, key).version)
    given = {"to": Stage.ACCEPTED, "occurred_on": date(2022, 10, 24), "expected_version": version}
    return advance, table.participation_id, given


def lacking(table):
    def ask(session):
        row = session.get_one(Participation, (table.city.id, table.participation_id))
        return missing_acceptance(session, row)

    return [(each.error.code, each.owner, each.unit_id) for each in table.run(ask)]


def of_review(errors):
    """Those of many refusals that speak of the review; the plan itself is not complete here."""
    return [each for each in errors if each.code.startswith("PLAN_")]


def assign(table, scope, part):
    """Give an expert a part in the cycle of the participation's cohort."""

    def rule(session):
        participation = session.get_one(Participation, (table.city.id, table.participation_id))
        cycle = session.get_one(Cohort, participation.cohort_id).year
        row = Assignment(
            tenant_id=table.city.id, person_id=scope.person_id, part=part, cycle=cycle,
            started_at=table.run(lambda s: s.scalar(select(Participation.created_at).where(
                Participation.tenant_id == table.city.id,
                Participation.id == table.participation_id))),
        )  # fmt: skip
        session.add(row)

    table.run(rule, scope=table.ministry)


def test_each_presentation_opens_a_round_that_the_next_step_closes(table):
    table.enter(Stage.PRESENTED)
    first = table.round()
    assert (first.number, first.presented_on, first.closed_at) == (1, date(2022, 9, 27), None)
    table.enter(Stage.REVISION)
    closed = table.round()
    assert (closed.number, closed.outcome, bool(closed.closed_at)) == (1, Stage.REVISION, True)
    table.enter(Stage.PRESENTED)
    assert (table.round().number, table.round().outcome) == (2, None)
    mine = select(ReviewRound.number).where(ReviewRound.tenant_id == table.city.id)
    assert sorted(table.run(lambda s: list(s.scalars(mine)))) == [1, 2]


def test_the_assessors_are_told_of_a_round_and_where_there_are_none_all_experts(table):
    table.enter(Stage.PRESENTED)
    people = {person for person, _ in table.told("round_opened")}
    assert people == {table.mentor.person_id, table.assessor.person_id}
    assign(table, table.assessor, ExpertPart.ASSESSOR)
    table.enter(Stage.REVISION)
    table.enter(Stage.PRESENTED)
    second = [person for person, facts in table.told("round_opened") if facts["number"] == "2"]
    assert second == [table.assessor.person_id]


def test_a_round_names_the_last_version_that_was_frozen(database, city):
    planning = Planning(database, city, make_cohort(database), Stage.MENTORED)
    plan_id = planning.complete()
    version = planning.run(freeze, plan_id, expected_version=planning.version(plan_id))

    def present(session):
        row = session.get_one(Participation, (planning.city.id, planning.participation_id))
        row.stage = Stage.PRESENTED
        rounds.follow(session, row, date(2022, 9, 27))

    planning.run(present)
    mine = select(ReviewRound).where(ReviewRound.tenant_id == planning.city.id)
    assert planning.run(lambda s: s.scalars(mine).one()).masterplan_version_id == version.id


def test_an_assessor_judges_and_may_change_the_verdict_while_the_round_is_open(table):
    table.enter(Stage.PRESENTED)
    given = table.judge(V.REVISE, "Peta jalan belum ada.")
    assert (given.verdict, given.version) == (V.REVISE, 1)
    stale = {"verdict": V.ACCEPTED, "comment": "", "expected_version": 0}
    table.refuse(table.assessor, rounds.judge, "STALE_VERSION", table.round().id, **stale)
    better = table.judge(V.WITH_REMARKS, "Lengkapi sumber.", expected_version=1)
    assert (better.id, better.verdict, better.version) == (given.id, V.WITH_REMARKS, 2)
    told = table.told("round_revise") + table.told("round_with_remarks")
    people = {table.scope.person_id, table.bappeda.person_id}
    assert {person for person, _ in told} == people
    assert [facts["reason"] for _, facts in told] == ["Peta jalan belum ada."] * 2 + [
        "Lengkapi sumber."
    ] * 2


def test_a_verdict_of_revision_needs_its_reason(table):
    table.enter(Stage.PRESENTED)
    given = {"verdict": V.REVISE, "comment": " "}
    table.refuse(table.assessor, rounds.judge, "REVISE_REASON_MISSING", table.round().id, **given)


def test_who_mentors_the_city_does_not_judge_it(table):
    assign(table, table.mentor, ExpertPart.MENTOR)
    table.enter(Stage.PRESENTED)
    given = {"verdict": V.ACCEPTED, "comment": ""}
    table.refuse(table.mentor, rounds.judge, "ASSIGNMENT_CONFLICT", table.round().id, **given)
    for scope in (table.scope, table.bappeda, table.operator):
        table.refuse(scope, rounds.judge, "FORBIDDEN", table.round().id, **given)
    reader = table.city.scope(Role.COUNCIL)
    table.refuse(reader, rounds.judge, "FORBIDDEN", table.round().id, **given)


def test_a_closed_round_takes_no_verdict(table):
    table.enter(Stage.PRESENTED)
    table.enter(Stage.REVISION)
    given = {"verdict": V.ACCEPTED, "comment": ""}
    error = table.refuse(table.assessor, rounds.judge, "ROUND_CLOSED", table.round().id, **given)
    assert "Putaran 1 sudah ditutup" in error.text("id")
    table.refuse(table.assessor, rounds.judge, "NOT_FOUND", table.plan_id, **given)


def test_acceptance_needs_a_verdict_and_every_blocking_remark_settled(table):
    row = table.programme(table.plan_id)
    made = table.on_programme(row)
    table.on_programme(row, blocking=False, text="Hanya saran.")
    table.enter(Stage.PRESENTED)
    assert lacking(table) == [
        ("PLAN_REMARK_UNSETTLED", Role.UNIT_HEAD, table.unit_id),
        ("PLAN_VERDICT_MISSING", Role.EXPERT, None),
    ]
    rule, row_id, given = accept(table)
    errors = of_review(table.refused(rule, row_id, **given, scope=table.ministry))
    assert codes(errors) == ["PLAN_REMARK_UNSETTLED", "PLAN_VERDICT_MISSING"]
    assert f"Catatan wajib pada {row.code} {row.name} belum selesai (terbuka)" in errors[0].text(
        "id"
    )
    answered = table.answer(made, table.operator)
    table.judge(V.WITH_REMARKS)
    assert lacking(table) == [("PLAN_REMARK_UNSETTLED", Role.EXPERT, None)]
    table.settle(answered)
    assert lacking(table) == []
    table.enter(Stage.ACCEPTED)
    assert table.round().outcome is Stage.ACCEPTED


def test_an_assessor_who_asks_for_revision_keeps_the_plan_from_acceptance(table):
    table.enter(Stage.PRESENTED)
    table.judge(V.REVISE, "Peta jalan belum ada.")
    table.judge(V.ACCEPTED, scope=table.ministry)
    assert lacking(table) == [("PLAN_VERDICT_AGAINST", Role.MINISTRY_ADMIN, None)]
    rule, row_id, given = accept(table)
    (error,) = of_review(table.refused(rule, row_id, **given, scope=table.ministry))
    assert "Peta jalan belum ada." in error.text("en")


def test_a_new_round_asks_for_a_new_verdict_and_keeps_the_remarks_of_before(table):
    table.enter(Stage.PRESENTED)
    made = table.remark(Place(RemarkAbout.VISION, table.plan_id))
    assert made.round_id == table.round().id
    table.judge(V.REVISE, "Perbaiki visi.")
    table.enter(Stage.REVISION)
    outside = table.remark(Place(RemarkAbout.VISION, table.plan_id))
    assert outside.round_id is None
    table.enter(Stage.PRESENTED)
    assert [code for code, _, _ in lacking(table)] == [
        "PLAN_REMARK_UNSETTLED",
        "PLAN_REMARK_UNSETTLED",
        "PLAN_VERDICT_MISSING",
    ]


@pytest.mark.parametrize("stage", [Stage.INVITED, Stage.SELECTED, Stage.ADOPTED])
def test_no_remarks_are_exchanged_before_commitment_or_after_adoption(table, stage):
    made = table.remark(Place(RemarkAbout.VISION, table.plan_id))
    table.stage(stage)
    given = {"place": Place(RemarkAbout.VISION, table.plan_id), "text": "x", "blocking": False}
    table.refuse(table.mentor, remarking.add, "PLAN_REVIEW_CLOSED", table.plan_id, **given)
    late = {"expected_version": 1}
    table.refuse(table.mentor, settling.settle, "PLAN_REVIEW_CLOSED", made.id, **late)
