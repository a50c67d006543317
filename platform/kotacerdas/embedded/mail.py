"""The mail catcher: an SMTP server on loopback that delivers nothing, and a page to read it."""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from kotacerdas.embedded import ports
from kotacerdas.embedded.mail_page import handler
from kotacerdas.embedded.mailbox import Mailbox

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_BYTES = 50_000_000


class Catcher:
    """aiosmtpd's handler: every mail is accepted and kept."""

    def __init__(self, mailbox: Mailbox) -> None:
        self._mailbox = mailbox

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one mail; its id stands in the answer as a provider's would."""
        content = envelope.content
        raw = content if isinstance(content, bytes) else str(content or "").encode()
        mail_id = self._mailbox.keep(envelope.mail_from or "", envelope.rcpt_tos, raw)
        return f"250 OK kept as {mail_id}"


def serve(smtp: socket.socket, page: socket.socket, folder: Path) -> None:
    """Catch mails on listening sockets until SIGTERM or SIGINT."""
    asyncio.run(_serve(smtp, page, Mailbox(folder)))


async def _serve(smtp: socket.socket, page: socket.socket, mailbox: Mailbox) -> None:
    # Of the extra `dev`: the command line loads this module where the extra is not installed.
    from aiosmtpd.smtp import SMTP

    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    catcher = Catcher(mailbox)

    def dialogue() -> SMTP:
        return SMTP(catcher, data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, loop=loop)

    async with await loop.create_server(dialogue, sock=smtp):
        # The page comes last: when it answers, all is ready.
        with _shown(page, mailbox):
            await asked.wait()


@contextmanager
def _shown(page: socket.socket, mailbox: Mailbox) -> Iterator[None]:
    server = ThreadingHTTPServer(page.getsockname(), handler(mailbox), bind_and_activate=False)
    server.socket.close()
    server.socket = page
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def command(*, smtp: socket.socket, page: socket.socket, folder: Path) -> tuple[str, ...]:
    """Return the command line that runs `serve` in a process which inherits both sockets."""
    return (
        sys.executable,
        "-m",
        "kotacerdas.embedded.mail",
        f"--smtp={smtp.fileno()}",
        f"--page={page.fileno()}",
        f"--folder={folder}",
    )


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp", type=int, required=True, help="number of a listening socket")
    parser.add_argument("--page", type=int, required=True, help="number of a listening socket")
    parser.add_argument("--folder", type=Path, required=True)
    chosen = parser.parse_args()
    serve(ports.inherited(chosen.smtp), ports.inherited(chosen.page), chosen.folder)


if __name__ == "__main__":
    _main()
