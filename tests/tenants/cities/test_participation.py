"""The invitation of a city into a cohort."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from kotacerdas.identity.policy import Role
from tenants.cities.models import CommitmentKind, Participation, ParticipationStep
from tenants.cities.participation import invite
from tenants.cities.texts import COMMITMENTS, STAGES
from tenants.cities.workflow import Stage
from tenants.notifications.models import Notification, NotificationKind
from tests.tenants.refusals import refused, run

S = Stage


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
