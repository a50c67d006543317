"""The guard against requests that another site makes a signed-in browser send."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from kotacerdas.errors import DomainError
from kotacerdas.identity.authentication import TwoCredentials
from kotacerdas.web.context import credentials_of, manner_of, services_of
from kotacerdas.web.problems import CrossSiteRefused, JsonRequired

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionElsewhere(CrossSiteRefused):
    """A session's cookie on a request from a page that is not ours, though it may use tokens."""

    id = "Halaman situs lain tidak boleh memakai sesi. Kirim token: Authorization: Bearer kc_..."
    en = "A page of another site may not use a session. Send a token: Authorization: Bearer kc_..."


def own_request(connection: HTTPConnection) -> DomainError | None:
    """Return why a changing request of a browser cannot be told from another site's, or None.

    A form of another site can send neither JSON nor the header without a preflight, which fails;
    nor can it send a file by PUT.
    """
    asked = manner_of(connection)
    if connection.scope["method"] != "PUT" and asked.media_type != "application/json":
        return JsonRequired()
    if not asked.from_own_page or not _own_origin(connection):
        return CrossSiteRefused()
    return None


def refusal_of(scope: Scope) -> DomainError | None:
    """Return why a request that a signed-in browser may have been made to send is refused."""
    connection = HTTPConnection(scope)
    shown = credentials_of(connection)
    if shown.cookie is None:
        return None
    if shown.bearer is not None:
        return TwoCredentials()
    if scope["type"] == "websocket":
        named = manner_of(connection).first(b"origin") is not None
        own = named and _own_origin(connection)
        return None if own else CrossSiteRefused()
    if not _own_origin(connection):
        return SessionElsewhere()
    return None if scope["method"] in SAFE_METHODS else own_request(connection)


def _own_origin(connection: HTTPConnection) -> bool:
    asked = manner_of(connection)
    origin = asked.first(b"origin")
    if origin is None or origin == services_of(connection).settings.base_url:
        return True
    address = urlsplit(origin)
    host = asked.first(b"host")
    return address.scheme in ("http", "https") and bool(host) and address.netloc == host
