"""Which requests are read at all, and which operations each method may carry."""

from __future__ import annotations

from graphql import OperationType
from starlette.requests import Request

from graphql_schema.transport.events import EVENTS
from graphql_schema.transport.media_types import MediaType, accepted, takes
from graphql_schema.transport.refusals import MutationByGet, NotAcceptable
from kotacerdas.web.context import credentials_of, manner_of
from kotacerdas.web.problems import CrossSiteRefused, MethodNotAllowed

METHODS = {
    "GET": frozenset({OperationType.QUERY, OperationType.SUBSCRIPTION}),
    "POST": frozenset(OperationType),
}
"""The operations that each HTTP method may carry."""


def admit(request: Request) -> None:
    """Refuse, before anything is read, what no media type or method of ours can answer.

    Raises MethodNotAllowed, NotAcceptable, or CrossSiteRefused for a browser's link.
    """
    if request.method not in METHODS:
        raise MethodNotAllowed
    if media_type_of(request) is None and not takes_events(request):
        raise NotAcceptable(types=", ".join([*MediaType, EVENTS]))
    # A browser adds the cookie to a link on another site; it cannot add the header there.
    linked = request.method == "GET" and not manner_of(request).from_own_page
    if linked and credentials_of(request).cookie is not None:
        raise CrossSiteRefused


def admit_operation(request: Request, kind: OperationType) -> None:
    """Raise MutationByGet or NotAcceptable for an operation that the request may not carry.

    Results of subscriptions are events, all others are JSON.
    """
    if kind not in METHODS[request.method]:
        raise MutationByGet
    if kind is OperationType.SUBSCRIPTION:
        if not takes_events(request):
            raise NotAcceptable(types=EVENTS)
    elif media_type_of(request) is None:
        raise NotAcceptable(types=", ".join(MediaType))


def media_type_of(request: Request) -> MediaType | None:
    """Return the media type of JSON that the client prefers, or None where it takes neither."""
    return accepted(manner_of(request).accept)


def takes_events(request: Request) -> bool:
    """Whether the client takes a stream of events."""
    return takes(manner_of(request).accept, EVENTS)
