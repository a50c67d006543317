"""Headers that narrow what a browser does with our responses."""

from __future__ import annotations

from collections.abc import Awaitable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kotacerdas.settings import Settings

NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


class SecurityHeaders:
    """Adds the headers that forbid browsers what no response of ours needs."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        headers = {
            "Content-Security-Policy": NO_CONTENT_POLICY,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        }
        if settings.base_url.startswith("https:"):
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        self._headers = [(name.lower().encode(), text.encode()) for name, text in headers.items()]
        self._names = frozenset(name for name, _ in self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        def adding(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                message = {**message, "headers": [*given, *self._lacking({n for n, _ in given})]}
            return send(message)

        await self._app(scope, receive, adding)

    def _lacking(self, given: set[bytes]) -> list[tuple[bytes, bytes]]:
        lacking = self._headers
        if not self._names.isdisjoint(given):
            lacking = [header for header in lacking if header[0] not in given]
        if b"cache-control" in given:
            return lacking
        # What has an ETag is the same for everybody; the rest may be somebody's own.
        return [*lacking, (b"cache-control", b"no-cache" if b"etag" in given else b"no-store")]
