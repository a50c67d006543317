"""A real SMTP server that answers as a test tells it to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

LOGIN = LoginPassword(b"kota", b"rahasia")
TAKEN = "250 OK"


@dataclass
class MailServer:
    """What arrived, with the envelope's recipients; `to_recipient` and `to_content` answer next."""

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    authenticated: list[bool] = field(default_factory=list)
    to_recipient: list[str] = field(default_factory=list)
    to_content: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list
    ) -> str:
        answer = self.to_recipient.pop(0) if self.to_recipient else TAKEN
        if answer == TAKEN:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = self.to_content.pop(0) if self.to_content else TAKEN
        if answer == TAKEN:
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients.append(envelope.rcpt_tos)
            self.authenticated.append(session.authenticated)
        return answer


@contextmanager
def mail_server(**options: object) -> Iterator[MailServer]:
    """Serve on a free port of loopback until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server = MailServer(free.getsockname()[1])
    controller = Controller(server, "127.0.0.1", server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


def only_login(_server: object, _session: object, _envelope: object, _mechanism: str, data: object):
    """Let in the one login."""
    return AuthResult(success=data == LOGIN, handled=False)
