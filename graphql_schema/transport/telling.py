"""Top-level errors: refusals in the reader's language, defects masked and logged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog
from graphql import GraphQLError
from starlette.requests import HTTPConnection

from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.web.context import language_of, request_id_of
from kotacerdas.web.problems import Defect

LOG = structlog.get_logger("graphql")


def told(refusal: DomainError, request: HTTPConnection) -> dict[str, Any]:
    """Return a refusal as a GraphQL error in the reader's language, without its place."""
    extensions = _extensions(refusal.code, request, retryable=refusal.retryable)
    message = refusal.text(language_of(request))
    return {"message": message, "extensions": {**extensions, "input": list(refusal.path)}}


def told_all(errors: Iterable[GraphQLError], request: HTTPConnection) -> list[dict[str, Any]]:
    """Return the errors of an execution as the response lists them."""
    return [each for error in errors for each in _told(error, request)]


def _told(error: GraphQLError, request: HTTPConnection) -> list[dict[str, Any]]:
    # GraphQL allows neither a null path nor an empty list of locations.
    place: dict[str, Any] = {
        key: value for key, value in error.formatted.items() if key in ("path", "locations")
    }
    match error.original_error:
        case DomainErrors() as several:
            return [{**told(refusal, request), **place} for refusal in several.errors]
        case DomainError() as refusal:
            return [{**told(refusal, request), **place}]
        case None | GraphQLError():
            extensions = _extensions("GRAPHQL_INVALID", request)
            return [{"message": error.message, **place, "extensions": extensions}]
        case defect:
            LOG.error("defect", exc_info=defect, request_id=request_id_of(request))
            extensions = _extensions("INTERNAL", request, retryable=True)
            message = Defect().text(language_of(request))
            return [{"message": message, **place, "extensions": extensions}]


def _extensions(code: str, request: HTTPConnection, *, retryable: bool = False) -> dict[str, Any]:
    return {"code": code, "requestId": request_id_of(request), "retryable": retryable}
