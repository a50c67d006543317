"""The signals that end the launcher: Ctrl-C, SIGTERM, and a closed terminal."""

from __future__ import annotations

import signal
from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def interrupt_on_ending() -> None:
    """Let each of them raise KeyboardInterrupt, so that what was begun is undone on the way out."""
    for number in ENDING:
        signal.signal(number, _interrupt)


def ignore_ending() -> None:
    """Ignore them while the servers stop in order."""
    for number in ENDING:
        signal.signal(number, signal.SIG_IGN)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
