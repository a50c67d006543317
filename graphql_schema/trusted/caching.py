"""What a cache may keep: the answer to a registered document that was asked for by GET."""

from __future__ import annotations

from starlette.requests import Request

from graphql_schema.transport.responses import NOT_MODIFIED, Answer
from kotacerdas.web.etag import etag_of, unchanged

PUBLIC = "public, max-age=30"
"""Nobody's own: for half a minute a cache answers for us, when a plan has just been published."""
PRIVATE = "private, no-cache"
VARY = "Accept, Accept-Language, Authorization, Cookie"
"""Whoever carries a credential is never given what was kept for somebody without one."""


def kept(request: Request, response: Answer, *, anonymous: bool) -> Answer:
    """Return the response with its entity tag and who may keep it, or 304 without a body."""
    etag = etag_of(response.body)
    headers = {"ETag": etag, "Cache-Control": PUBLIC if anonymous else PRIVATE, "Vary": VARY}
    if unchanged(request, etag):
        response = Answer(b"", NOT_MODIFIED, [])
    response.add(headers)
    return response
