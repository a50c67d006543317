"""The response to a GraphQL request: its body, its status and its headers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from starlette.requests import Request
from starlette.types import Receive, Scope, Send

from graphql_schema.transport.admission import METHODS, media_type_of
from graphql_schema.transport.events import COMPLETE, HEADERS, next_event
from graphql_schema.transport.media_types import MediaType
from graphql_schema.transport.refusals import STATUSES, MutationByGet
from graphql_schema.transport.telling import told
from kotacerdas.errors import DomainError
from kotacerdas.web.context import language_of
from kotacerdas.web.problems import MethodNotAllowed, headers_of, status_of
from kotacerdas.web.rates import rate_headers

Fields = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Answer:
    """A whole response."""

    body: bytes
    status: int
    fields: Fields

    def add(self, headers: Mapping[str, str]) -> None:
        """Add header fields."""
        self.fields += _fields(headers)

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        fields = self.fields
        if self.status != NOT_MODIFIED:
            fields = [*fields, (b"content-length", b"%d" % len(self.body))]
        await send({"type": "http.response.start", "status": self.status, "headers": fields})
        await send({"type": "http.response.body", "body": self.body})


NOT_MODIFIED = 304


def answered(request: Request, body: bytes, status: int = 200) -> Answer:
    """Return a response whose body is GraphQL's JSON, in the media type the client prefers."""
    fields = [_content_type(media_type_of(request)), *_fields(rate_headers(request))]
    return Answer(body, status, fields)


def told_only(request: Request, errors: list[dict[str, Any]]) -> Answer:
    """Return the response to a request that was not executed: errors, and no data at all."""
    body: dict[str, Any] = {"errors": errors}
    if media_type_of(request) is None:  # who takes events alone reads errors from one
        return Answer(next_event(encoded(body)) + COMPLETE, 200, _fields(HEADERS))
    status = 200 if media_type_of(request) is MediaType.JSON else _status_of(errors)
    return answered(request, encoded(body), status)


def refused(request: Request, refusal: DomainError) -> Answer:
    """Return the response to a request that has no form that we answer."""
    language = language_of(request)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language}
    headers.update(headers_of(refusal))
    match refusal:
        case MutationByGet():
            headers["Allow"] = "POST"
        case MethodNotAllowed():
            headers["Allow"] = ", ".join(METHODS)
    status = STATUSES.get(type(refusal)) or status_of(refusal)
    response = answered(request, encoded({"errors": [told(refusal, request)]}), status)
    response.add(headers)
    return response


def body_of(
    data: bytes, extensions: dict[str, Any], errors: list[dict[str, Any]] | None = None
) -> bytes:
    """Return the body of an operation that ran; `data` is its JSON."""
    told = b',"errors":' + encoded(errors) if errors else b""
    return b"".join((b'{"data":', data, told, b',"extensions":', encoded(extensions), b"}"))


def encoded(value: Any) -> bytes:
    """Return a value as JSON in UTF-8; half a surrogate pair of the sender's is escaped."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value, separators=(",", ":")).encode()


def _status_of(errors: list[dict[str, Any]]) -> int:
    codes = {error["extensions"]["code"] for error in errors}
    return 500 if "INTERNAL" in codes else 400


@lru_cache
def _content_type(media_type: str | None) -> tuple[bytes, bytes]:
    return b"content-type", f"{media_type or MediaType.JSON}; charset=utf-8".encode()


def _fields(headers: Mapping[str, str]) -> Fields:
    return [(name.lower().encode(), text.encode("latin-1")) for name, text in headers.items()]
