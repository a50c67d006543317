"""Remarks on places of a masterplan: where they stand, who answers, who settles."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from kotacerdas.audit.models import AuditEntry
from tenants.cities.workflow import Stage
from tenants.masterplan import missions, plan, programmes
from tenants.masterplan.analysis import swot
from tenants.masterplan.analysis.models import SwotKind
from tenants.masterplan.books import editing
from tenants.masterplan.draft import TargetLine
from tenants.masterplan.models import Programme
from tenants.remarks.anchors import RemarkField as F
from tenants.remarks.models import Remark, RemarkAbout, RemarkState
from tenants.reviews import remarking, settling
from tenants.reviews.remarking import Place
from tests.tenants.masterplan.books.shelf import body
from tests.tenants.masterplan.statements import point

A = RemarkAbout


def add(table, place, **options):
    given = {"text": "Jelaskan.", "blocking": True, **options}
    return (remarking.add, table.plan_id), {"place": place, **given}


def update_section(table, section, text):
    table.run(
        editing.update,
        section.id,
        expected_version=section.version,
        body=text,
        scope=table.bappeda,
    )


def test_a_remark_quotes_the_words_of_a_section_that_it_points_at(table):
    section_id, block = table.text("Layanan daring sudah dipakai warga.")
    made = table.remark(Place(A.SECTION, section_id, block_id=block, quote="daring sudah"))
    assert (made.anchor, made.block_id, made.quote) == ("body", block, "daring sudah")
    assert (made.subject_name, made.state) == (
        "Buku 1, Pendahuluan: Pendahuluan",
        RemarkState.OPEN,
    )
    assert made.written_by == table.mentor.person_id
    whole = table.remark(Place(A.SECTION, section_id, block_id=block))
    assert (whole.quote, whole.excerpt) == ("Layanan daring sudah dipakai warga.", False)


def test_a_remark_quotes_the_target_of_a_year_and_the_budgets_of_a_year(table):
    row = table.programme(table.plan_id)
    made = table.on_programme(row)
    assert (made.anchor, made.quote, made.subject_name) == ("whole", "", f"{row.code} {row.name}")
    target = table.remark(Place(A.PROGRAMME, row.id, F.TARGETS, 2027))
    assert (target.year, target.quote) == (2027, "82.5")
    budget = table.remark(Place(A.PROGRAMME, row.id, F.BUDGETS, 2023))
    assert budget.quote == "APBD Rp1500000000"
    lead = table.remark(Place(A.PROGRAMME, row.id, F.LEAD_UNIT))
    assert lead.quote == "Dinas Komunikasi dan Informatika"


def test_vision_mission_goal_and_swot_take_remarks(table):
    table.run(plan.update, table.plan_id, vision="Kota yang melayani.", expected_version=1)
    table.run(
        missions.write_missions,
        table.plan_id,
        missions=[("Memudahkan layanan.", ["Layanan daring"])],
        expected_version=2,
    )
    ((mission_id, goal_id, _),) = table.goals(table.plan_id)
    weak = point(table, table.plan_id, SwotKind.WEAKNESS)
    found = [
        table.remark(place)
        for place in (
            Place(A.VISION, table.plan_id, F.VISION),
            Place(A.MISSION, mission_id, F.TEXT),
            Place(A.GOAL, goal_id, F.TEXT),
            Place(A.SWOT, weak.id, F.RATING),
        )
    ]
    assert [(each.subject_name, each.quote) for each in found] == [
        ("Visi", "Kota yang melayani."),
        ("Misi 1", "Memudahkan layanan."),
        ("Sasaran 1.1", "Layanan daring"),
        ("SWOT W1", ""),
    ]


def test_a_remark_is_orphaned_where_its_words_changed_and_says_what_stood_there(table):
    section_id, block = table.text("Layanan daring sudah dipakai warga.")
    words = table.remark(Place(A.SECTION, section_id, block_id=block, quote="dipakai  warga"))
    assert table.now(words) == ("Layanan daring sudah dipakai warga.", False)
    section = table.stored(section_id)
    kept = body("Semua layanan ")
    kept["blocks"][0] |= {"id": block}
    kept["blocks"][0]["content"] = [{"text": "Kini dipakai "}, {"text": "warga", "marks": ["bold"]}]
    update_section(table, section, kept)
    assert table.now(words)[1] is False  # bold words are the same words
    update_section(table, table.stored(section_id), body("Semua sudah berubah."))
    assert table.now(words) == ("", True)
    whole = table.remark(Place(A.SECTION, section_id))
    assert table.now(whole) == ("", False)


def test_a_target_that_was_raised_or_a_point_that_is_gone_orphans_its_remark(table):
    row = table.programme(table.plan_id)
    target = table.remark(Place(A.PROGRAMME, row.id, F.TARGETS, 2027))
    other = table.remark(Place(A.PROGRAMME, row.id, F.TARGETS, 2023))
    targets = [TargetLine(2023, Decimal(40)), TargetLine(2027, Decimal("825"))]
    table.run(programmes.update_programme, row.id, expected_version=1, targets=targets)
    assert (table.now(target), table.now(other)) == (("825", True), ("40", False))
    weak = point(table, table.plan_id, SwotKind.WEAKNESS)
    made = table.remark(Place(A.SWOT, weak.id))
    table.run(swot.delete_point, weak.id, expected_version=1)
    assert table.now(made) == (None, True)
    assert table.settle(table.answer(made)).state is RemarkState.SETTLED


def test_what_a_remark_points_at_must_be_there(table, make_city, guide, ministry):
    section_id, _ = table.text("Layanan daring.")
    row = table.programme(table.plan_id)
    for place, code in (
        (Place(A.SECTION, section_id, quote="tidak ada"), "QUOTE_NOT_FOUND"),
        (Place(A.SECTION, section_id, quote="."), "QUOTE_NOT_FOUND"),
        (Place(A.SECTION, section_id, block_id="lain"), "NOT_FOUND"),
        (Place(A.PROGRAMME, section_id), "NOT_FOUND"),
        (Place(A.INNOVATION, section_id), "NOT_FOUND"),
        (Place(A.PROGRAMME, row.id, F.SCORE), "REMARK_FIELD_UNFIT"),
        (Place(A.PROGRAMME, row.id, F.TARGETS), "REMARK_YEAR_MISSING"),
        (Place(A.PROGRAMME, row.id, F.TARGETS, 2030), "YEAR_OUTSIDE_PERIOD"),
    ):
        args, options = add(table, place)
        table.refuse(table.mentor, *args[:1], code, *args[1:], **options)
    unfit = add(table, Place(A.GAP, row.id, F.GAP))
    table.refuse(table.mentor, unfit[0][0], "NOT_FOUND", *unfit[0][1:], **unfit[1])
    other = type(table)(table.database, make_city(), guide, ministry)
    args, options = add(other, Place(A.PROGRAMME, row.id))
    other.refuse(other.mentor, args[0], "NOT_FOUND", args[1], **options)


def test_experts_and_the_ministry_remark_and_the_city_does_not(table):
    row = table.programme(table.plan_id)
    place = Place(A.PROGRAMME, row.id)
    assert table.remark(place, scope=table.ministry).written_by == table.ministry.person_id
    args, options = add(table, place)
    for scope in (table.scope, table.bappeda, table.operator):
        table.refuse(scope, args[0], "FORBIDDEN", args[1], **options)


def test_a_remark_is_written_once_for_one_key(table):
    row = table.programme(table.plan_id)
    first = table.on_programme(row, idempotency_key="catatan-1")
    assert table.on_programme(row, idempotency_key="catatan-1").id == first.id


def test_remarks_of_a_day_are_told_once_to_whoever_owns_the_place(table):
    row = table.programme(table.plan_id)
    table.on_programme(row)
    table.on_programme(row, text="Yang kedua.")
    ((person, facts),) = table.told("plan_remark")
    assert person == table.operator.person_id
    assert (facts["subject"], facts["text"]) == (f"{row.code} {row.name}", "Sebutkan sumbernya.")


def test_the_lead_unit_or_the_planners_answer_and_other_units_do_not(table):
    made = table.on_programme(table.programme(table.plan_id))
    wrong = {"answer": "x", "expected_version": 1}
    table.refuse(table.stranger, settling.answer, "FORBIDDEN_UNIT", made.id, **wrong)
    table.refuse(table.mentor, settling.answer, "FORBIDDEN", made.id, **wrong)
    answered = table.answer(made, table.operator, "Sumbernya BPS.")
    assert (answered.state, answered.answer) == (RemarkState.ANSWERED, "Sumbernya BPS.")
    assert table.answer(answered, table.bappeda).answered_by == table.bappeda.person_id
    ((person, facts),) = table.told("remarks_answered")
    assert (person, facts["text"]) == (table.mentor.person_id, "Sumbernya BPS.")


def test_a_unit_answers_for_no_statement_of_the_city(table):
    made = table.remark(Place(A.VISION, table.plan_id))
    given = {"answer": "x", "expected_version": 1}
    table.refuse(table.operator, settling.answer, "FORBIDDEN_UNIT", made.id, **given)
    assert table.answer(made).state is RemarkState.ANSWERED


def test_an_expert_settles_or_reopens_and_says_what_is_lacking(table):
    made = table.on_programme(table.programme(table.plan_id))
    again = {"reply": "Sumbernya tahun berapa?", "expected_version": 1}
    table.refuse(table.mentor, settling.reopen, "REMARK_OPEN", made.id, **again)
    answered = table.answer(made, table.operator)
    reopened = table.run(
        settling.reopen, answered.id, **{**again, "expected_version": 2}, scope=table.assessor
    )
    assert (reopened.state, reopened.reply) == (RemarkState.OPEN, "Sumbernya tahun berapa?")
    ((person, facts),) = table.told("remark_reopened")
    assert (person, facts["text"]) == (table.operator.person_id, "Sumbernya tahun berapa?")
    settled = table.settle(table.answer(reopened, table.operator))
    assert settled.state is RemarkState.SETTLED
    assert [person for person, _ in table.told("remarks_settled")] == [table.operator.person_id]
    late = {"expected_version": settled.version}
    table.refuse(table.mentor, settling.settle, "REMARK_SETTLED", made.id, **late)
    table.refuse(table.bappeda, settling.settle, "FORBIDDEN", made.id, **late)
    table.refuse(table.mentor, settling.settle, "STALE_VERSION", made.id, expected_version=1)


def test_remarks_rest_once_the_plan_is_accepted(table):
    row = table.programme(table.plan_id)
    made = table.on_programme(row)
    table.stage(Stage.ACCEPTED)
    args, options = add(table, Place(A.PROGRAMME, row.id))
    table.refuse(table.mentor, args[0], "PLAN_REVIEW_CLOSED", args[1], **options)
    given = {"answer": "x", "expected_version": 1}
    error = table.refuse(table.bappeda, settling.answer, "PLAN_REVIEW_CLOSED", made.id, **given)
    assert "accepted" in error.text("en")


def test_each_step_of_a_remark_is_in_the_trail(table):
    table.settle(table.answer(table.on_programme(table.programme(table.plan_id))))
    mine = select(AuditEntry.action).where(
        AuditEntry.tenant_id == table.city.id, AuditEntry.entity == "remark"
    )
    trail = table.run(lambda s: list(s.scalars(mine.order_by(AuditEntry.sequence))))
    assert trail == ["remark.add", "remark.answer", "remark.settle"]


def test_the_answer_to_a_writer_who_left_goes_to_the_experts_that_are_there(table):
    made = table.on_programme(table.programme(table.plan_id))
    table.city.leave(table.mentor.person_id)
    table.answer(made)
    assert [person for person, _ in table.told("remarks_answered")] == [table.assessor.person_id]


def test_a_remark_belongs_to_a_plan_or_to_an_innovation(table):
    made = table.on_programme(table.programme(table.plan_id))
    mine = (Remark.tenant_id == table.city.id) & (Remark.id == made.id)
    with pytest.raises(IntegrityError, match="ck_remark_one_owner"):
        table.run(lambda s: s.execute(update(Remark).where(mine).values(masterplan_id=None)))


def test_who_leads_a_programme_now_answers_for_it(table):
    row = table.programme(table.plan_id)
    made = table.on_programme(row)
    other = table.stranger.grants[0].unit_id
    table.run(programmes.update_programme, row.id, expected_version=1, lead_unit_id=other)
    assert table.run(lambda s: s.get_one(Programme, (table.city.id, row.id)).version) == 2
    assert table.answer(made, table.stranger).state is RemarkState.ANSWERED
