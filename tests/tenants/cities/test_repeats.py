"""A repeat follows from what the region did before: here, or by the public lists."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, literal, select

from kotacerdas.scope import NATION, Door, Scope
from tenants.cities.models import Participant, Participation, ParticipationMode
from tenants.cities.participation import invite
from tenants.cities.queries import participation_counts
from tenants.cities.repeats import is_repeat
from tenants.cities.workflow import Stage
from tenants.editions.models import Cohort
from tests.tenants.participating import ensure_reference, invited
from tests.tenants.refusals import refused, run

INVITE = {"cohort_year": 2023, "occurred_on": date(2023, 2, 1)}


@pytest.fixture
def journey(database, city, ministry):
    ensure_reference(database)
    return invited(database, city, ministry)


def _is_repeat(database, city, participation_id):
    table = Participation.__table__
    query = select(is_repeat(table, literal(city.id))).where(
        table.c.tenant_id == city.id, table.c.id == participation_id
    )
    return run(database, Scope(Door.CITY, city.id), lambda s: s.scalar(query))


@pytest.mark.parametrize(
    ("stage", "repeat"),
    [
        (Stage.INVITED, False),
        (Stage.ASSESSED, False),
        (Stage.NOT_SELECTED, False),
        (Stage.RESERVE, False),
        (Stage.SELECTED, True),
        (Stage.IMPLEMENTING, True),
        (Stage.NOT_FINISHED, True),
    ],
)
def test_who_took_part_before_repeats_and_who_was_not_selected_does_not(
    database, city, journey, stage, repeat
):
    journey.place(stage)
    later = run(database, journey.ministry, lambda s: invite(s, **INVITE))
    assert _is_repeat(database, city, later.id) is repeat
    assert _is_repeat(database, city, journey.id) is False
    assert later.stage is Stage.INVITED


@pytest.mark.parametrize(("way", "repeat"), [((), False), ((Stage.ASSESSED, Stage.SELECTED), True)])
def test_who_withdrew_took_part_only_if_it_was_selected_before(
    database, city, journey, way, repeat
):
    journey.go(*way, Stage.WITHDRAWN)
    later = run(database, journey.ministry, lambda s: invite(s, **INVITE))
    assert _is_repeat(database, city, later.id) is repeat


def test_a_region_of_the_public_lists_repeats_too(database, city, journey):
    assert _is_repeat(database, city, journey.id) is False
    nation = Scope(Door.MINISTRY, NATION)
    counts = lambda s: s.execute(participation_counts()).one()[:3]  # noqa: E731
    before = run(database, nation, counts)
    with database.unit_of_work(nation) as session:
        cohort_id = session.scalars(select(Cohort.id).where(Cohort.year == 2017)).one()
        session.add(
            Participant(
                cohort_id=cohort_id,
                region_code=city.region_code,
                list_completeness="complete",
                source="tests",
            )
        )
    assert _is_repeat(database, city, journey.id) is True
    # The honest count is of the announced quotas, whatever this database holds.
    assert run(database, nation, counts) == before == (198, 191, 7)


def test_a_repeat_is_a_participation_of_its_own_and_once_in_a_cohort(database, city, journey):
    journey.go(Stage.WITHDRAWN)
    own = {**INVITE, "mode": ParticipationMode.OWN_INITIATIVE}
    later = run(database, journey.ministry, lambda s: invite(s, **own))
    assert (later.mode, later.version) == (ParticipationMode.OWN_INITIATIVE, 1)
    mine = select(func.count()).where(Participation.tenant_id == city.id)
    assert run(database, journey.city, lambda s: s.scalar(mine)) == 2
    refused(database, journey.ministry, lambda s: invite(s, **own), "ALREADY_INVITED")
