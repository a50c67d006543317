"""Many slow clients at once keep nobody else waiting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.kotacerdas.web.server.process import Process, process
from tests.kotacerdas.web.server.slow import GOAL_MS, MODES, attack

CONNECTIONS, SECONDS = 100, 1.5
TRIES = 4
"""One of them must do: the machine has other work too, which makes waits longer, never shorter."""

pytestmark = pytest.mark.timed


@pytest.fixture(scope="module")
def api(database) -> Iterator[Process]:
    with process(rate_anonymous=0) as running:
        yield running


def late(api: Process, mode: str) -> dict[str, float]:
    """Hold slow connections and return who waited too long, with the milliseconds."""
    outcome = attack(api, mode, CONNECTIONS, SECONDS)
    assert outcome.held >= CONNECTIONS
    assert min(map(len, outcome.waits.values())) >= 3
    return {name: worst for name, worst in outcome.worst_ms.items() if worst >= GOAL_MS}


@pytest.mark.parametrize("mode", MODES)
def test_others_are_answered_in_time_while_slow_connections_are_held(api, mode):
    tries = (late(api, mode) for _ in range(TRIES))
    assert any(found == {} for found in tries)
