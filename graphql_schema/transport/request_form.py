"""The form of a GraphQL request over HTTP: read from a JSON body or an address, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import Request

from graphql_schema.transport.refusals import BadRequest
from kotacerdas.web.context import header_of
from kotacerdas.web.problems import BodyTooLarge, JsonRequired


@dataclass(frozen=True)
class Asked:
    """One operation that is asked for: its document as text or by id, and what belongs to it."""

    query: str
    operation_name: str | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    document_id: str | None = None
    """Of a registered document, whose text `query` is once it was looked up."""


_OBJECT = ("isi dengan objek JSON atau null.", "give a JSON object or null.")
_NO_DOCUMENT = ("isi dengan teks dokumen.", "give the text of a document.")
_TWO_DOCUMENTS = ("kirim ini atau query, bukan keduanya.", "send this or query, not both.")
_PARAMETERS: dict[str, tuple[type, tuple[str, str]]] = {
    "documentId": (str, ("isi dengan teks atau null.", "give a text or null.")),
    "operationName": (str, ("isi dengan teks atau null.", "give a text or null.")),
    "variables": (dict, _OBJECT),
    "extensions": (dict, _OBJECT),
}


async def read(request: Request, body_bytes: int) -> Asked:
    """Read a request by its method; raises JsonRequired, BodyTooLarge or BadRequest."""
    if request.method == "GET":
        return _from_address(request)
    if not _is_utf8_json(header_of(request, b"content-type") or ""):
        raise JsonRequired
    return checked(_json(await _limited(request, body_bytes), "body"))


def _from_address(request: Request) -> Asked:
    """Read a GET request, whose maps are JSON in the address."""
    fields: dict[str, Any] = dict(request.query_params)
    for name in ("variables", "extensions"):
        if fields.get(name):
            fields[name] = _json(fields[name].encode(), name)
        else:
            fields.pop(name, None)
    return checked(fields)


def _is_utf8_json(content_type: str) -> bool:
    name, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charsets = [each[8:].strip('"') for each in parameters if each.startswith("charset=")]
    return name == "application/json" and all(each in ("utf-8", "utf8") for each in charsets)


async def _limited(request: Request, limit_bytes: int) -> bytes:
    """Read the body, and no further than its limit; one that is announced larger not at all."""
    announced = header_of(request, b"content-length") or ""
    if announced.isdecimal() and int(announced) > limit_bytes:
        raise BodyTooLarge(limit_bytes=limit_bytes)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit_bytes:
            raise BodyTooLarge(limit_bytes=limit_bytes)
    return bytes(body)


def _json(text: bytes, name: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as malformed:
        raise BadRequest(
            f"{name} bukan JSON dalam UTF-8. Kirim objek JSON.",
            f"{name} is no JSON in UTF-8. Send a JSON object.",
        ) from malformed


def checked(fields: Any) -> Asked:
    """Return what a JSON value asks for; raises BadRequest."""
    if not isinstance(fields, dict):
        raise BadRequest(
            "kirim satu objek JSON, satu operasi tiap permintaan.",
            "send one JSON object, one operation per request.",
        )
    for name, (kind, reasons) in _PARAMETERS.items():
        if not isinstance(fields.get(name), kind | None):
            raise _unfit(name, reasons)
    query, document_id = fields.get("query"), fields.get("documentId")
    if document_id is None and (not isinstance(query, str) or not query):
        raise _unfit("query", _NO_DOCUMENT)
    if document_id is not None and query is not None:
        raise _unfit("documentId", _TWO_DOCUMENTS)
    variables = fields.get("variables") or {}
    return Asked(query or "", fields.get("operationName"), variables, document_id)


def _unfit(name: str, reasons: tuple[str, str]) -> BadRequest:
    reason_id, reason_en = reasons
    return BadRequest(f"{name}: {reason_id}", f"{name}: {reason_en}", path=(name,))
