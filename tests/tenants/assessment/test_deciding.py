"""The ministry's decision: one letter for many cities, within the quota, reserve in order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from kotacerdas.errors import DomainError
from kotacerdas.scope import NATION, Door, Scope
from tenants.assessment import applying
from tenants.assessment.deciding import LetterInput, promote
from tenants.assessment.models import Decision, VerdictKind
from tenants.assessment.reserve import reserve_list
from tenants.cities.models import ParticipationStep
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification
from tenants.notifications.texts import compose
from tenants.process.advancing import advance
from tests.tenants.refusals import refused, run

SELECTED, RESERVE, NOT_SELECTED = VerdictKind


@pytest.fixture
def four(cohort):
    """Four cities that are assessed, best first."""
    return [
        cohort.candidate(f"Kota {name}").assessed(score, score)
        for name, score in (("A", "4"), ("B", "3"), ("C", "2"), ("D", "1"))
    ]


def test_one_letter_decides_on_many_cities_and_each_stage_follows(cohort, four):
    a, b, c, d = four
    cohort.decided((a, SELECTED), (b, SELECTED), (c, RESERVE), (d, NOT_SELECTED))
    assert [each.row().stage for each in four] == [
        Stage.SELECTED,
        Stage.SELECTED,
        Stage.RESERVE,
        Stage.NOT_SELECTED,
    ]
    verdict = c.verdict()
    assert (verdict.verdict, verdict.reserve_rank, verdict.place) == (RESERVE, 1, 3)
    assert (verdict.score, verdict.letter_number) == (Decimal("50.00"), "S-7/2022")
    assert not verdict.is_published
    with cohort.database.unit_of_work(Scope(Door.CITY, a.city.id)) as session:
        steps = select(ParticipationStep.document_number).where(
            ParticipationStep.tenant_id == a.city.id, ParticipationStep.stage == Stage.SELECTED
        )
        assert session.scalars(steps).all() == ["S-7/2022"]


def test_the_citys_administrators_are_told_of_the_verdict(cohort, four):
    a, *_ = four
    admin = a.city.scope()
    cohort.decided((a, SELECTED))
    told = select(Notification.kind, Notification.data).where(
        Notification.tenant_id == a.city.id, Notification.person_id == admin.person_id
    )
    with cohort.database.unit_of_work(Scope(Door.CITY, a.city.id)) as session:
        ((kind, facts),) = session.execute(told).all()
    assert kind == "verdict_selected"
    letter = compose(kind, {**facts, "person": "Admin"}, language="id", zone="Asia/Jakarta")
    assert ("Tanggal surat", "Jumat, 1 April 2022") in letter.details


def test_more_cities_than_places_are_refused_with_the_numbers(cohort, four):
    rule = cohort.decide(*((each, SELECTED) for each in four))
    (fault,) = refused(cohort.database, cohort.ministry, rule, "QUOTA_EXCEEDED")
    assert fault.text("en") == (
        f"The quota of the cohort {cohort.year} is 2; 0 are selected and 4 are to be."
        " Take 2 off, or put them on the reserve list."
    )
    assert {each.row().stage for each in four} == {Stage.ASSESSED}


def test_a_letter_is_given_in_full_or_not_at_all(cohort, four):
    a, b, *_ = four
    invited = cohort.candidate("Kota E")
    rule = cohort.decide(
        (a, SELECTED),
        (b, SELECTED),
        (b, RESERVE),
        (invited, SELECTED),
        number=" ",
        day=date.today() + timedelta(days=9),
    )
    refused(
        cohort.database,
        cohort.ministry,
        rule,
        "INVALID",
        "DATE_IN_FUTURE",
        "VERDICT_TWICE",
        "VERDICT_TWICE",
        "VERDICT_UNTIMELY",
        "QUOTA_EXCEEDED",
    )
    with cohort.database.unit_of_work(cohort.ministry) as session:
        made = select(Decision).where(Decision.cohort_id == cohort.id)
        assert session.scalars(made).all() == []


def test_a_letter_without_cities_is_refused(cohort):
    refused(cohort.database, cohort.ministry, cohort.decide(), "VERDICTS_NONE")


def test_a_city_does_not_decide(cohort, four):
    scope = four[0].city.scope().within(NATION)
    refused(cohort.database, scope, cohort.decide((four[0], SELECTED)), "FORBIDDEN")


def test_the_next_letter_waits_until_the_former_has_been_applied(cohort, four):
    a, b, *_ = four
    run(cohort.database, cohort.ministry, cohort.decide((a, SELECTED)))
    (fault,) = refused(
        cohort.database, cohort.ministry, cohort.decide((b, SELECTED)), "DECISION_PENDING"
    )
    assert fault.retryable


def test_applying_a_letter_again_does_nothing(cohort, four):
    a, *_ = four
    row = run(cohort.database, cohort.ministry, cohort.decide((a, SELECTED)))
    letter_id = row.id
    assert cohort.apply(letter_id) == 1
    version = a.row().version
    assert (
        run(cohort.database, Scope(Door.WORKER, NATION), lambda s: applying.pending(s, letter_id))
        is None
    )
    assert a.row().version == version


def _withdraw(cohort, candidate):
    row = candidate.row()
    return run(
        cohort.database,
        candidate.city.scope(),
        lambda s: advance(
            s,
            row.id,
            to=Stage.WITHDRAWN,
            occurred_on=date(2022, 5, 1),
            expected_version=row.version,
        ),
    )


def _promotion(cohort, key=None):
    letter = LetterInput("S-9/2022", date(2022, 5, 2))
    return lambda s: promote(s, cohort.id, letter=letter, idempotency_key=key)


def test_the_first_of_the_reserve_is_promoted_when_a_city_withdraws(cohort, four):
    a, b, c, d = four
    cohort.decided((a, SELECTED), (b, SELECTED), (d, RESERVE), (c, RESERVE))
    waiting = run(cohort.database, cohort.ministry, lambda s: reserve_list(s, cohort.id))
    assert waiting == [d.participation_id, c.participation_id]
    refused(cohort.database, cohort.ministry, _promotion(cohort), "QUOTA_EXCEEDED")
    _withdraw(cohort, b)
    row = run(cohort.database, cohort.ministry, _promotion(cohort))
    cohort.apply(row.id)
    assert (d.row().stage, c.row().stage) == (Stage.SELECTED, Stage.RESERVE)
    assert d.verdict().letter_number == "S-9/2022"


def test_the_reserve_list_is_called_in_its_order(cohort, four):
    a, b, c, _ = four
    cohort.decided((b, RESERVE), (c, RESERVE))
    (fault,) = refused(
        cohort.database, cohort.ministry, cohort.decide((c, SELECTED)), "RESERVE_SKIPPED"
    )
    assert "Kota B" in fault.text("id")
    cohort.decided((a, SELECTED), (b, SELECTED), number="S-8/2022")
    assert b.row().stage is Stage.SELECTED


def test_a_repeated_call_makes_one_letter(cohort, four):
    a, b, *_ = four
    key = uuid4().hex
    rule = cohort.decide((a, SELECTED), (b, RESERVE), key=key)
    first = run(cohort.database, cohort.ministry, rule)
    again = run(cohort.database, cohort.ministry, rule)
    assert again.id == first.id
    other = cohort.decide((a, RESERVE), key=key)
    refused(cohort.database, cohort.ministry, other, "IDEMPOTENCY_KEY_REUSED")
    cohort.apply(first.id)
    key = uuid4().hex
    first = run(cohort.database, cohort.ministry, _promotion(cohort, key))
    cohort.apply(first.id)
    again = run(cohort.database, cohort.ministry, _promotion(cohort, key))
    assert (again.id, b.row().stage) == (first.id, Stage.SELECTED)


def test_nobody_is_promoted_from_an_empty_reserve(cohort):
    refused(cohort.database, cohort.ministry, _promotion(cohort), "RESERVE_EMPTY")


def test_a_city_that_has_withdrawn_meanwhile_is_left_alone(cohort, four):
    a, b, *_ = four
    row = run(cohort.database, cohort.ministry, cohort.decide((a, SELECTED), (b, SELECTED)))
    _withdraw(cohort, a)
    assert cohort.apply(row.id) == 1
    assert (a.row().stage, b.row().stage) == (Stage.WITHDRAWN, Stage.SELECTED)
    assert a.verdict() is None


@pytest.mark.parametrize("to", [Stage.SELECTED, Stage.RESERVE, Stage.NOT_SELECTED])
def test_a_verdict_is_not_given_by_a_step_where_the_cohort_is_assessed_here(four, to):
    with pytest.raises(DomainError) as caught:
        four[0].advance(to)
    assert caught.value.code == "VERDICT_MISSING"
    assert four[0].row().stage is Stage.ASSESSED


def test_scores_are_shown_to_the_city_once_they_are_published(cohort, four):
    cohort.decided((four[0], SELECTED), publish_scores=True)
    assert four[0].verdict().is_published
