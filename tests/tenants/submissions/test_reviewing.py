"""Reviews, remarks and verdicts."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Role
from tenants.notifications.models import Notification
from tenants.remarks.models import RemarkState
from tenants.submissions import remarks, reviewing, submitting
from tenants.submissions.models import Review, Verdict
from tenants.submissions.workflow import InnovationState
from tests.tenants.refusals import refused, run

S, V = InnovationState, Verdict


def start(row, version=3):
    return lambda s: reviewing.start_review(s, row.id, expected_version=version)


def add(review, anchor="problem", text="Data belum ada.", **options):
    return lambda s: remarks.add_remark(
        s, review.id, anchor=anchor, text=text, blocking=True, **options
    )


def answer(remark, words="Sudah ditambahkan.", version=1):
    return lambda s: remarks.answer_remark(s, remark.id, answer=words, expected_version=version)


def settle(remark, version=1):
    return lambda s: remarks.settle_remark(s, remark.id, expected_version=version)


def test_an_expert_takes_an_endorsed_innovation_into_review(desk):
    row, review = desk.in_review()
    assert row.state is S.IN_REVIEW
    assert (review.revision, review.verdict) == (1, None)
    assert review.reviewer_id == desk.scopes["expert"].person_id


def test_only_experts_review_and_only_what_is_endorsed(desk):
    row = desk.submitted()
    refused(desk.database, desk.scopes["expert"], start(row, 2), "INNOVATION_WRONG_STATE")
    desk.endorse(row)
    for who in ("admin", "head", "bappeda"):
        refused(desk.database, desk.scopes[who], start(row), "FORBIDDEN")
    refused(desk.database, desk.scopes["expert"], start(row, 2), "STALE_VERSION")


def test_of_two_experts_at_once_one_gets_the_review(desk):
    row = desk.endorse(desk.submitted())
    experts = [desk.scopes["expert"], *(desk.city.scope(Role.EXPERT) for _ in range(3))]

    def attempt(scope):
        try:
            return run(desk.database, scope, start(row)).revision
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(4) as pool:
        outcomes = Counter(pool.map(attempt, experts))
    assert outcomes == {1: 1, "STALE_VERSION": 3}
    count = select(func.count()).where(Review.tenant_id == desk.city.id)
    assert desk.run("admin", lambda s: s.scalar(count)) == 1
    late = start(row, 4)
    refused(desk.database, desk.scopes["expert"], late, "INNOVATION_WRONG_STATE")


def test_a_remark_is_anchored_to_a_field_and_told_to_the_unit(desk):
    _, review = desk.in_review()
    remark = desk.remark(review, anchor="budgetRupiah", text="Rinci biayanya.")
    assert (remark.anchor, remark.state, remark.blocking) == (
        "budget_rupiah",
        RemarkState.OPEN,
        True,
    )
    facts = {
        "name": "Antrean Puskesmas",
        "unit": "Dinas Kesehatan",
        "anchor": "budget_rupiah",
        "text": "Rinci biayanya.",
    }
    assert desk.told("remark") == {"operator": facts, "head": facts}


def test_the_remarks_of_a_review_are_told_once(desk):
    _, review = desk.in_review()
    first = desk.remark(review, idempotency_key="remark-1")
    assert desk.remark(review, idempotency_key="remark-1").id == first.id
    desk.remark(review, anchor="risks")
    told = select(func.count()).where(
        Notification.tenant_id == desk.city.id, Notification.kind == "remark"
    )
    assert desk.run("admin", lambda s: s.scalar(told)) == 2  # two people of the unit


def test_a_remark_needs_a_field_of_the_form_and_a_text(desk):
    _, review = desk.in_review()
    expert = desk.scopes["expert"]
    (error,) = refused(desk.database, expert, add(review, "state"), "ANCHOR_UNKNOWN")
    assert "Masalah" in error.text("id")
    assert "Problem" in error.text("en")
    refused(desk.database, expert, add(review, text="  "), "INVALID")
    refused(desk.database, desk.scopes["admin"], add(review), "FORBIDDEN")


def test_the_unit_answers_and_betters_its_answer_until_it_is_settled(desk):
    _, review = desk.in_review()
    remark = desk.remark(review)
    refused(desk.database, desk.scopes["stranger"], answer(remark), "FORBIDDEN_UNIT")
    refused(desk.database, desk.scopes["expert"], answer(remark), "FORBIDDEN")
    refused(desk.database, desk.scopes["operator"], answer(remark, " "), "INVALID")
    answered = desk.run("operator", answer(remark))
    assert (answered.state, answered.answer) == (RemarkState.ANSWERED, "Sudah ditambahkan.")
    assert answered.answered_by == desk.scopes["operator"].person_id
    bettered = desk.run("head", answer(remark, "Lihat lampiran data.", 2))
    assert bettered.answer == "Lihat lampiran data."
    refused(desk.database, desk.scopes["operator"], answer(remark), "STALE_VERSION")
    desk.run("expert", settle(remark, 3))
    refused(desk.database, desk.scopes["operator"], answer(remark, "X", 4), "REMARK_SETTLED")
    refused(desk.database, desk.scopes["expert"], settle(remark, 4), "REMARK_SETTLED")


def test_the_unit_does_not_settle_a_remark(desk):
    _, review = desk.in_review()
    remark = desk.remark(review)
    refused(desk.database, desk.scopes["head"], settle(remark), "FORBIDDEN")
    refused(desk.database, desk.scopes["expert"], settle(remark, 9), "STALE_VERSION")


def test_accepting_needs_every_blocking_remark_settled(desk):
    row, review = desk.in_review()
    one, two = desk.remark(review), desk.remark(review, anchor="benefit")
    desk.remark(review, anchor="risks", blocking=False)
    desk.answer(two)
    expert = desk.scopes["expert"]
    (error,) = refused(desk.database, expert, desk.verdict(review, V.ACCEPTED), "REMARKS_UNSETTLED")
    assert error.fields["count"] == 2
    assert "(Masalah, Manfaat)" in error.text("id")
    assert "(Problem, Benefit)" in error.text("en")
    desk.settle(one)
    desk.run("expert", settle(two, 2))
    closed = desk.run("expert", desk.verdict(review, V.ACCEPTED, "Baik."))
    assert closed.verdict is V.ACCEPTED
    assert closed.closed_at is not None
    assert desk.innovation(row.id).state is S.ACCEPTED
    facts = {"name": "Antrean Puskesmas", "unit": "Dinas Kesehatan", "reason": "Baik."}
    assert desk.told("accepted") == {"operator": facts, "head": facts}


def test_returning_needs_an_open_remark_or_a_comment(desk):
    row, review = desk.in_review()
    expert = desk.scopes["expert"]
    refused(desk.database, expert, desk.verdict(review, V.RETURNED), "NOTHING_TO_REVISE")
    remark = desk.remark(review)
    desk.answer(remark)
    refused(desk.database, expert, desk.verdict(review, V.RETURNED, " "), "NOTHING_TO_REVISE")
    desk.remark(review, anchor="risks", blocking=False)
    desk.run("expert", desk.verdict(review, V.RETURNED))
    assert desk.innovation(row.id).state is S.RETURNED
    assert set(desk.told("returned")) == {"operator", "head"}


def test_an_author_who_has_left_the_city_is_not_told_of_the_verdict(desk):
    _, review = desk.in_review()
    desk.city.leave(desk.scopes["operator"].person_id)
    desk.run("expert", desk.verdict(review, Verdict.RETURNED, "Lengkapi."))
    assert set(desk.told("returned")) == {"head"}


def test_rejecting_needs_a_reason_and_is_final(desk):
    row, review = desk.in_review()
    expert = desk.scopes["expert"]
    refused(desk.database, expert, desk.verdict(review, V.REJECTED), "REASON_MISSING")
    desk.run("expert", desk.verdict(review, V.REJECTED, "Sudah dijalankan pusat."))
    rejected = desk.innovation(row.id)
    assert rejected.state is S.REJECTED
    assert desk.told("rejected")["head"]["reason"] == "Sudah dijalankan pusat."
    refused(
        desk.database,
        desk.scopes["head"],
        lambda s: submitting.submit(s, row.id, expected_version=rejected.version),
        "INNOVATION_WRONG_STATE",
    )


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_review_has_one_verdict(desk, verdict):
    _, review = desk.in_review()
    desk.run("expert", desk.verdict(review, V.RETURNED, "Perbaiki."))
    now = desk.run("admin", lambda s: s.get_one(Review, (desk.city.id, review.id)))
    expert = desk.scopes["expert"]
    (error,) = refused(desk.database, expert, desk.verdict(now, verdict, "Lagi."), "REVIEW_CLOSED")
    assert "kepalanya mengajukan kembali" in error.text("id")
    refused(desk.database, expert, add(review), "REVIEW_CLOSED")


def test_a_verdict_is_the_experts_and_of_the_version_they_saw(desk):
    _, review = desk.in_review()
    rule = desk.verdict(review, V.REJECTED, "Tidak.")
    refused(desk.database, desk.scopes["admin"], rule, "FORBIDDEN")
    refused(
        desk.database,
        desk.scopes["expert"],
        lambda s: reviewing.decide(
            s, review.id, verdict=V.REJECTED, comment="Tidak.", expected_version=7
        ),
        "STALE_VERSION",
    )
    hostile = desk.verdict(review, V.REJECTED, "a\x00b")
    refused(desk.database, desk.scopes["expert"], hostile, "INVALID")


def test_a_returned_innovation_is_resubmitted_when_each_blocking_remark_is_answered(desk):
    row, review = desk.in_review()
    blocking = desk.remark(review)
    desk.remark(review, anchor="risks", blocking=False)
    desk.run("expert", desk.verdict(review, V.RETURNED))
    row = desk.innovation(row.id)
    (error,) = refused(
        desk.database,
        desk.scopes["head"],
        lambda s: submitting.submit(s, row.id, expected_version=row.version),
        "REMARKS_UNANSWERED",
    )
    assert error.fields["count"] == 1
    assert "Masalah" in error.text("id")
    answered = desk.answer(blocking)
    assert desk.submit(row).revision == 2
    refused(
        desk.database,
        desk.scopes["operator"],
        answer(blocking, "Terlambat", answered.version),
        "INNOVATION_WRONG_STATE",
    )
    refused(
        desk.database,
        desk.scopes["expert"],
        settle(blocking, answered.version),
        "INNOVATION_WRONG_STATE",
    )


def test_a_remark_of_the_first_review_is_settled_in_the_second(desk):
    row, review = desk.in_review()
    remark = desk.remark(review)
    desk.run("expert", desk.verdict(review, V.RETURNED))
    answered = desk.answer(remark)
    second = desk.review(desk.endorse(desk.submit(desk.innovation(row.id))))
    assert second.revision == 2
    accept = desk.verdict(second, V.ACCEPTED)
    refused(desk.database, desk.scopes["expert"], accept, "REMARKS_UNSETTLED")
    desk.settle(answered)
    desk.run("expert", accept)
    assert desk.innovation(row.id).state is S.ACCEPTED


def test_foreign_reviews_and_remarks_are_not_found(make_desk):
    one, other = make_desk(), make_desk()
    _, review = other.in_review()
    remark = other.remark(review)
    expert, operator = one.scopes["expert"], one.scopes["operator"]
    refused(one.database, expert, one.verdict(review, V.REJECTED, "X"), "NOT_FOUND")
    refused(one.database, expert, add(review), "NOT_FOUND")
    refused(one.database, expert, settle(remark), "NOT_FOUND")
    refused(one.database, operator, answer(remark), "NOT_FOUND")
