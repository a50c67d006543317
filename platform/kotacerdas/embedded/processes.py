"""Processes known by pid and start time: a recycled pid is never mistaken for one of ours."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
PROC = Path("/proc")
_STATE, _PARENT, _SESSION, _STARTED = 0, 1, 3, 19  # places in /proc/<pid>/stat after the name
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Process:
    """One process; `started` counts clock ticks since the machine's boot."""

    pid: int
    started: int

    @property
    def alive(self) -> bool:
        """Whether this very process still runs; a zombie does not."""
        return process_of(self.pid) == self

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless the process is gone."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


def process_of(pid: int) -> Process | None:
    """Return the running process of a pid, or None for no process or a zombie."""
    fields = _stat(pid)
    if fields is None or fields[_STATE] in "ZX":
        return None
    return Process(pid, int(fields[_STARTED]))


def of_session(leader: Process) -> list[Process]:
    """Return the processes of the session that `leader` opened, though it may itself be gone.

    Empty where the leader's pid meanwhile belongs to another process.
    """
    now = process_of(leader.pid)
    if now is not None and now != leader:
        return []
    members = [
        Process(pid, int(fields[_STARTED]))
        for pid, fields in _all()
        if int(fields[_SESSION]) == leader.pid and fields[_STATE] not in "ZX"
    ]
    return [member for member in members if member.started >= leader.started]


def descendants(root: Process) -> list[Process]:
    """Return the running children of a process, and theirs, whatever session they are in."""
    children: dict[int, list[Process]] = {}
    for pid, fields in _all():
        child = Process(pid, int(fields[_STARTED]))
        children.setdefault(int(fields[_PARENT]), []).append(child)
    found, queue = [], [root]
    while queue:
        next_ones = children.get(queue.pop().pid, [])
        found += next_ones
        queue += next_ones
    return [process for process in found if process.alive]


def by_command(match: Callable[[list[str]], bool]) -> list[Process]:
    """Return the running processes whose command line, as a list of arguments, matches.

    The command line is all that every user may read of another's process, also inside containers.
    """
    found = []
    for entry in _entries():
        with contextlib.suppress(OSError):
            line = (entry / "cmdline").read_bytes().decode(errors="replace")
            if line and match(line.rstrip("\0").split("\0")):
                found.append(process_of(int(entry.name)))
    return [process for process in found if process is not None]


def end(processes: list[Process], *, grace_seconds: float) -> None:
    """Ask processes to end, wait, and kill those that are left after the grace period."""
    for process in processes:
        process.send(signal.SIGTERM)
    if not wait_gone(processes, seconds=grace_seconds):
        for process in processes:
            process.send(signal.SIGKILL)
        wait_gone(processes, seconds=5)


def wait_gone(processes: list[Process], *, seconds: float) -> bool:
    """Wait until none of the processes runs; return whether that came true in time."""
    deadline = time.monotonic() + seconds
    while any(process.alive for process in processes):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def ends_with_parent() -> Callable[[], None]:
    """Return a `preexec_fn`: the child gets SIGTERM when the thread that started it dies."""
    parent = os.getpid()

    def bind() -> None:
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        # The parent may have died between the fork and the line above.
        if os.getppid() != parent:
            os._exit(1)

    return bind


def keep_orphans() -> None:
    """Become the parent of descendants whose own parent dies, so that they can still be found."""
    _LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1)


def end_descendants(*, grace_seconds: float) -> None:
    """End every process that this one has started, directly or not."""
    us = process_of(os.getpid())
    if us is not None:
        end(descendants(us), grace_seconds=grace_seconds)


def _entries() -> Iterator[Path]:
    return (entry for entry in PROC.iterdir() if entry.name.isdigit())


def _all() -> Iterator[tuple[int, list[str]]]:
    for entry in _entries():
        fields = _stat(int(entry.name))
        if fields is not None:
            yield int(entry.name), fields


def _stat(pid: int) -> list[str] | None:
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in parentheses and may itself hold spaces and parentheses.
    return text[text.rindex(")") + 2 :].split()
