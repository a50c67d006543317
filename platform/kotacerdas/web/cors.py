"""Pages of other sites that may call the API: those that the settings name, with a token alone."""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kotacerdas.settings import Settings

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

    Never with credentials: a cookie that comes from there is refused by `CrossSiteGuard`. Without
    the headers that this adds, a browser keeps the answer from the page that asked.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origins = frozenset(origin.encode() for origin in settings.cors_origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or answer a browser that asks first."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        origin = next((value for name, value in scope["headers"] if name == b"origin"), None)
        named = origin in self._origins
        more = _readable_by(origin) if named else [VARY]

        def adding(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *more]}
            return send(message)

        app = PREFLIGHT if named and _is_preflight(scope) else self._app
        await app(scope, receive, adding)


def _readable_by(origin: bytes | None) -> list[tuple[bytes, bytes]]:
    return [
        VARY,
        (b"access-control-allow-origin", origin or b""),
        (b"access-control-expose-headers", ", ".join(EXPOSED_HEADERS).encode()),
    ]


def _is_preflight(scope: Scope) -> bool:
    return scope["method"] == "OPTIONS" and "access-control-request-method" in Headers(scope=scope)
