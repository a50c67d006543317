"""Caught mails as .eml files, so that they survive a restart and any mail program can open them."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import count
from pathlib import Path

_ID = re.compile(r"[0-9]{20}-[0-9]{6}")
_PARSER = BytesParser(_class=EmailMessage, policy=policy.default)


@dataclass(frozen=True)
class Mail:
    """One caught mail. `recipients` are the envelope's: blind copies are among them."""

    id: str
    raw: bytes
    message: EmailMessage

    @property
    def subject(self) -> str:
        """The subject line, empty if there is none."""
        return str(self.message.get("Subject", ""))

    @property
    def sender(self) -> str:
        """The From header."""
        return str(self.message.get("From", ""))

    @property
    def recipients(self) -> list[str]:
        """Every address it was sent to."""
        return str(self.message.get("X-Envelope-To", "")).split()

    @property
    def text(self) -> str:
        """The plain text part, empty if there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part, empty if there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        if part is None:
            return ""
        try:
            return str(part.get_content())
        except LookupError:  # a charset that Python does not know
            return bytes(part.get_payload(decode=True)).decode(errors="replace")


class Mailbox:
    """The folder of caught mails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, sender: str, recipients: list[str], content: bytes) -> str:
        """Store a mail as it came, its envelope in two headers on top, and return its id."""
        mail_id = f"{time.time_ns():020d}-{next(self._numbers) % 1_000_000:06d}"
        to = "\r\n ".join(recipients)
        envelope = f"X-Envelope-From: {sender}\r\nX-Envelope-To: {to}\r\n".encode()
        fresh = self._folder / f"{mail_id}.new"
        fresh.write_bytes(envelope + content)
        fresh.replace(self._folder / f"{mail_id}.eml")
        return mail_id

    def mails(self) -> list[Mail]:
        """Return all mails, the newest first."""
        found = (self.mail(path.stem) for path in sorted(self._folder.glob("*.eml"), reverse=True))
        return [mail for mail in found if mail is not None]

    def mail(self, mail_id: str) -> Mail | None:
        """Return one mail, or None if there is none of this id."""
        path = self._folder / f"{mail_id}.eml"
        if _ID.fullmatch(mail_id) is None or not path.exists():
            return None
        raw = path.read_bytes()
        return Mail(mail_id, raw, _PARSER.parsebytes(raw))

    def empty(self) -> int:
        """Delete all mails and return how many there were."""
        paths = list(self._folder.glob("*.eml"))
        for path in paths:
            path.unlink(missing_ok=True)
        return len(paths)
