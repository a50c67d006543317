"""Why a request is refused for its form, before a document is looked at."""

from __future__ import annotations

from graphql_schema.trusted.refusals import (
    BrowserText,
    DocumentRequired,
    DocumentUnknown,
    TextByAddress,
)
from kotacerdas.errors import DomainError, TimedOut
from kotacerdas.web.problems import (
    BodyTooLarge,
    CrossSiteRefused,
    JsonRequired,
    MethodNotAllowed,
)
from kotacerdas.web.rates import RateLimited
from kotacerdas.web.server.refusals import BodyTooSlow


class BadRequest(DomainError):
    """A request that is no GraphQL request."""

    code = "BAD_REQUEST"
    id = "Ini bukan permintaan GraphQL: {reason_id}"
    en = "This is no GraphQL request: {reason_en}"

    def __init__(self, reason_id: str, reason_en: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(path=path, reason_id=reason_id, reason_en=reason_en)


class MutationByGet(MethodNotAllowed):
    """A change in the form of a read, which a link or an image could cause."""

    id = "Lewat GET hanya kueri dan langganan. Kirim operasi ini sebagai JSON lewat POST."
    en = "Only queries and subscriptions are taken by GET. Send this operation as JSON by POST."


class NotAcceptable(DomainError):
    """A client that does not read the media types in which an operation is answered."""

    code = "NOT_ACCEPTABLE"
    id = "Jawaban hanya berupa {types}. Sebutkan salah satunya dalam tajuk Accept."
    en = "Answers are {types} only. Name one of them in the Accept header."


REFUSALS = (
    BadRequest,
    BodyTooLarge,
    BodyTooSlow,
    CrossSiteRefused,
    DocumentRequired,
    DocumentUnknown,
    JsonRequired,
    MethodNotAllowed,
    NotAcceptable,
    RateLimited,
    TimedOut,
)
STATUSES: dict[type[DomainError], int] = {
    TimedOut: 504,
    BadRequest: 400,
    DocumentUnknown: 400,
    DocumentRequired: 403,
    BrowserText: 403,
    TextByAddress: 403,
    NotAcceptable: 406,
}
"""Status of a refusal that the rest of the HTTP face does not know."""
