"""The cookie that carries a session's secret."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
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

    def read(self, connection: HTTPConnection) -> str | None:
        """Return the secret that the request carries, if any."""
        return connection.cookies.get(self.name) or None

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
