"""What a cache may keep: the answer to a registered document that was asked for by GET."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kotacerdas.web.etag import etag_of, unchanged

PUBLIC = "public, max-age=30"
"""Nobody's own: for half a minute a cache answers for us, when a plan has just been published."""
PRIVATE = "private, no-cache"
VARY = "Accept, Accept-Language, Authorization, Cookie"
"""Whoever carries a credential is never given what was kept for somebody without one."""


def kept(request: Request, response: Response, *, anonymous: bool) -> Response:
    """Return the response with its entity tag and who may keep it, or 304 without a body."""
    etag = etag_of(bytes(response.body))
    headers = {"ETag": etag, "Cache-Control": PUBLIC if anonymous else PRIVATE, "Vary": VARY}
    if unchanged(request, etag):
        return Response(status_code=304, headers=headers)
    response.headers.update(headers)
    return response
