"""The form of a GraphQL request over HTTP: read from a JSON body or an address, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.requests import ClientDisconnect, Request

from graphql_schema.transport.refusals import BadRequest
from kotacerdas.web.context import manner_of
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
_PARAMETERS: dict[str, tuple[type[Any], tuple[str, str]]] = {
    "documentId": (str, ("isi dengan teks atau null.", "give a text or null.")),
    "operationName": (str, ("isi dengan teks atau null.", "give a text or null.")),
    "variables": (dict, _OBJECT),
    "extensions": (dict, _OBJECT),
}


async def read(request: Request, body_bytes: int) -> Asked:
    """Read a request by its method; raises JsonRequired, BodyTooLarge or BadRequest."""
    if request.method == "GET":
        return _from_address(request)
    if not manner_of(request).sends_json:
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


async def _limited(request: Request, limit_bytes: int) -> bytes:
    """Read the body, and no further than its limit; one that is announced larger not at all."""
    for name, value in request.scope["headers"]:
        if name == b"content-length" and value.isdigit() and int(value) > limit_bytes:
            raise BodyTooLarge(limit_bytes=limit_bytes)
    body, more = b"", True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit_bytes:
            raise BodyTooLarge(limit_bytes=limit_bytes)
    return body


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
        given = fields.get(name)
        if given is not None and not isinstance(given, kind):
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
