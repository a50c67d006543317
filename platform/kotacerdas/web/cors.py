"""Pages of other sites that may call the API: those that the settings name, with a token alone."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from kotacerdas.settings import Settings
from kotacerdas.web.context import manner_of
from kotacerdas.web.security_headers import Fields

METHODS = ("GET", "POST")
REQUEST_HEADERS = (
    "Accept",
    "Accept-Language",
    "Authorization",
    "Content-Type",
    "If-None-Match",
    "Last-Event-ID",
    "X-Client",
    "X-Kota-Cerdas",
    "X-Request-Id",
)
EXPOSED_HEADERS = (
    "Content-Language",
    "ETag",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
)
PREFLIGHT_SECONDS = 7200
"""How long a browser may remember a preflight; none remembers it longer."""

VARY = (b"vary", b"Origin")
PREFLIGHT = Response(
    status_code=204,
    headers={
        "Access-Control-Allow-Methods": ", ".join(METHODS),
        "Access-Control-Allow-Headers": ", ".join(REQUEST_HEADERS),
        "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
    },
)
"""The answer to a named origin's browser, which has asked what its page may send."""


class CrossOrigin:
    """Lets pages of the named origins read our answers.

    Never with credentials: a cookie that comes from there is refused as another site's. Without
    the headers that this adds, a browser keeps the answer from the page that asked.
    """

    def __init__(self, settings: Settings) -> None:
        self._origins = frozenset(settings.cors_origins)

    def fields(self, connection: HTTPConnection) -> Fields:
        """Return what the answer to a request says of pages elsewhere; nothing if none is named."""
        if not self._origins:
            return []
        origin = manner_of(connection).first(b"origin")
        if origin not in self._origins:
            return [VARY]
        return [
            VARY,
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", ", ".join(EXPOSED_HEADERS).encode()),
        ]

    def preflight(self, connection: HTTPConnection) -> Response | None:
        """Return the answer to a named origin's browser that asks first, or None."""
        asks = (
            connection.scope["method"] == "OPTIONS"
            and manner_of(connection).first(b"origin") in self._origins
            and manner_of(connection).first(b"access-control-request-method") is not None
        )
        return PREFLIGHT if asks else None
