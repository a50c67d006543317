"""The data folder: one launcher at a time, and nothing of anybody else's deleted."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

from kotacerdas.embedded import processes
from kotacerdas.embedded.errors import AlreadyRunning, EmbeddedError
from kotacerdas.embedded.passwords import write_private
from kotacerdas.embedded.processes import Process

MARK = "kotacerdas-data"
_LOCK = "lock"
_STATE = "run.json"


class DataFolder:
    """A folder that the embedded servers own, locked for as long as they are in use.

    The kernel frees the lock when its holder dies, however it dies.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self._lock: TextIO | None = None

    def acquire(self) -> None:
        """Take the folder, making it if need be.

        Raises AlreadyRunning where another launcher has it, and EmbeddedError where it holds files
        that are not ours or belongs to another user.
        """
        self._make()
        lock = (self.path / _LOCK).open("a")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise AlreadyRunning(self._state().get("urls", {})) from None
        self._lock = lock

    def release(self) -> None:
        """Give the folder back."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def empty(self) -> None:
        """Delete everything in the folder but its mark and the lock."""
        for path in self.path.iterdir():
            if path.name in (MARK, _LOCK):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()

    def note(
        self,
        urls: Mapping[str, str],
        children: Mapping[str, Process],
        environment: Mapping[str, str],
    ) -> None:
        """Remember what runs: for the next launcher should this one be killed, and for the CLI."""
        pids = {name: [process.pid, process.started] for name, process in children.items()}
        state = {"urls": dict(urls), "children": pids, "environment": dict(environment)}
        write_private(self._state_file, json.dumps(state))

    def forget(self) -> None:
        """Forget what ran: all of it has ended."""
        self._state_file.unlink(missing_ok=True)

    def end_leftovers(self, *, grace_seconds: float = 2.0) -> list[str]:
        """End what a killed launcher left running, and return the names of those children.

        Only processes whose pid and start time are both the noted ones, with their sessions.
        """
        left: dict[str, list[Process]] = {}
        for name, (pid, started) in self._state().get("children", {}).items():
            leader = Process(pid, started)
            family = {*processes.of_session(leader), *processes.descendants(leader)}
            if family and (leader.alive or processes.process_of(pid) is None):
                left[name] = list(family)
        processes.end(
            [one for family in left.values() for one in family], grace_seconds=grace_seconds
        )
        self.forget()
        return list(left)

    @property
    def _state_file(self) -> Path:
        return self.path / _STATE

    def _state(self) -> dict[str, Any]:
        return _read(self._state_file)

    def _make(self) -> None:
        if self.path.exists() and not os.access(self.path, os.W_OK | os.X_OK):
            raise EmbeddedError(
                f"{self.path} belongs to another user. Remove it as that user, or choose another"
                " folder with KOTACERDAS_DATA_DIR."
            )
        self.path.mkdir(mode=0o711, parents=True, exist_ok=True)
        mark = self.path / MARK
        if not mark.exists() and any(self.path.iterdir()):
            raise EmbeddedError(
                f"{self.path} holds files that Kota Cerdas did not make. Choose an empty folder"
                " with KOTACERDAS_DATA_DIR."
            )
        mark.touch()


def running_environment(path: Path) -> dict[str, str]:
    """Return the `KOTACERDAS_*` variables of the launcher that runs on a folder; empty for none."""
    environment: dict[str, str] = _read(path / _STATE).get("environment", {})
    return environment


def _read(state_file: Path) -> dict[str, Any]:
    try:
        state: dict[str, Any] = json.loads(state_file.read_text())
    except (FileNotFoundError, PermissionError, ValueError):
        return {}
    return state
