"""The life of one rendering child: started bare, listened to, killed with all it started."""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO, Any

import orjson

from workers.rendering.limits import Limits

POLL_SECONDS = 0.5
LEAVE_SECONDS = 5
LAST_WORDS_BYTES = 4_000
ROOT = Path(__file__).parents[2]
"""The folder that holds the packages `workers` and `tenants`, installed or checked out."""


@dataclass
class Ended:
    """How the child ended; `result` is its last line, None when it died without one."""

    limits: Limits
    result: dict[str, Any] | None = None
    returncode: int = 0
    last_words: str = ""
    was_cancelled: bool = False
    was_too_slow: bool = False
    unread: bytes = field(default=b"", repr=False)


def run(
    source: Path,
    target: Path,
    numbers: Sequence[int],
    limits: Limits,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Ended:
    """Run one child to its end, or to the first cancel or passed deadline."""
    ended = Ended(limits)
    with source.open("rb") as stdin, tempfile.TemporaryFile() as stderr:
        child = _start(limits, target, numbers, stdin, stderr)
        try:
            if _listen(child, ended, progress, cancelled):
                _await(child)
        finally:
            _kill(child)
        ended.returncode = child.returncode
        stderr.seek(max(0, stderr.seek(0, os.SEEK_END) - LAST_WORDS_BYTES))
        ended.last_words = stderr.read().decode(errors="replace")
    return ended


def _start(
    limits: Limits, target: Path, numbers: Sequence[int], stdin: IO[bytes], stderr: IO[bytes]
) -> subprocess.Popen[bytes]:
    chosen = ",".join(map(str, numbers))
    module = [sys.executable, "-m", "workers.rendering.child"]
    command = [*module, limits.to_json(), str(target), chosen]
    return subprocess.Popen(  # noqa: S603  # our own interpreter and module, no shell
        command,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=stderr,
        cwd=target.parent,
        env=_bare_environment(),
        start_new_session=True,
    )


def _bare_environment() -> dict[str, str]:
    """None of the worker's secrets; few threads, since each reserves address space."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "PYTHONSAFEPATH": "1",
        "LC_ALL": "C.UTF-8",
        "MALLOC_ARENA_MAX": "2",
        "RAYON_NUM_THREADS": "1",
    }


def _listen(
    child: subprocess.Popen[bytes],
    ended: Ended,
    progress: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> bool:
    """Pass steps on; True when the child has closed its output, False to end it now."""
    deadline = monotonic() + ended.limits.wall_seconds
    asked_at = monotonic()
    output = child.stdout
    if output is None:
        raise RuntimeError("the child has no output to listen to")
    with output, selectors.DefaultSelector() as selector:
        selector.register(output, selectors.EVENT_READ)
        while True:
            if selector.select(POLL_SECONDS) and not _heard(output, ended, progress):
                return True
            if monotonic() >= deadline:
                ended.was_too_slow = True
                return False
            if monotonic() - asked_at >= POLL_SECONDS:
                asked_at = monotonic()
                if cancelled():
                    ended.was_cancelled = True
                    return False


def _heard(output: IO[bytes], ended: Ended, progress: Callable[[str], None]) -> bool:
    """Take in what the child said; False once it has nothing more to say."""
    said = os.read(output.fileno(), 65_536)
    *lines, ended.unread = (ended.unread + said).split(b"\n")
    for line in lines:
        words = orjson.loads(line)
        if "step" in words:
            progress(words["step"])
        else:
            ended.result = words
    return bool(said)


def _await(child: subprocess.Popen[bytes]) -> None:
    """Give a child that has said all it had to say the time to leave by itself."""
    with suppress(subprocess.TimeoutExpired):
        child.wait(LEAVE_SECONDS)


def _kill(child: subprocess.Popen[bytes]) -> None:
    """End the child's whole session, unless it has left."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
