"""The guard against requests that another site makes a signed-in browser send."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from kotacerdas.errors import DomainError
from kotacerdas.identity.authentication import TwoCredentials
from kotacerdas.web.context import bearer_of, services_of
from kotacerdas.web.problems import CrossSiteRefused, JsonRequired, problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionElsewhere(CrossSiteRefused):
    """A session's cookie on a request from a page that is not ours, though it may use tokens."""

    id = "Halaman situs lain tidak boleh memakai sesi. Kirim token: Authorization: Bearer kc_..."
    en = "A page of another site may not use a session. Send a token: Authorization: Bearer kc_..."


class CrossSiteGuard:
    """Refuses what a signed-in browser may have been made to send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection, or answer it with the refusal."""
        refusal = _refusal(scope) if _carries_cookies(scope) else None
        if refusal is None:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await problem(HTTPConnection(scope), refusal)(scope, receive, send)


def own_request(connection: HTTPConnection) -> DomainError | None:
    """Return why a changing request of a browser cannot be told from another site's, or None.

    A form of another site can send neither JSON nor the header without a preflight, which fails.
    """
    media_type = connection.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json":
        return JsonRequired()
    if connection.headers.get("x-kota-cerdas") != "1" or not _own_origin(connection):
        return CrossSiteRefused()
    return None


def _carries_cookies(scope: Scope) -> bool:
    return any(name == b"cookie" for name, _ in scope.get("headers", ()))


def _refusal(scope: Scope) -> DomainError | None:
    connection = HTTPConnection(scope)
    if services_of(connection).cookie.read(connection) is None:
        return None
    if bearer_of(connection) is not None:
        return TwoCredentials()
    if scope["type"] == "websocket":
        own = "origin" in connection.headers and _own_origin(connection)
        return None if own else CrossSiteRefused()
    if not _own_origin(connection):
        return SessionElsewhere()
    return None if scope["method"] in SAFE_METHODS else own_request(connection)


def _own_origin(connection: HTTPConnection) -> bool:
    origin = connection.headers.get("origin")
    if origin is None or origin == services_of(connection).settings.base_url:
        return True
    address = urlsplit(origin)
    host = connection.headers.get("host", "")
    return address.scheme in ("http", "https") and bool(host) and address.netloc == host
