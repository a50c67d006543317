"""Who assesses a city: experts are assigned, released, and given their answers back."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import select

from kotacerdas.identity.policy import Grant, Role
from kotacerdas.identity.queries import members_with
from kotacerdas.scope import Door, Scope
from tenants.assessment import assessing, assigning
from tenants.assessment.models import AssessmentState
from tenants.cities.workflow import Stage
from tenants.experts import assigning as experts
from tenants.experts.models import Assignment, ExpertPart
from tenants.inbox.waiting import Waiting, inbox
from tenants.notifications.models import Notification
from tests.tenants.refusals import refused, run


def test_an_expert_is_told_of_the_assignment(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    told = select(Notification.kind, Notification.person_id).where(
        Notification.tenant_id == candidate.city.id, Notification.subject_id == row.id
    )
    with cohort.database.unit_of_work(Scope(Door.CITY, candidate.city.id)) as session:
        assert session.execute(told).all() == [("assessment_assigned", scope.person_id)]


def _assign(candidate, person):
    return lambda s: assigning.assign(s, candidate.participation_id, assessor_id=person)


def test_only_an_expert_assesses(cohort):
    candidate = cohort.candidate()
    person = candidate.city.person(Role.BAPPEDA)
    ministry = candidate.at(cohort.ministry)
    (fault,) = refused(cohort.database, ministry, _assign(candidate, person), "NOT_AN_EXPERT")
    assert fault.path == ("assessorId",)


def test_who_mentors_the_city_in_the_cohorts_cycle_does_not_assess_it(cohort):
    candidate = cohort.candidate()
    person = candidate.city.person(Role.EXPERT)
    ministry = candidate.at(cohort.ministry)
    mentoring = {"part": ExpertPart.MENTOR, "cycle": cohort.year}
    run(cohort.database, ministry, lambda s: experts.assign(s, person, **mentoring))
    (fault,) = refused(cohort.database, ministry, _assign(candidate, person), "ASSIGNMENT_CONFLICT")
    assert fault.path == ("assessorId",)


def test_an_expert_from_elsewhere_becomes_the_citys_assessor(cohort, make_city):
    candidate = cohort.candidate()
    person = make_city().person(Role.EXPERT)
    run(cohort.database, candidate.at(cohort.ministry), _assign(candidate, person))
    scope = Scope(Door.CITY, candidate.city.id)
    mine = select(Assignment.part, Assignment.cycle).where(
        Assignment.tenant_id == candidate.city.id, Assignment.person_id == person
    )
    with cohort.database.unit_of_work(scope) as session:
        assert session.execute(mine).all() == [(ExpertPart.ASSESSOR, cohort.year)]
        assert person in members_with(session, [Role.EXPERT])


def test_who_was_released_is_waited_for_no_longer_and_may_be_assigned_again(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    candidate.assess("2", "2")
    ministry = candidate.at(cohort.ministry)
    release = lambda s: assigning.release(s, row.id, expected_version=row.version)  # noqa: E731
    refused(cohort.database, candidate.city.scope(), release, "FORBIDDEN")
    released = run(cohort.database, ministry, release)
    given = {"expected_version": released.version, "answers": candidate.answers("1", "1")}
    refused(
        cohort.database,
        scope,
        lambda s: assessing.answer(s, row.id, **given),
        "ASSESSMENT_RELEASED",
    )
    refused(
        cohort.database,
        ministry,
        lambda s: assigning.release(s, row.id, expected_version=released.version),
        "ASSESSMENT_NOT_DRAFT",
    )
    again = run(cohort.database, ministry, _assign(candidate, scope.person_id))
    assert (again.id, again.state) == (row.id, AssessmentState.DRAFT)
    run(
        cohort.database,
        ministry,
        lambda s: assigning.release(s, row.id, expected_version=again.version),
    )
    assert candidate.advance(Stage.ASSESSED).stage is Stage.ASSESSED
    told = select(Notification.kind).where(
        Notification.tenant_id == candidate.city.id, Notification.subject_id == row.id
    )
    with cohort.database.unit_of_work(Scope(Door.CITY, candidate.city.id)) as session:
        assert session.scalars(told.order_by(Notification.id)).all() == [
            "assessment_assigned",
            "assessment_released",
            "assessment_assigned",
            "assessment_released",
        ]


def test_a_submitted_assessment_is_given_back_with_a_reason_and_submitted_again(cohort):
    candidate = cohort.candidate()
    row = candidate.assess("2", "2")
    ministry = candidate.at(cohort.ministry)

    def back(reason, version):
        return lambda s: assigning.give_back(s, row.id, expected_version=version, reason=reason)

    refused(cohort.database, candidate.city.scope(), back("Salah", row.version), "FORBIDDEN")
    refused(cohort.database, ministry, back(" ", row.version), "INVALID")
    open_ = run(cohort.database, ministry, back("Bukti keliru", row.version))
    assert (open_.state, open_.score, open_.submitted_at) == (AssessmentState.DRAFT, None, None)
    refused(cohort.database, ministry, back("Lagi", open_.version), "ASSESSMENT_NOT_SUBMITTED")
    grant = (Grant(candidate.city.id, Role.EXPERT),)
    scope = Scope(Door.CITY, candidate.city.id, row.assessor_id, grant)
    again = run(
        cohort.database,
        scope,
        lambda s: assessing.submit(s, row.id, expected_version=open_.version),
    )
    assert again.score == Decimal("50.00")
    candidate.advance(Stage.ASSESSED)
    refused(cohort.database, ministry, back("Terlambat", again.version), "ASSESSMENT_CLOSED")


def test_what_is_to_be_scored_waits_in_the_assessors_inbox_until_it_is_handed_in(cohort):
    candidate = cohort.candidate()
    scope, row = candidate.assigned()
    other, _ = candidate.assigned()
    waits = lambda by: [  # noqa: E731
        (item.kind, item.subject_id, item.name) for item in run(cohort.database, by, inbox)
    ]
    assert waits(scope) == [(Waiting.TO_SCORE, row.id, str(cohort.year))]
    given = {"expected_version": row.version, "answers": candidate.answers("2", "2")}
    row = run(cohort.database, scope, lambda s: assessing.answer(s, row.id, **given))
    step = {"expected_version": row.version}
    run(cohort.database, scope, lambda s: assessing.submit(s, row.id, **step))
    assert waits(scope) == []
    assert len(waits(other)) == 1


def test_an_expert_is_assigned_once(cohort):
    candidate = cohort.candidate()
    scope, _ = candidate.assigned()
    refused(
        cohort.database,
        candidate.at(cohort.ministry),
        lambda s: assigning.assign(s, candidate.participation_id, assessor_id=scope.person_id),
        "ASSESSOR_ASSIGNED",
    )


def test_a_city_does_not_choose_its_assessors(cohort):
    candidate = cohort.candidate()
    person = candidate.city.person(Role.EXPERT)
    refused(
        cohort.database,
        candidate.city.scope(),
        lambda s: assigning.assign(s, candidate.participation_id, assessor_id=person),
        "FORBIDDEN",
    )
