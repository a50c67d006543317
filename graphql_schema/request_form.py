"""The form of a GraphQL request over HTTP: read from a JSON body or an address, or refused."""

from __future__ import annotations

from typing import Any

import orjson
from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from kotacerdas.errors import DomainError
from kotacerdas.web.problems import BodyTooLarge, JsonRequired

LARGEST_BODY = 256 * 1024
"""Bytes of a request: the longest innovation form fits several times."""


class BadRequest(DomainError):
    """A request that is no GraphQL request."""

    code = "BAD_REQUEST"
    id = "Ini bukan permintaan GraphQL: {reason_id}"
    en = "This is no GraphQL request: {reason_en}"

    def __init__(self, reason_id: str, reason_en: str, *, path: tuple[str, ...] = ()) -> None:
        super().__init__(path=path, reason_id=reason_id, reason_en=reason_en)


_OBJECT = ("isi dengan objek JSON atau null.", "give a JSON object or null.")
_PARAMETERS: dict[str, tuple[type, tuple[str, str]]] = {
    "operationName": (str, ("isi dengan teks atau null.", "give a text or null.")),
    "variables": (dict, _OBJECT),
    "extensions": (dict, _OBJECT),
}


async def from_body(request: Request) -> GraphQLRequestData:
    """Read a POST request; raises JsonRequired, BodyTooLarge or BadRequest."""
    if not _is_utf8_json(request.headers.get("content-type", "")):
        raise JsonRequired
    return _checked(_json(await _limited(request), "body"))


def from_address(request: Request) -> GraphQLRequestData:
    """Read a GET request, whose maps are JSON in the address; raises BadRequest."""
    fields: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = _json(fields[name].encode(), name)
        else:
            fields.pop(name, None)
    return _checked(fields)


def _is_utf8_json(content_type: str) -> bool:
    name, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [each[8:].strip('"') for each in parameters if each.startswith("charset=")]
    return name == "application/json" and all(each in ("utf-8", "utf8") for each in charsets)


async def _limited(request: Request) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise BodyTooLarge(limit_bytes=LARGEST_BODY)
    return bytes(body)


def _json(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as malformed:
        raise BadRequest(
            f"{name} bukan JSON dalam UTF-8.", f"{name} is no JSON in UTF-8."
        ) from malformed


def _checked(fields: Any) -> GraphQLRequestData:
    if not isinstance(fields, dict):
        raise BadRequest(
            "kirim satu objek JSON, satu operasi tiap permintaan.",
            "send one JSON object, one operation per request.",
        )
    query = fields.get("query")
    if not isinstance(query, str) or not query:
        raise _unfit("query", ("isi dengan teks dokumen.", "give the text of a document."))
    for name, (kind, reasons) in _PARAMETERS.items():
        if not isinstance(fields.get(name), kind | None):
            raise _unfit(name, reasons)
    return GraphQLRequestData(
        query=query,
        variables=fields.get("variables"),
        operation_name=fields.get("operationName"),
        extensions=fields.get("extensions"),
        protocol="http",
    )


def _unfit(name: str, reasons: tuple[str, str]) -> BadRequest:
    reason_id, reason_en = reasons
    return BadRequest(f"{name}: {reason_id}", f"{name}: {reason_en}", path=(name,))
