"""The latest moment at which an operation may end."""

from __future__ import annotations

import asyncio
from types import TracebackType

from kotacerdas.errors import TimedOut


class Deadline:
    """Cancels what runs within it after so long, and raises TimedOut.

    `asyncio.timeout` does the same by four calls more, two of them awaited.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._expired = False

    def __enter__(self) -> None:
        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None  # noqa: S101  (within a coroutine that a task runs)
        self._task, self._cancelling = task, task.cancelling()
        self._timer = loop.call_later(self._seconds, self._expire)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        # Somebody else may have cancelled the task as well: then it stays cancelled.
        mine = self._expired and self._task.uncancel() <= self._cancelling
        if mine and kind is not None and issubclass(kind, asyncio.CancelledError):
            raise TimedOut from error

    def _expire(self) -> None:
        self._expired = True
        self._task.cancel()
