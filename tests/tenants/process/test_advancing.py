"""A city's way through a cohort, step by step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.scope import tenant_of
from tenants.cities.commitments import record_commitment
from tenants.cities.models import CommitmentKind, SignatureKind
from tenants.cities.workflow import CLOSED, Stage
from tenants.process.advancing import advance
from tenants.reviews.models import ReviewRound, RoundVerdictKind
from tenants.reviews.rounds import judge
from tests.tenants.participating import adopt, form_bodies, freeze_plan, mentor, sign_sheet
from tests.tenants.refusals import refused, run

S = Stage
MEMORANDUM = CommitmentKind.MEMORANDUM
OPEN = [stage for stage in Stage if stage not in CLOSED]


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


def judged(session):
    mine = (ReviewRound.tenant_id == tenant_of(session)) & ReviewRound.closed_at.is_(None)
    held = session.scalars(select(ReviewRound.id).where(mine)).one()
    return judge(session, held, verdict=RoundVerdictKind.ACCEPTED, comment="")


def test_a_city_walks_from_invitation_to_implementation(database, journey):
    journey.go(S.ASSESSED, S.SELECTED)
    run(database, journey.city, paper(journey))
    journey.go(S.COMMITTED)
    run(database, journey.city, form_bodies)
    journey.go(S.INSTITUTED)
    mentor(database, journey)
    journey.go(S.MENTORED)
    run(database, journey.city, lambda s: sign_sheet(s, journey))
    run(database, journey.city, lambda s: freeze_plan(s, journey))
    journey.go(S.PRESENTED, S.REVISION, S.PRESENTED)
    run(database, journey.city, lambda s: freeze_plan(s, journey, 2))
    run(database, journey.ministry, judged)
    journey.go(S.ACCEPTED)
    run(database, journey.city, lambda s: adopt(s, journey))
    row = journey.go(S.ADOPTED, S.IMPLEMENTING)
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
    journey.place(S.SELECTED)
    (error,) = refused(database, journey.city, journey.step(S.COMMITTED), "COMMITMENT_MISSING")
    assert error.text("id").startswith("Nota kesepakatan belum dicatat.")


def test_presenting_needs_the_commitment_sheet(database, journey):
    journey.place(S.MENTORED)
    run(database, journey.city, lambda s: freeze_plan(s, journey))
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


@pytest.mark.parametrize("stage", OPEN)
def test_a_city_may_withdraw_from_every_open_stage(database, journey, stage):
    journey.place(stage)
    assert journey.go(S.WITHDRAWN).stage is S.WITHDRAWN


@pytest.mark.parametrize("stage", OPEN)
def test_the_ministry_may_close_every_open_stage_as_not_finished(database, journey, stage):
    journey.place(stage)
    assert journey.go(S.NOT_FINISHED).stage is S.NOT_FINISHED


@pytest.mark.parametrize("stage", sorted(CLOSED))
def test_nobody_withdraws_from_what_has_ended(database, journey, stage):
    journey.place(stage)
    refused(database, journey.city, journey.step(S.WITHDRAWN), "WRONG_STAGE")
