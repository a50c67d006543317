"""Who a review waits for: the experts' inbox, and everybody's tasks."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Role
from tenants.cities.workflow import Stage
from tenants.inbox.waiting import Waiting, inbox
from tenants.masterplan.books import assigning
from tenants.masterplan.books.owners import Owner
from tenants.remarks.models import RemarkAbout
from tenants.reviews.models import RoundVerdictKind
from tenants.reviews.remarking import Place
from tenants.tasks.listing import tasks_of
from tenants.tasks.rows import TaskKind

K, W = TaskKind, Waiting
REVIEW = {K.ANSWER_REMARK, K.SETTLE_REMARK, K.JUDGE}
TITLE = "Masterplan Smart City Kota Uji"
INTRODUCTION = "Buku 1, Pendahuluan: Pendahuluan"


def waits(table, scope):
    return [(item.kind, item.name) for item in table.run(inbox, scope=scope)]


def tasks(table, scope=None, **options):
    found = table.run(tasks_of, scope=scope or table.scope, **options)
    return [
        (each.kind, each.owner, each.unit_id, each.title) for each in found if each.kind in REVIEW
    ]


def test_an_answer_waits_for_who_wrote_the_remark_oldest_first(table):
    row = table.programme(table.plan_id)
    first, second = table.on_programme(row), table.remark(Place(RemarkAbout.VISION, table.plan_id))
    assert waits(table, table.mentor) == []
    table.answer(second)
    table.answer(first)
    assert waits(table, table.mentor) == [
        (W.PLAN_REMARK_ANSWERED, "Visi"),
        (W.PLAN_REMARK_ANSWERED, f"{row.code} {row.name}"),
    ]
    assert waits(table, table.assessor) == []


def test_the_answer_to_a_writer_who_left_waits_for_every_expert(table):
    made = table.remark(Place(RemarkAbout.VISION, table.plan_id))
    table.city.leave(table.mentor.person_id)
    table.answer(made)
    assert waits(table, table.assessor) == [(W.PLAN_REMARK_ANSWERED, "Visi")]
    table.stage(Stage.ACCEPTED)
    assert waits(table, table.assessor) == []


def test_a_presented_plan_waits_for_each_expert_who_has_not_judged(table):
    table.enter(Stage.PRESENTED)
    assert waits(table, table.assessor) == waits(table, table.mentor) == [(W.TO_JUDGE, TITLE)]
    table.judge(RoundVerdictKind.ACCEPTED)
    assert waits(table, table.assessor) == []
    assert waits(table, table.mentor) == [(W.TO_JUDGE, TITLE)]
    table.enter(Stage.REVISION)
    assert waits(table, table.mentor) == []


def test_open_remarks_are_tasks_of_who_owns_their_places(table):
    row, section = table.programme(table.plan_id), table.section()
    for place in (
        Place(RemarkAbout.PROGRAMME, row.id),
        Place(RemarkAbout.SECTION, section.id),
        Place(RemarkAbout.VISION, table.plan_id),
    ):
        table.remark(place)
    planners = [
        (K.ANSWER_REMARK, Role.BAPPEDA, None, INTRODUCTION),
        (K.ANSWER_REMARK, Role.BAPPEDA, None, "Visi"),
    ]
    unit = (K.ANSWER_REMARK, Role.UNIT_HEAD, table.unit_id, f"{row.code} {row.name}")
    assert tasks(table) == [unit, *planners]
    assert tasks(table, table.bappeda, mine=True) == planners
    assert tasks(table, table.operator, mine=True) == [unit]
    assert tasks(table, table.stranger, mine=True) == []
    table.run(
        assigning.assign_section,
        section.id,
        owner=Owner(None, table.unit_id),
        expected_version=section.version,
    )
    assert (K.ANSWER_REMARK, Role.UNIT_HEAD, table.unit_id, INTRODUCTION) in tasks(table)


def test_answered_remarks_and_rounds_without_a_verdict_are_the_experts_tasks(table):
    made = table.remark(Place(RemarkAbout.VISION, table.plan_id))
    table.enter(Stage.PRESENTED)
    answered = table.answer(made)
    assert sorted(tasks(table, table.assessor, mine=True)) == [
        (K.JUDGE, Role.EXPERT, None, TITLE),
        (K.SETTLE_REMARK, Role.EXPERT, None, "Visi"),
    ]
    table.judge(RoundVerdictKind.WITH_REMARKS)
    table.settle(answered)
    assert tasks(table) == []


@pytest.mark.parametrize("stage", [Stage.ACCEPTED, Stage.WITHDRAWN])
def test_remarks_are_nobodys_task_once_the_review_is_over(table, stage):
    table.remark(Place(RemarkAbout.VISION, table.plan_id))
    table.stage(stage)
    assert tasks(table) == []


def test_what_keeps_acceptance_waiting_is_listed_once_as_a_task(table):
    table.enter(Stage.PRESENTED)
    table.remark(Place(RemarkAbout.VISION, table.plan_id))
    found = table.run(tasks_of)
    assert sorted(each.kind for each in found if each.kind in REVIEW) == [K.ANSWER_REMARK, K.JUDGE]
    texts = [each.text["en"] for each in found if each.text is not None]
    assert not [text for text in texts if "verdict" in text or "blocking remark" in text]
