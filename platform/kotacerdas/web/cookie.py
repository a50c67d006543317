"""The cookie that carries a session's secret."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import cookie_parser
from starlette.responses import Response

from kotacerdas.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SessionCookie:
    """Its name and attributes: `__Host-` and Secure everywhere but on plain loopback http."""

    def __init__(self, settings: Settings) -> None:
        address = urlsplit(settings.base_url)
        self.secure = not (address.scheme == "http" and address.hostname in LOOPBACK)
        self.name = "__Host-kotacerdas" if self.secure else "kotacerdas"
        self._seconds = settings.session_absolute_seconds

    def value(self, cookies: str) -> str | None:
        """Return the secret among a request's cookies, if it is there."""
        return (cookie_parser(cookies).get(self.name) or None) if self.name in cookies else None

    def write(self, response: Response, secret: str) -> None:
        """Let the browser keep the secret of a new session."""
        response.set_cookie(
            self.name,
            secret,
            max_age=self._seconds,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )

    def delete(self, response: Response) -> None:
        """Let the browser forget the secret."""
        response.delete_cookie(
            self.name, path="/", secure=self.secure, httponly=True, samesite="lax"
        )
