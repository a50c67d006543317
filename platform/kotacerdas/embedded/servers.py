"""PostgreSQL, Valkey and the mail catcher as one thing to enter and leave."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import URLError
from urllib.request import urlopen

from kotacerdas.embedded import mail, ports
from kotacerdas.embedded.data_folder import DataFolder
from kotacerdas.embedded.errors import EmbeddedError
from kotacerdas.embedded.passwords import Passwords
from kotacerdas.embedded.postgres import Postgres
from kotacerdas.embedded.processes import ends_with_parent
from kotacerdas.embedded.valkey import Valkey

SMTP_PORT = 1025
MAIL_PORT = 8025
READY_SECONDS = 15


class EmbeddedServers:
    """The servers of one data folder, for the launcher, the tests and the journey.

    `durable=False` trades the data's safety for speed, in tests alone. `fresh` deletes what the
    folder held. `catch_mail=False` leaves the mail catcher's `mail_command` to somebody else, who
    lets it inherit the `mail_sockets`.
    """

    def __init__(
        self,
        path: Path,
        *,
        durable: bool = True,
        fresh: bool = False,
        catch_mail: bool = True,
        postgres_bin: Path | None = None,
        say: Callable[[str], None] = print,
    ) -> None:
        self.folder = DataFolder(path)
        self.postgres = Postgres(self.folder.path, bin_folder=postgres_bin, durable=durable)
        self.valkey = Valkey(self.folder.path, durable=durable, say=say)
        self._passwords = Passwords(self.folder.path / "secrets.json")
        self._postgres_bin = postgres_bin
        self._fresh = fresh
        self._catch_mail = catch_mail
        self._say = say
        self._smtp: socket.socket | None = None
        self._page: socket.socket | None = None
        self._mail: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.folder.acquire()
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._stop()

    def environment(self) -> dict[str, str]:
        """Return the `KOTACERDAS_*` variables of a process that uses these servers."""
        roles = ("city", "ministry", "identity", "worker", "relay", "migrator")
        urls = self.postgres.urls()
        return {
            "KOTACERDAS_MODE": "embedded",
            "KOTACERDAS_DATA_DIR": str(self.folder.path),
            **{f"KOTACERDAS_{role.upper()}_URL": urls[f"app_{role}"] for role in roles},
            "KOTACERDAS_BROKER_URL": self.valkey.url,
            "KOTACERDAS_SECRET_KEY": self._passwords.of("secret_key"),
            "KOTACERDAS_SMTP_HOST": ports.HOST,
            "KOTACERDAS_SMTP_PORT": str(ports.port_of(self.mail_sockets[0])),
        }

    @property
    def mail_url(self) -> str:
        """Address of the page that shows the caught mails."""
        return f"http://{ports.HOST}:{ports.port_of(self.mail_sockets[1])}/"

    @property
    def mail_sockets(self) -> tuple[socket.socket, socket.socket]:
        """Where mails and readers knock; held from the start, so that no other takes the ports.

        Raises EmbeddedError where the servers do not run.
        """
        if self._smtp is None or self._page is None:
            raise EmbeddedError("The mail catcher has no ports before the servers are started.")
        return self._smtp, self._page

    @property
    def mail_command(self) -> tuple[str, ...]:
        """Command line of the mail catcher."""
        smtp, page = self.mail_sockets
        return mail.command(smtp=smtp, page=page, folder=self.folder.path / "mail")

    def revive(self) -> list[str]:
        """Start again the servers that have died, and return their names."""
        dead = [server for server in (self.postgres, self.valkey) if not server.alive]
        for server in dead:
            server.start()
        return [type(server).__name__ for server in dead]

    def remove(self) -> None:
        """Delete the data of stopped servers, also what lies outside the data folder."""
        self.postgres.remove()
        self.folder.empty()

    def _start(self) -> None:
        left = self.folder.end_leftovers()
        if left:
            self._say(f"Ended what a killed launcher had left: {', '.join(left)}.")
        if self._fresh:
            self._begin_anew()
        self.postgres.start()
        self.valkey.start()
        self._smtp = ports.take_port(SMTP_PORT, name="SMTP", say=self._say)
        self._page = ports.take_port(MAIL_PORT, name="The mail page", say=self._say)
        if self._catch_mail:
            self._start_mail()

    def _begin_anew(self) -> None:
        # Through objects of their own, for they remember where the files were.
        path = self.folder.path
        for old in (Postgres(path, bin_folder=self._postgres_bin), Valkey(path)):
            old.stop()
            old.remove()
        self.folder.empty()

    def _start_mail(self) -> None:
        self._mail = subprocess.Popen(  # noqa: S603  (our own module)
            self.mail_command,
            stdin=subprocess.DEVNULL,
            pass_fds=[each.fileno() for each in self.mail_sockets],
            start_new_session=True,
            preexec_fn=ends_with_parent(),
        )
        deadline = time.monotonic() + READY_SECONDS
        while not answers(self.mail_url):
            if self._mail.poll() is not None or time.monotonic() > deadline:
                raise EmbeddedError("The mail catcher did not start; the lines above say why.")
            time.sleep(0.05)

    def _stop(self) -> None:
        if self._mail is not None:
            self._mail.terminate()
            self._mail.wait(timeout=10)
            self._mail = None
        for held in filter(None, (self._smtp, self._page)):
            held.close()
        self._smtp = self._page = None
        self.valkey.stop()
        self.postgres.stop()
        self.folder.release()


def answers(url: str) -> bool:
    """Whether a GET of this loopback address is answered with 200 within a second."""
    try:
        with urlopen(url, timeout=1) as response:  # noqa: S310  (always http on loopback)
            return bool(response.status == 200)
    except (URLError, OSError):
        return False
