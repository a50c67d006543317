"""The inbox: what waits for an expert in a city, oldest first."""

from __future__ import annotations

import pytest

from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import Door, Scope
from tenants.experts.assigning import assign
from tenants.experts.models import ExpertPart
from tenants.inbox.waiting import Waiting, inbox
from tests.tenants.experts.conftest import taken_on
from tests.tenants.refusals import refused, run


@pytest.fixture
def mentor(database, city, ministry, make_city, desk):
    """A mentor of the city, who is also the desk's expert."""
    person_id = taken_on(make_city)
    rule = lambda s: assign(s, person_id, part=ExpertPart.MENTOR, cycle=2022)  # noqa: E731
    run(database, ministry(city.id), rule)
    desk.scopes["expert"] = Scope(Door.CITY, city.id, person_id, (Grant(city.id, Role.EXPERT),))
    return desk.scopes["expert"]


def kinds(database, scope, **options):
    return [item.kind for item in run(database, scope, lambda s: inbox(s, **options))]


def test_endorsed_innovations_own_reviews_and_answers_wait_oldest_first(database, mentor, desk):
    _, review = desk.in_review()
    desk.answer(desk.remark(review))
    waiting = desk.endorse(desk.submitted(name="Lampu Jalan"))
    found = run(database, mentor, inbox)
    assert [(item.kind, item.name) for item in found] == [
        (Waiting.IN_REVIEW, "Antrean Puskesmas"),
        (Waiting.REMARK_ANSWERED, "Antrean Puskesmas"),
        (Waiting.TO_REVIEW, "Lampu Jalan"),
    ]
    assert found == sorted(found, key=lambda item: item.since)
    since = desk.innovation(waiting.id).updated_at
    assert (found[2].subject_id, found[2].since) == (waiting.id, since)
    assert kinds(database, mentor, kind=Waiting.TO_REVIEW) == [Waiting.TO_REVIEW]


def test_an_assessor_is_not_asked_to_review_nor_a_mentor_to_assess(
    database, city, ministry, make_city, mentor, desk
):
    desk.endorse(desk.submitted())
    person_id = taken_on(make_city)
    rule = lambda s: assign(s, person_id, part=ExpertPart.ASSESSOR, cycle=2022)  # noqa: E731
    run(database, ministry(city.id), rule)
    assessor = Scope(Door.CITY, city.id, person_id, (Grant(city.id, Role.EXPERT),))
    assert kinds(database, assessor) == []
    assert kinds(database, mentor, kind=Waiting.TO_ASSESS) == []
    assert kinds(database, mentor) == [Waiting.TO_REVIEW]


def test_what_another_expert_reviews_waits_for_them_alone(database, city, mentor, desk):
    desk.in_review()
    assert kinds(database, mentor) == [Waiting.IN_REVIEW]
    assert kinds(database, city.scope(Role.EXPERT)) == []


def test_only_experts_have_an_inbox(database, city):
    refused(database, city.scope(Role.CITY_ADMIN), inbox, "FORBIDDEN")
