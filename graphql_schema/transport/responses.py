"""The response to a GraphQL request: its body, its status and its headers."""

from __future__ import annotations

import json
from typing import Any

import orjson
from starlette.requests import Request
from starlette.responses import Response

from graphql_schema.transport.admission import METHODS, media_type_of
from graphql_schema.transport.events import COMPLETE, HEADERS, next_event
from graphql_schema.transport.media_types import MediaType
from graphql_schema.transport.refusals import STATUSES, MutationByGet
from graphql_schema.transport.telling import told
from kotacerdas.errors import DomainError
from kotacerdas.web.context import language_of
from kotacerdas.web.problems import MethodNotAllowed, headers_of, status_of
from kotacerdas.web.rates import rate_headers


def answered(request: Request, body: bytes, status: int = 200) -> Response:
    """Return a response whose body is GraphQL's JSON, in the media type the client prefers."""
    headers = {"Content-Type": _content_type(media_type_of(request)), **rate_headers(request)}
    return Response(body, status, headers)


def told_only(request: Request, errors: list[dict[str, Any]]) -> Response:
    """Return the response to a request that was not executed: errors, and no data at all."""
    body: dict[str, Any] = {"errors": errors}
    if media_type_of(request) is None:  # who takes events alone reads errors from one
        return Response(next_event(encoded(body)) + COMPLETE, headers=HEADERS)
    status = 200 if media_type_of(request) is MediaType.JSON else _status_of(errors)
    return answered(request, encoded(body), status)


def refused(request: Request, refusal: DomainError) -> Response:
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
    response.headers.update(headers)
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


def _content_type(media_type: str | None) -> str:
    return f"{media_type or MediaType.JSON}; charset=utf-8"
