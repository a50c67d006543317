"""`python -m workers worker|relay|beat`: the workers' processes."""

from __future__ import annotations

import sys
from collections.abc import Callable

from workers import app, relay

PARTS: dict[str, Callable[[], None]] = {
    "worker": app.run_worker,
    "beat": app.run_beat,
    "relay": relay.main,
}


def main(arguments: list[str]) -> int:
    """Run one part; returns the exit code."""
    if len(arguments) != 1 or arguments[0] not in PARTS:
        print(f"python -m workers {'|'.join(PARTS)}", file=sys.stderr)
        return 2
    PARTS[arguments[0]]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
