"""Hostile requests are refused before they cost anything, and nobody else waits for them."""

from __future__ import annotations

import pytest

from graphql_schema.limits.refusals import LimitExceeded
from tests.graphql_schema.limits.corpus import CORPUS
from tests.graphql_schema.limits.flood import flood, identities
from tests.graphql_schema.limits.hostile import Hostile
from tests.graphql_schema.limits.measuring import CPU_MS, READYZ_MS, Measured, still_heap
from tests.kotacerdas.web.server.process import process

FLOOD_SECONDS = 3

pytestmark = pytest.mark.timed


@pytest.fixture(scope="module")
def measured(settings, database):
    with still_heap():
        yield Measured(settings)


@pytest.mark.parametrize("each", CORPUS, ids=lambda each: each.name)
def test_a_hostile_request_is_refused_by_its_own_code_in_50_ms(measured, each: Hostile):
    answer = measured.send(each.body, each.sender)
    assert answer.codes == [each.code]
    assert "data" not in answer.body
    assert answer.cpu_ms < CPU_MS


def test_every_limit_is_tried_by_a_hostile_request():
    tried = {each.code for each in CORPUS}
    assert {cls.code for cls in LimitExceeded.__subclasses__()} <= tried


def test_the_server_stays_ready_during_a_flood(settings, database):
    with process() as api:
        outcome = flood(api.url, identities(api.url, settings, database), FLOOD_SECONDS)
    assert outcome.sent > len(CORPUS)
    assert outcome.refused == outcome.sent
    assert max(outcome.readyz_ms) < READYZ_MS
