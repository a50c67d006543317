"""The embedded PostgreSQL: found alive and adopted, or cleaned up after and started."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import time
from functools import cached_property
from pathlib import Path
from urllib.parse import quote

from kotacerdas.embedded import cluster, installation, processes, roles
from kotacerdas.embedded.accounts import Account, server_account
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.passwords import Passwords
from kotacerdas.embedded.places import Place, server_place, socket_place
from kotacerdas.embedded.processes import Process

START_SECONDS = 60


class Postgres:
    """PostgreSQL 18 for one data folder, on a unix socket that only its user and root can reach.

    It outlives a killed launcher on purpose: the next start adopts it with all it has committed.
    """

    def __init__(
        self, folder: Path, *, bin_folder: Path | None = None, durable: bool = True
    ) -> None:
        self._folder = folder
        self._chosen_bin = bin_folder
        self._durable = durable
        self._passwords = Passwords(folder / "secrets.json")

    def start(self) -> None:
        """Start or adopt the server, then see that database, roles and passwords are there.

        Raises EmbeddedError with the end of the server's log where it does not come up.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        running = self._postmaster()
        if running is None or not self._becomes_ready(running):
            self._clear()
            self._launch()
        roles.prepare(self.superuser_url, self._home, self._bin / "psql", self._passwords)

    def stop(self) -> None:
        """Stop the server in order: sessions are ended, everything committed is on disk."""
        postmaster = self._postmaster()
        if postmaster is not None:
            self._control("-m", "fast", "-t", "20", "stop")
            processes.wait_gone([postmaster], seconds=5)
        self._clear()

    def remove(self) -> None:
        """Delete a stopped server's data, also where it lies outside the data folder."""
        self._socket_place.remove()
        self._place.remove()

    @property
    def alive(self) -> bool:
        """Whether the server runs."""
        return self._postmaster() is not None

    @property
    def pid(self) -> int | None:
        """The postmaster's pid, for tests that kill it."""
        postmaster = self._postmaster()
        return None if postmaster is None else postmaster.pid

    def urls(self) -> dict[str, str]:
        """Return a URL for each login role of deploy/postgres/roles.sql."""
        return {role: self._url(role, roles.DATABASE) for role in roles.LOGIN_ROLES}

    @property
    def superuser_url(self) -> str:
        """URL of the superuser in the product's database."""
        return self._url(cluster.SUPERUSER, roles.DATABASE)

    def _url(self, role: str, database: str) -> str:
        host = quote(str(self._sockets), safe="")
        return f"postgresql://{role}:{self._passwords.of(role)}@/{database}?host={host}"

    @cached_property
    def _place(self) -> Place:
        # The cluster decides who runs it, but may lie elsewhere: look there before choosing.
        inside = self._folder / "postgres"
        return server_place(inside, server_account(inside / "data"))

    @cached_property
    def _home(self) -> Path:
        home = self._place.folder()
        home.chmod(0o711)
        return home

    @property
    def data_folder(self) -> Path:
        """PostgreSQL's own data folder."""
        return self._home / "data"

    @cached_property
    def _account(self) -> Account:
        return server_account(self.data_folder)

    @cached_property
    def _socket_place(self) -> Place:
        return socket_place(self._home / "socket", self._account)

    @cached_property
    def _sockets(self) -> Path:
        return self._account.own_folder(self._socket_place.folder())

    @cached_property
    def _bin(self) -> Path:
        return installation.bin_folder(self._home, self._account, self._chosen_bin)

    @property
    def _name(self) -> str:
        """What marks this cluster's processes in the process list."""
        return f"kotacerdas-{hashlib.sha256(os.fsencode(self.data_folder)).hexdigest()[:12]}"

    def _launch(self) -> None:
        if not self.data_folder.exists():
            password = self._passwords.of(cluster.SUPERUSER)
            roles.forget(self._home)
            cluster.make_cluster(self.data_folder, self._bin, self._account, password)
        if self._chosen_bin is None:
            cluster.check_version(self.data_folder, installation.VERSION)
        cluster.configure(
            self.data_folder,
            self._account,
            name=self._name,
            sockets=self._sockets,
            durable=self._durable,
        )
        self._log.write_text("")
        self._account.take(self._log)
        started = self._control("-w", "-t", str(START_SECONDS), "-l", str(self._log), "start")
        if not started:
            raise EmbeddedError(
                f"PostgreSQL did not start; its log {self._log} ends with:\n{_tail(self._log)}"
            )

    @property
    def _log(self) -> Path:
        return self._home / "postgres.log"

    def _control(self, *arguments: str) -> bool:
        # Output goes nowhere: the server would inherit a pipe and never let it end.
        done = self._account.run(
            self._bin / "pg_ctl",
            f"--pgdata={self.data_folder}",
            *arguments,
            cwd=self._home,
        )
        return done.returncode == 0

    def _postmaster(self) -> Process | None:
        """The live postmaster that the pid file names, if it is ours and not a recycled pid."""
        pid_file = self.data_folder / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return next((process for process in self._processes() if process.pid == pid), None)

    def _processes(self) -> list[Process]:
        mine = ["-D", str(self.data_folder)]
        title = f"postgres: {self._name}: "

        def match(command: list[str]) -> bool:
            return command[1:3] == mine or command[0].startswith(title)

        return processes.by_command(match)

    def _becomes_ready(self, postmaster: Process) -> bool:
        deadline = time.monotonic() + START_SECONDS
        while postmaster.alive and time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if (self.data_folder / "postmaster.pid").read_text().split("\n")[
                    7
                ].strip() == "ready":
                    return True
            time.sleep(0.05)
        return False

    def _clear(self) -> None:
        """End backends that a killed postmaster left, and only then remove its lock files.

        PostgreSQL must never start beside them, and would not start where the pid in a lock file
        belongs to another process or to a zombie that nobody reaps.
        """
        left = self._processes()
        for process in left:
            process.send(signal.SIGQUIT)
        if not processes.wait_gone(left, seconds=5):
            processes.end(left, grace_seconds=1)
        for lock in (self.data_folder / "postmaster.pid", *self._sockets.glob(".s.PGSQL.*")):
            lock.unlink(missing_ok=True)


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-15:])
