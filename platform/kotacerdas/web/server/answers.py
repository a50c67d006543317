"""Refusals as the bytes of a whole response, for what never becomes a request."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

import structlog
from starlette.requests import HTTPConnection
from uuid_utils.compat import uuid7

from kotacerdas.errors import DomainError
from kotacerdas.web.problems import problem

LOG = structlog.get_logger("server")


def answer(error: DomainError, headers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Return the response, in the language that the headers so far ask for, and log it."""
    request_id = uuid7().hex
    scope = {
        "type": "http",
        "headers": list(headers),
        "query_string": b"",
        "kotacerdas.request_id": request_id,
    }
    response = problem(HTTPConnection(scope), error)
    response.headers.update(
        {
            "X-Request-Id": request_id,
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "no-store",
            "Connection": "close",
        }
    )
    status = HTTPStatus(response.status_code)
    LOG.info("refused", request_id=request_id, code=error.code, status=status.value)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in response.raw_headers]
    return b"\r\n".join([*lines, b"", bytes(response.body)])
