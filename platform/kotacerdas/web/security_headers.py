"""Headers that narrow what a browser does with our responses."""

from __future__ import annotations

from kotacerdas.settings import Settings

NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


Fields = list[tuple[bytes, bytes]]
NO_STORE = (b"cache-control", b"no-store")
NO_CACHE = (b"cache-control", b"no-cache")


class SecurityHeaders:
    """The headers that forbid browsers what no response of ours needs."""

    def __init__(self, settings: Settings) -> None:
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
        self._usual = [*self._headers, NO_STORE]

    def lacking(self, fields: Fields) -> Fields:
        """Return the headers that a response still lacks."""
        given = {name for name, _ in fields}
        if b"cache-control" in given or b"etag" in given or not self._names.isdisjoint(given):
            return self._lacking(given)
        return self._usual

    def _lacking(self, given: set[bytes]) -> Fields:
        lacking = [header for header in self._headers if header[0] not in given]
        if b"cache-control" in given:
            return lacking
        # What has an ETag is the same for everybody; the rest may be somebody's own.
        return [*lacking, NO_CACHE if b"etag" in given else NO_STORE]
