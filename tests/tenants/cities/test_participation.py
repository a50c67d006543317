"""A city's way through a cohort."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.identity.policy import Role
from tenants.cities.commitments import record_commitment
from tenants.cities.models import CommitmentKind, Participation, ParticipationStep, SignatureKind
from tenants.cities.participation import advance, invite
from tenants.cities.texts import COMMITMENTS, STAGES
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.refusals import refused, run

S = Stage
MEMORANDUM = CommitmentKind.MEMORANDUM
SHEET = CommitmentKind.COMMITMENT_SHEET


def paper(journey, kind=MEMORANDUM, **options):
    given = {
        "kind": kind,
        "number": "119/BKT/2022",
        "signed_on": date(2022, 4, 21),
        "parties": "Dirjen Aptika; Wali Kota",
        "signature": SignatureKind.WET,
        **options,
    }
    return lambda session: record_commitment(session, journey.id, **given)


def test_every_stage_and_paper_has_a_name_in_both_languages():
    assert set(STAGES) == set(Stage)
    assert set(COMMITMENTS) == set(CommitmentKind)


def test_an_invitation_begins_the_participation_and_tells_the_administrators(
    database, city, ministry
):
    admin, bystander = city.person(Role.CITY_ADMIN), city.person(Role.UNIT_HEAD, city.unit())
    row = run(
        database,
        ministry(city.id),
        lambda s: invite(s, cohort_year=2022, occurred_on=date(2022, 2, 1)),
    )
    with database.unit_of_work(city.scope()) as session:
        kept = session.get_one(Participation, (city.id, row.id))
        assert (kept.stage, kept.version) == (S.INVITED, 1)
        step = session.scalars(
            select(ParticipationStep).where(ParticipationStep.tenant_id == city.id)
        ).one()
        assert (step.stage, step.occurred_on) == (S.INVITED, date(2022, 2, 1))
        told = session.scalars(select(Notification).where(Notification.tenant_id == city.id)).one()
    assert (told.person_id, told.kind) == (admin, NotificationKind.INVITED)
    assert told.data == {"name": "Kota Uji", "year": "2022", "occurred_on": "2022-02-01"}
    assert told.person_id != bystander


def test_a_city_is_invited_to_a_cohort_once(database, journey):
    refused(
        database,
        journey.ministry,
        lambda s: invite(s, cohort_year=2022, occurred_on=date(2022, 2, 2)),
        "ALREADY_INVITED",
    )


def test_a_cohort_that_is_not_there_invites_nobody(database, city, ministry):
    (error,) = refused(
        database,
        ministry(city.id),
        lambda s: invite(s, cohort_year=1999, occurred_on=date(2022, 2, 1)),
        "COHORT_UNKNOWN",
    )
    assert error.path == ("cohortYear",)


def test_an_invitation_does_not_lie_ahead(database, city, ministry):
    ahead = date.today() + timedelta(days=2)
    (error,) = refused(
        database,
        ministry(city.id),
        lambda s: invite(s, cohort_year=2022, occurred_on=ahead),
        "DATE_IN_FUTURE",
    )
    assert error.path == ("occurredOn",)


def test_a_city_does_not_invite_itself(database, city):
    refused(
        database,
        city.scope(),
        lambda s: invite(s, cohort_year=2022, occurred_on=date(2022, 2, 1)),
        "FORBIDDEN",
    )


def test_a_city_walks_from_invitation_to_implementation(database, journey):
    journey.go(S.ASSESSED, S.SELECTED)
    run(database, journey.city, paper(journey))
    journey.go(S.COMMITTED, S.INSTITUTED, S.MENTORED)
    run(database, journey.city, paper(journey, SHEET, number="2/BKT", signed_on=date(2022, 9, 27)))
    row = journey.go(S.PRESENTED, S.REVISION, S.PRESENTED, S.ACCEPTED, S.ADOPTED, S.IMPLEMENTING)
    assert (row.stage, row.version) == (S.IMPLEMENTING, 12)
    with database.unit_of_work(journey.city) as session:
        entries = select(AuditEntry.action).where(
            AuditEntry.tenant_id == journey.tenant_id, AuditEntry.entity == "participation"
        )
        assert session.scalars(entries.order_by(AuditEntry.sequence)).all() == [
            "participation.invite",
            *["participation.advance"] * 11,
        ]


@pytest.mark.parametrize("to", [S.COMMITTED, S.ACCEPTED, S.INVITED])
def test_a_stage_cannot_be_skipped_and_the_open_ones_are_named(database, journey, to):
    (error,) = refused(database, journey.side(to), journey.step(to), "WRONG_STAGE")
    assert "Open stages: assessed, withdrawn, not finished." in error.text("en")
    assert "Tahap yang terbuka: dinilai, mundur, tidak selesai." in error.text("id")


def test_committing_needs_the_signed_memorandum(database, journey):
    journey.go(S.ASSESSED, S.SELECTED)
    (error,) = refused(database, journey.city, journey.step(S.COMMITTED), "COMMITMENT_MISSING")
    assert "nota kesepakatan" in error.text("id")


def test_presenting_needs_the_commitment_sheet(database, journey):
    journey.go(S.ASSESSED, S.SELECTED)
    run(database, journey.city, paper(journey))
    journey.go(S.COMMITTED, S.INSTITUTED, S.MENTORED)
    (error,) = refused(database, journey.city, journey.step(S.PRESENTED), "COMMITMENT_MISSING")
    assert "commitment sheet" in error.text("en")


def test_all_that_is_missing_is_named_at_once(database, journey):
    journey.go(S.ASSESSED)
    step = journey.step(S.SELECTED, document_number=" ", occurred_on=date(2022, 1, 31))
    refused(database, journey.ministry, step, "DATE_BEFORE_FORMER_STEP", "DOCUMENT_NUMBER_MISSING")


def test_a_step_does_not_lie_ahead(database, journey):
    step = journey.step(S.ASSESSED, occurred_on=date.today() + timedelta(days=2))
    refused(database, journey.ministry, step, "DATE_IN_FUTURE")


def test_each_side_takes_its_own_steps(database, journey):
    refused(database, journey.city, journey.step(S.ASSESSED), "FORBIDDEN")
    refused(database, journey.ministry, journey.step(S.WITHDRAWN), "FORBIDDEN")


def test_a_stale_version_takes_no_step(database, journey):
    journey.go(S.ASSESSED)
    stale = journey.step(S.SELECTED, expected_version=1)
    (error,) = refused(database, journey.ministry, stale, "STALE_VERSION")
    assert error.fields == {"current_version": 2}


def test_another_citys_participation_is_not_found(database, journey, make_city):
    stranger = make_city().scope()
    refused(database, stranger, journey.step(S.WITHDRAWN), "NOT_FOUND")
    refused(database, stranger, paper(journey), "NOT_FOUND")


def test_a_hostile_note_is_refused(database, journey):
    refused(database, journey.ministry, journey.step(S.ASSESSED, note="a\x00b"), "INVALID")


def test_a_withdrawn_city_takes_no_further_step(database, journey):
    journey.go(S.WITHDRAWN)
    (error,) = refused(database, journey.ministry, journey.step(S.ASSESSED), "WRONG_STAGE")
    assert error.text("en").endswith("begins with the next cohort's invitation.")
    refused(database, journey.city, paper(journey), "PARTICIPATION_CLOSED")


def test_a_paper_is_recorded_once(database, journey):
    row = run(database, journey.city, paper(journey, place="Command Center"))
    assert (row.kind, row.number, row.place) == (MEMORANDUM, "119/BKT/2022", "Command Center")
    refused(database, journey.city, paper(journey), "COMMITMENT_RECORDED")
    assert run(database, journey.city, paper(journey, SHEET)).kind is SHEET


def test_a_paper_needs_number_and_parties_and_a_past_date(database, journey):
    empty = paper(journey, number=" ", parties="")
    errors = refused(database, journey.city, empty, "INVALID", "INVALID")
    assert [error.path for error in errors] == [("number",), ("parties",)]
    ahead = paper(journey, signed_on=date.today() + timedelta(days=2))
    refused(database, journey.city, ahead, "DATE_IN_FUTURE")
    refused(database, journey.ministry, paper(journey), "FORBIDDEN")


def test_nobody_takes_no_step(database, journey):
    nobody = type(journey.city)(journey.city.door, journey.tenant_id)
    refused(
        database,
        nobody,
        lambda s: advance(
            s, journey.id, to=S.WITHDRAWN, occurred_on=date(2022, 3, 1), expected_version=1
        ),
        "UNAUTHENTICATED",
    )
