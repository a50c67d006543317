"""Mail: a letter made into a message, and the message handed to the mail server."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email import policy
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import localtime, parseaddr
from pathlib import Path

import mrml
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from kotacerdas.settings import Settings
from tenants.notifications.texts import Letter

TIMEOUT_SECONDS = 30.0

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(["mjml"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_DETAIL = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_ONE_LINE = policy.default.clone(max_line_length=998)
"""Folding a header as Python does would put a second space before each non-ASCII word."""
_NO_WEB_FONTS = mrml.RenderOptions(fonts={})


class Refused(Exception):
    """The mail server turned this message away for good, or the address is none.

    It names codes only: servers like to repeat the address, which a city may not see.
    """


class NotTaken(Exception):
    """The mail server did not take the message this time (4xx): try again later."""


def message_of(
    letter: Letter, settings: Settings, *, address: str, name: str, message_id: str, link: str
) -> EmailMessage:
    """Return the letter as a mail in text and HTML with a button to `link`.

    Raises Refused where `address` is no mail address.
    """
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = _recipient(address, name)
    message["Subject"] = letter.subject
    message["Date"] = localtime()
    message["Message-ID"] = message_id
    message["List-Id"] = f"Kota Cerdas <notifications.{sending_host(settings)}>"
    message["Auto-Submitted"] = "auto-generated"
    text = _TEMPLATES.get_template("letter.txt").render(letter=letter, link=link)
    message.set_content(text, cte="quoted-printable")
    html = html_of(letter, link)
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message["Content-Language"] = letter.language
    message.policy = _ONE_LINE  # for the headers: the body has its short lines already
    return message


def html_of(letter: Letter, link: str) -> str:
    """Return the letter as HTML that mail programs understand; it loads nothing from elsewhere."""
    markup = _TEMPLATES.get_template("letter.mjml").render(letter=letter, link=link)
    return mrml.to_html(markup, None, _NO_WEB_FONTS).content


def deliver(message: EmailMessage, settings: Settings) -> None:
    """Hand the message to the mail server.

    Raises Refused for a lasting no (5xx) to the recipient or the content and NotTaken for a passing
    one. What goes wrong with the connection, our login or our own sender address rises as it is.
    """
    with _connection(settings) as server:
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as error:
            raise _answer(*next(iter(error.recipients.values()))) from None
        except smtplib.SMTPDataError as error:
            raise _answer(error.smtp_code, error.smtp_error) from None
        except smtplib.SMTPNotSupportedError:
            raise Refused("the mail server cannot carry this address") from None


@contextmanager
def _connection(settings: Settings) -> Iterator[smtplib.SMTP]:
    server = smtplib.SMTP(
        settings.smtp_host,
        settings.smtp_port,
        local_hostname=sending_host(settings),
        timeout=TIMEOUT_SECONDS,
    )
    try:
        if settings.smtp_starttls:
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_username is not None and settings.smtp_password is not None:
            server.login(settings.smtp_username, settings.smtp_password.get_secret_value())
        yield server
    finally:
        # A farewell that fails after the mail was taken must not send the mail again.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()


def _answer(code: int, reason: bytes | str) -> Refused | NotTaken:
    text = reason.decode("ascii", "replace") if isinstance(reason, bytes) else reason
    detail = _DETAIL.match(text)
    named = f"{code} {detail[0]}" if detail else str(code)
    return Refused(named) if code >= 500 else NotTaken(named)


def _recipient(address: str, name: str) -> Address:
    shown = "".join(filter(str.isprintable, " ".join(name.split())))
    try:
        return Address(display_name=shown, addr_spec=address)
    except (ValueError, IndexError, MessageError) as error:
        raise Refused("not a mail address") from error


def sending_host(settings: Settings) -> str:
    """Return the domain that mails are sent from."""
    return parseaddr(settings.mail_from)[1].partition("@")[2]
