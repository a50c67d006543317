"""`python -m tests.kotacerdas.web.server`: 500 slow connections in three modes; 1 if it shows."""

from __future__ import annotations

import os
import sys

from kotacerdas import migration
from kotacerdas.settings import Settings
from tests.kotacerdas.web.server.process import process
from tests.kotacerdas.web.server.slow import GOAL_MS, MODES, attack
from tests.servers import servers

CONNECTIONS, SECONDS = 500, 15.0


def main() -> int:
    """Print one line for each goal: name, value, goal, ok or short."""
    with servers() as environment:
        os.environ.update(environment)
        migration.upgrade(Settings())
        with process(rate_anonymous=0) as api:
            reached = [_measure(api, mode) for mode in MODES]
    return 0 if all(reached) else 1


def _measure(api, mode: str) -> bool:
    outcome = attack(api, mode, CONNECTIONS, SECONDS)
    well = True
    for name, worst in outcome.worst_ms.items():
        ok = worst < GOAL_MS and outcome.held >= CONNECTIONS
        print(f"slow_{mode}_{name}_worst_ms {worst:.0f} {GOAL_MS} {'ok' if ok else 'short'}")
        well = well and ok
    return well


if __name__ == "__main__":
    sys.exit(main())
