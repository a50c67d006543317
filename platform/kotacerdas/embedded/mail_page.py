"""The page on which developers read the caught mails, with a JSON list for tests."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import ClassVar

from kotacerdas.embedded.mailbox import Mail, Mailbox

_LINK = re.compile(r"https?://[^\s<>\"']+")
_ROUTE = re.compile(r"/messages/([0-9-]+)(?:/(html|raw))?")
_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?")
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--soft:#888}
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.25rem}a{color:inherit}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;vertical-align:top}
th,td{border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft)}td.time{white-space:nowrap;font-variant-numeric:tabular-nums}
iframe{width:100%;height:36rem;border:1px solid var(--line);background:#fff}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.5 ui-monospace,monospace}
.en{color:var(--soft);font-weight:400}details{margin:1rem 0}summary{cursor:pointer}
"""
# Links of a mail open in a new tab, but its scripts, forms and remote pictures stay dead.
_SANDBOX = "allow-popups allow-popups-to-escape-sandbox"
_MAIL_POLICY = (
    f"sandbox {_SANDBOX}; default-src 'none'; style-src 'unsafe-inline';"
    " img-src data:; base-uri 'none'"
)
_PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self';"
    " base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    body: bytes
    content_type: str = "text/html; charset=utf-8"
    status: HTTPStatus = HTTPStatus.OK
    policy: str = _PAGE_POLICY


_NOT_FOUND = Answer(b"not found\n", "text/plain; charset=utf-8", HTTPStatus.NOT_FOUND)


def handler(mailbox: Mailbox) -> type[BaseHTTPRequestHandler]:
    """Return the request handler class over one mailbox."""
    return type("Handler", (_Handler,), {"mailbox": mailbox})


class _Handler(BaseHTTPRequestHandler):
    mailbox: ClassVar[Mailbox]

    def do_GET(self) -> None:
        """Show the list, one mail, its HTML part, its source, or the JSON list."""
        self._answer(lambda: _shown(self.mailbox, self.path))

    def do_DELETE(self) -> None:
        """Empty the mailbox."""
        self._answer(lambda: _emptied(self.mailbox, self.path))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (overridden name)
        """Say nothing: a log line per poll would bury the mails."""

    def _answer(self, make: Callable[[], Answer]) -> None:
        # A page elsewhere could rebind its name to loopback and read invitations: only our names.
        ours = _HOST.fullmatch(self.headers.get("Host", "")) is not None
        answer = make() if ours else _NOT_FOUND
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Content-Security-Policy", answer.policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(answer.body)


def _emptied(mailbox: Mailbox, path: str) -> Answer:
    if path != "/messages":
        return _NOT_FOUND
    return _json({"deleted": mailbox.empty()})


def _shown(mailbox: Mailbox, path: str) -> Answer:
    if path == "/":
        return Answer(_list_page(mailbox.mails()))
    if path == "/messages.json":
        return _json([_as_json(mail) for mail in mailbox.mails()])
    route = _ROUTE.fullmatch(path)
    mail = mailbox.mail(route[1]) if route else None
    if route is None or mail is None:
        return _NOT_FOUND
    match route[2]:
        case "html":
            return Answer(_html_part(mail), policy=_MAIL_POLICY)
        case "raw":
            return Answer(mail.raw, "text/plain; charset=utf-8")
        case _:
            return Answer(_mail_page(mail))


def _json(value: object) -> Answer:
    return Answer(json.dumps(value, ensure_ascii=False).encode(), "application/json")


def _as_json(mail: Mail) -> dict[str, object]:
    return {
        "id": mail.id,
        "from": mail.sender,
        "to": mail.recipients,
        "subject": mail.subject,
        "date": str(mail.message.get("Date", "")),
        "text": mail.text,
        "html": mail.html,
        "headers": [[name, str(value)] for name, value in mail.message.items()],
    }


def _list_page(mails: list[Mail]) -> bytes:
    rows = "".join(
        f'<tr><td class="time">{_safe(mail.message.get("Date", ""))}'
        f"<td>{_safe(', '.join(mail.recipients))}"
        f'<td><a href="/messages/{mail.id}">{_safe(mail.subject) or "(tanpa judul)"}</a>'
        for mail in mails
    )
    nothing = "<p>Belum ada surat. <span class=en>No mails yet.</span>"
    table = f"<table><tr><th>Waktu<th>Kepada<th>Judul{rows}</table>" if mails else nothing
    title = f"Surat keluar ({len(mails)})"
    return _page(
        title, f"<h1>{title} <span class=en>Outgoing mails, caught here</span></h1>{table}"
    )


def _mail_page(mail: Mail) -> bytes:
    headers = "".join(
        f"<tr><th>{_safe(name)}<td>{_safe(value)}" for name, value in mail.message.items()
    )
    frame = (
        f'<iframe title="HTML" sandbox="{_SANDBOX}" src="/messages/{mail.id}/html"></iframe>'
        if mail.html
        else ""
    )
    way = f"{_safe(mail.sender)} &rarr; {_safe(', '.join(mail.recipients))}"
    return _page(
        mail.subject,
        f'<p><a href="/">&larr; Semua surat <span class=en>All mails</span></a>'
        f"<h1>{_safe(mail.subject)}</h1><p>{way}{frame}"
        f"<h2>Teks <span class=en>Text</span></h2><pre>{_linked(mail.text)}</pre>"
        f"<details><summary>Kepala surat <span class=en>Headers</span></summary>"
        f'<table>{headers}</table><p><a href="/messages/{mail.id}/raw">'
        f"Sumber <span class=en>Source</span></a></details>",
    )


def _html_part(mail: Mail) -> bytes:
    return f'<!doctype html><meta charset="utf-8"><base target="_blank">{mail.html}'.encode()


def _linked(text: str) -> str:
    """Return text as HTML with its web addresses as links."""
    places = [match.span() for match in _LINK.finditer(text)]
    parts, end = [], 0
    for start, stop in places:
        url = _safe(text[start:stop])
        parts += [
            _safe(text[end:start]),
            f'<a href="{url}" target="_blank" rel="noreferrer">{url}</a>',
        ]
        end = stop
    return "".join([*parts, _safe(text[end:])])


def _safe(value: object) -> str:
    return html.escape(str(value))


def _page(title: str, body: str) -> bytes:
    return (
        f'<!doctype html><html lang="id"><meta charset="utf-8"><title>{_safe(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style>{body}'
    ).encode()
