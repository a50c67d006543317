"""The supervisor: keeps named child processes running, shows their output, and ends them all."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from kotacerdas.embedded import processes
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.processes import Process, process_of
from kotacerdas.embedded.signals import ENDING, ignore_ending

RESTARTS = 3
HEALTHY_SECONDS = 60
"""A child that ran this long before it fell has its restarts back."""
FIRST_PAUSE_SECONDS = 0.5
_CHUNK = 65536


@dataclass(frozen=True)
class Child:
    """A process to keep running: the name before its log lines, and its command line.

    One that `waits` is started when the supervisor is told to `release` it. It inherits the open
    files whose numbers are `files`, such as a listening socket.
    """

    name: str
    command: tuple[str, ...]
    waits: bool = False
    files: tuple[int, ...] = ()


class Asked(Exception):
    """Somebody asked the supervisor to end."""


class Supervisor:
    """Runs children until a signal, or until one of them keeps falling.

    Each child has a session of its own, so Ctrl-C reaches the supervisor alone; each gets SIGTERM
    from the kernel should the supervisor be killed. `changed` hears the running processes by name.
    """

    def __init__(
        self,
        environment: Mapping[str, str],
        *,
        show: Callable[[str, str], None],
        changed: Callable[[dict[str, Process]], None],
        grace_seconds: float = 10.0,
    ) -> None:
        self._environment = environment
        self._show = show
        self._changed = changed
        self._grace_seconds = grace_seconds
        self._running: dict[str, Process] = {}
        self._asked = asyncio.Event()
        self._hurry = asyncio.Event()
        self._released = asyncio.Event()

    async def run(self, children: Sequence[Child], *beside: Coroutine[Any, Any, None]) -> None:
        """Keep the children running, with other work beside them, until asked to end.

        Raises EmbeddedError where a child fell more than 3 times. In no case is a child left.
        """
        loop = asyncio.get_running_loop()
        for number in ENDING:
            loop.add_signal_handler(number, self._on_signal)
        try:
            async with asyncio.TaskGroup() as group:
                for work in (*map(self._keep, children), *beside, self._until_asked()):
                    group.create_task(work)
        except BaseExceptionGroup as group_error:
            _raise_unless_asked(group_error)
        finally:
            for number in ENDING:
                loop.remove_signal_handler(number)
            ignore_ending()

    def release(self) -> None:
        """Start the children that wait."""
        self._released.set()

    def _on_signal(self) -> None:
        if self._asked.is_set():
            self._hurry.set()
        self._asked.set()

    async def _until_asked(self) -> None:
        await self._asked.wait()
        raise Asked

    async def _keep(self, child: Child) -> None:
        if child.waits:
            await self._released.wait()
        falls = 0
        while True:
            began = time.monotonic()
            code = await self._run_once(child)
            falls = 1 if time.monotonic() - began > HEALTHY_SECONDS else falls + 1
            ended = f"ended by {_cause(code)}"
            if falls > RESTARTS:
                raise EmbeddedError(
                    f"{child.name} {ended} after {RESTARTS} restarts, so everything ends."
                    " The lines above say why; start again when that is put right."
                )
            self._show(child.name, f"{ended}; restart {falls} of {RESTARTS}")
            await asyncio.sleep(FIRST_PAUSE_SECONDS * 2 ** (falls - 1))

    async def _run_once(self, child: Child) -> int:
        """Run a child to its end, and end it and its own children where this task is cancelled."""
        output, started = await self._start(child)
        process = process_of(started.pid)
        self._note(child.name, process)
        lines = asyncio.create_task(self._forward(child.name, output))
        ended = asyncio.create_task(started.wait())
        try:
            await asyncio.wait({lines, ended}, return_when=asyncio.FIRST_COMPLETED)
            if lines.done():
                lines.result()  # raises where the output can no longer be shown
            return await ended
        finally:
            if process is not None:
                await self._end(process)
            await started.wait()
            # Whoever fled from the family with our pipe in hand must not keep us waiting.
            await asyncio.wait({lines}, timeout=2)
            lines.cancel()
            self._note(child.name, None)

    async def _start(self, child: Child) -> tuple[BinaryIO, asyncio.subprocess.Process]:
        # A pipe of our own: with asyncio's, a child counts as ended only when everybody who
        # inherited the pipe has ended too.
        reading, writing = os.pipe()
        try:
            started = await asyncio.create_subprocess_exec(
                *child.command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                env=self._environment,
                pass_fds=child.files,
                start_new_session=True,
                preexec_fn=processes.ends_with_parent(),
            )
        except BaseException:
            os.close(reading)
            raise
        finally:
            os.close(writing)
        return os.fdopen(reading, "rb", buffering=0), started

    async def _end(self, leader: Process) -> None:
        family = [leader, *processes.of_session(leader), *processes.descendants(leader)]
        leader.send(signal.SIGTERM)
        deadline = time.monotonic() + self._grace_seconds
        while leader.alive and time.monotonic() < deadline and not self._hurry.is_set():
            await asyncio.sleep(0.02)
        # Also where the leader has fallen by itself: what it started must not run on.
        for process in {*family, *processes.of_session(leader)}:
            process.send(signal.SIGKILL)

    async def _forward(self, name: str, output: BinaryIO) -> None:
        stream = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(stream)
        pipe, _ = await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, output)
        try:
            # In chunks: a single line may be longer than any buffer.
            rest = b""
            while chunk := await stream.read(_CHUNK):
                *whole, rest = (rest + chunk).split(b"\n")
                for line in whole:
                    self._show(name, line.decode(errors="replace").rstrip())
            if rest:
                self._show(name, rest.decode(errors="replace"))
        finally:
            pipe.close()

    def _note(self, name: str, process: Process | None) -> None:
        self._running.pop(name, None)
        if process is not None:
            self._running[name] = process
        self._changed(dict(self._running))


def _cause(code: int) -> str:
    if code >= 0:
        return f"itself with code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"


def _raise_unless_asked(group: BaseExceptionGroup[BaseException]) -> None:
    problem = next((error for error in group.exceptions if not isinstance(error, Asked)), None)
    if problem is not None:
        raise problem from None
