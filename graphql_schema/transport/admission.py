"""Which requests are read at all, and which operations each method may carry."""

from __future__ import annotations

from graphql import OperationType
from starlette.requests import Request

from graphql_schema.transport.media_types import MediaType, accepted
from graphql_schema.transport.refusals import MutationByGet, NotAcceptable
from kotacerdas.web.context import services_of
from kotacerdas.web.problems import CrossSiteRefused, MethodNotAllowed

METHODS = {
    "GET": frozenset({OperationType.QUERY}),
    "POST": frozenset({OperationType.QUERY, OperationType.MUTATION}),
}
"""The operations that each HTTP method may carry."""


def admit(request: Request) -> None:
    """Refuse, before anything is read, what no media type or method of ours can answer.

    Raises MethodNotAllowed, NotAcceptable, or CrossSiteRefused for a browser's link.
    """
    if request.method not in METHODS:
        raise MethodNotAllowed
    if media_type_of(request) is None:
        raise NotAcceptable(types=", ".join(MediaType))
    # A browser adds the cookie to a link on another site; it cannot add the header there.
    linked = request.method == "GET" and request.headers.get("x-kota-cerdas") != "1"
    if linked and services_of(request).cookie.read(request) is not None:
        raise CrossSiteRefused


def admit_operation(request: Request, kind: OperationType) -> None:
    """Raise MutationByGet for an operation that the method may not carry."""
    if kind not in METHODS[request.method]:
        raise MutationByGet


def media_type_of(request: Request) -> MediaType | None:
    """Return the media type that the client prefers, or None where it takes neither."""
    return accepted(",".join(request.headers.getlist("accept")))
