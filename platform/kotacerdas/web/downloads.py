"""The route of stored files."""

from __future__ import annotations

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kotacerdas import files
from kotacerdas.errors import NotFound
from kotacerdas.web.context import actor_of, services_of


async def download(request: Request) -> Response:
    """Send a file to who may read it; GET /files/{document}?expires&signature.

    The signature proves that the link was issued to somebody with the right; the right is asked
    again, for it may have ended since.
    """
    services, document = services_of(request), request.path_params["document"]
    query = request.query_params
    files.verify(
        services.settings,
        document,
        expires=query.get("expires", ""),
        signature=query.get("signature", ""),
    )
    if services.open_document is None:
        raise NotFound
    found = await services.open_document(await actor_of(request), document)
    size_bytes, chunks = await services.files.open(found.sha256, found.folder)
    headers = {
        "Content-Length": str(size_bytes),
        "Content-Disposition": disposition(found.filename),
        "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
        "Cache-Control": "private, no-store",
    }
    return StreamingResponse(chunks, media_type=found.media_type, headers=headers)


def disposition(filename: str) -> str:
    """Return the header that saves under `filename`: plain ASCII for old readers, and RFC 8187."""
    plain = re.sub(r"[^A-Za-z0-9._]", "-", filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
