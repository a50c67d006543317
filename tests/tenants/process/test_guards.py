"""What a stage waits for, asked before the step is tried."""

from __future__ import annotations

from uuid import uuid4

from kotacerdas.identity.policy import Role
from tenants.cities.workflow import Stage
from tenants.process.guards import missing_for
from tests.tenants.refusals import refused, run

S = Stage


def test_what_is_missing_is_what_the_step_refuses(database, journey):
    journey.place(S.SELECTED)
    (item,) = run(database, journey.city, lambda s: missing_for(s, journey.id))
    (error,) = refused(database, journey.city, journey.step(S.COMMITTED), "COMMITMENT_MISSING")
    assert (str(item.error), item.owner, item.unit_id) == (str(error), Role.CITY_ADMIN, None)


def test_a_later_stage_may_be_asked_for_and_an_ended_one_waits_for_nothing(database, journey):
    later = run(database, journey.city, lambda s: missing_for(s, journey.id, stage=S.PRESENTED))
    assert [item.error.code for item in later] == ["COMMITMENT_MISSING"]
    journey.place(S.WITHDRAWN)
    assert run(database, journey.city, lambda s: missing_for(s, journey.id)) == []


def test_the_ministry_sees_what_is_missing_and_strangers_nothing(database, journey, make_city):
    journey.place(S.SELECTED)
    assert len(run(database, journey.ministry, lambda s: missing_for(s, journey.id))) == 1
    stranger = make_city().scope()
    refused(database, stranger, lambda s: missing_for(s, journey.id), "NOT_FOUND")
    refused(database, journey.city, lambda s: missing_for(s, uuid4()), "NOT_FOUND")
