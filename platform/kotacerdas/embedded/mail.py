"""The mail catcher: an SMTP server on loopback that delivers nothing, and a page to read it."""

from __future__ import annotations

import argparse
import signal
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from kotacerdas.embedded.mail_page import handler
from kotacerdas.embedded.mailbox import Mailbox
from kotacerdas.embedded.ports import HOST

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


def serve(*, smtp_port: int, http_port: int, folder: Path) -> None:
    """Catch mails until SIGTERM or SIGINT."""
    # Of the extra `dev`: the command line loads this module where the extra is not installed.
    from aiosmtpd.controller import Controller

    mailbox = Mailbox(folder)
    smtp = Controller(Catcher(mailbox), hostname=HOST, port=smtp_port, data_size_limit=MAX_BYTES)
    page = ThreadingHTTPServer((HOST, http_port), handler(mailbox))
    signal.signal(signal.SIGTERM, _leave)
    smtp.start()
    try:
        page.serve_forever(poll_interval=0.1)
    except (KeyboardInterrupt, SystemExit):
        pass
    finally:
        page.server_close()
        smtp.stop()


def command(*, smtp_port: int, http_port: int, folder: Path) -> tuple[str, ...]:
    """Return the command line that runs `serve` as a process of its own."""
    return (
        sys.executable,
        "-m",
        "kotacerdas.embedded.mail",
        f"--smtp-port={smtp_port}",
        f"--http-port={http_port}",
        f"--folder={folder}",
    )


def _leave(_number: int, _frame: FrameType | None) -> None:
    sys.exit(0)


def _main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--smtp-port", type=int, required=True)
    parser.add_argument("--http-port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    serve(**vars(parser.parse_args()))


if __name__ == "__main__":
    _main()
