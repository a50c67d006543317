"""What processes have used: CPU from /proc/<pid>/stat, memory from /proc/<pid>/smaps_rollup."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kotacerdas.embedded.processes import descendants, process_of
from tests.bench.contenders import Running

TICKS = os.sysconf("SC_CLK_TCK")
QUIET_SECONDS = 0.5
SETTLE_SECONDS = 30
_TIMES = slice(11, 13)  # utime and stime among the fields after the name
_WITH_REAPED = slice(11, 15)  # and those of children that have ended


@dataclass(frozen=True)
class Used:
    """Seconds of CPU so far."""

    server: float
    database: float

    def since(self, before: Used) -> Used:
        """What was used meanwhile."""
        return Used(self.server - before.server, self.database - before.database)


def used(contender: Running, postmaster: int) -> Used:
    """CPU of a contender's processes and of PostgreSQL's, those that have ended included."""
    leader = process_of(postmaster)
    assert leader is not None
    backends = sum(_seconds(process.pid, _TIMES) for process in descendants(leader))
    return Used(
        sum(_seconds(pid, _WITH_REAPED) for pid in contender.pids),
        backends + _seconds(postmaster, _WITH_REAPED),
    )


def settle(contender: Running) -> None:
    """Wait until no process is busy with starting: several share a port, and one answers first."""
    deadline = time.monotonic() + SETTLE_SECONDS
    while time.monotonic() < deadline:
        before = sum(_seconds(pid, _TIMES) for pid in contender.pids)
        time.sleep(QUIET_SECONDS)
        if sum(_seconds(pid, _TIMES) for pid in contender.pids) - before < QUIET_SECONDS / 10:
            return


def resident_mib(pids: Iterable[int]) -> float:
    """Memory of processes; pages that they share count for each."""
    lines = [line for pid in pids for line in _rollup(pid) if line.startswith("Rss:")]
    return sum(int(line.split()[1]) for line in lines) / 1024


def _seconds(pid: int, fields: slice) -> float:
    with suppress(FileNotFoundError, ProcessLookupError):
        text = Path(f"/proc/{pid}/stat").read_text()
        ticks = text[text.rindex(")") + 2 :].split()[fields]
        return sum(map(int, ticks)) / TICKS
    return 0.0


def _rollup(pid: int) -> list[str]:
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return []
