"""Many slow clients at once keep nobody else waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kotacerdas.web.server.process import Process, process
from tests.kotacerdas.web.server.slow import GOAL_MS, MODES, attack

CONNECTIONS, SECONDS = 100, 2.0


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    with process(rate_anonymous=0) as running:
        yield running


@pytest.mark.parametrize("mode", MODES)
def test_others_are_answered_in_time_while_slow_connections_are_held(api, mode):
    outcome = attack(api, mode, CONNECTIONS, SECONDS)
    assert outcome.held >= CONNECTIONS
    assert {name for name, worst in outcome.worst_ms.items() if worst >= GOAL_MS} == set()
    assert min(map(len, outcome.waits.values())) > 5
