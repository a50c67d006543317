"""Reading the small JSON bodies of our own forms."""

from __future__ import annotations

import orjson
from starlette.requests import Request

from kotacerdas.errors import DomainErrors, Invalid
from kotacerdas.web.cross_site import own_request
from kotacerdas.web.problems import BodyTooLarge, JsonRequired

LIMIT_BYTES = 16 * 1024


async def json_fields(request: Request, *names: str) -> dict[str, str]:
    """Return the named text fields of the body, which must come from one of our own pages.

    Raises CrossSiteRefused, JsonRequired, BodyTooLarge, or an Invalid for each missing field.
    """
    refusal = own_request(request)
    if refusal is not None:
        raise refusal
    try:
        body = orjson.loads(await _limited(request))
    except orjson.JSONDecodeError as malformed:
        raise JsonRequired from malformed
    if not isinstance(body, dict):
        raise JsonRequired
    missing = [name for name in names if not isinstance(body.get(name), str)]
    if missing:
        raise DomainErrors(
            [Invalid(name, "isi dengan teks.", "fill in a text.") for name in missing]
        )
    return {name: body[name] for name in names}


async def _limited(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LIMIT_BYTES:
            raise BodyTooLarge(limit_bytes=LIMIT_BYTES)
    return bytes(body)
