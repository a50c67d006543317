"""A worker, a relay and a broker as processes that can be killed and come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import choice
from types import TracebackType
from typing import Self

from kotacerdas.embedded.valkey import Valkey
from tests.faults.broker import stop

WORKER, RELAY = "worker", "relay"
WORK = ["worker", "-l", "INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
COMMANDS = {
    WORKER: [sys.executable, "-m", "celery", "-A", "tests.faults.app", *WORK],
    RELAY: [sys.executable, "-m", "workers.relay"],
}


class Product:
    """Runs the background half of the product against the tests' database."""

    def __init__(self, folder: Path, valkey: Valkey, **settings: object) -> None:
        values = {f"KOTACERDAS_{name.upper()}": str(value) for name, value in settings.items()}
        self._valkey = valkey
        self._log = (folder / "product.log").open("ab")
        self._environment = {
            **os.environ,
            **values,
            "KOTACERDAS_BROKER_URL": valkey.url,
        }
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        for name in COMMANDS:
            self._start(name)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for name in COMMANDS:
            self._end(name)
        self._log.close()

    def kill(self, target: str) -> None:
        """Kill -9 `child`, `worker`, `relay` or `broker`; all but a child are started again.

        The worker dies with its children, as it does under systemd or in a container.
        """
        match target:
            case "child":
                os.kill(choice(self._children()), signal.SIGKILL)
            case "broker":
                os.kill(self._valkey.pid, signal.SIGKILL)
                stop(self._valkey)
                self._valkey.start()
            case _:
                self._end(target)
                self._start(target)

    def terminate_worker(self) -> int:
        """Send SIGTERM to the worker and return its exit code when it has ended."""
        self._processes[WORKER].terminate()
        return self._processes[WORKER].wait()

    def _children(self) -> list[int]:
        pid = self._processes[WORKER].pid
        listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        return [int(child) for child in listed] or [pid]

    def _start(self, name: str) -> None:
        self._processes[name] = subprocess.Popen(
            COMMANDS[name],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def _end(self, name: str) -> None:
        process = self._processes[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
