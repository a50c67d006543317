"""The API over HTTP: POST with JSON in, GraphQL JSON out, whatever happens."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from cross_web import HTTPException
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.types import ExecutionResult

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.schema import schema
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.settings import Settings, settings
from kotacerdas.web import app as web
from kotacerdas.web.context import actor_of, language_of, request_id_of
from tenants.documents.queries import open_document

LARGEST_BODY = 256 * 1024
"""Bytes of a request: the longest innovation form fits several times."""


class Api(GraphQL[Context, None]):
    """Strawberry's view with our context, our errors, and neither GET nor HTML."""

    def __init__(self, settings: Settings, database: Database) -> None:
        super().__init__(
            schema, graphql_ide=None, allow_queries_via_get=False, subscription_protocols=()
        )
        self._settings = settings
        self._database = database
        self._directory = CityDirectory(database)
        self._log = structlog.get_logger("graphql")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a refused form of request is answered in JSON too."""
        if scope["type"] != "http":
            await WebSocket(scope, receive, send).close(1008, "no subscriptions here")
            return
        request = Request(scope, receive)
        try:
            if not await _fits(request):
                raise HTTPException(413, f"a request has at most {LARGEST_BODY} bytes")
            response = await self.run(request)
        except HTTPException as refusal:
            error = {"message": refusal.reason, "extensions": _extensions("BAD_REQUEST", request)}
            response = JSONResponse({"errors": [error]}, refusal.status_code)
        await response(scope, receive, send)

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> Context:
        """Ask who sends the request; raises Unauthenticated for an ended session or token."""
        actor = await actor_of(request)
        return Context(
            self._settings,
            self._database,
            self._directory,
            actor,
            request_id_of(request),
            language_of(request),
        )

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Format errors: refusals in the reader's language, defects masked and logged."""
        response: GraphQLHTTPResponse = {"data": result.data}
        if result.errors:
            response["errors"] = [
                formatted
                for error in result.errors
                for formatted in self._formatted(error, request)
            ]
        return response

    def _handle_errors(
        self, errors: list[GraphQLError], response_data: GraphQLHTTPResponse
    ) -> None:
        """Nothing more: `process_result` has told and logged them."""

    def _formatted(self, error: GraphQLError, request: Request) -> list[dict[str, Any]]:
        place = {
            "path": error.path,
            "locations": [{"line": p.line, "column": p.column} for p in error.locations or ()],
        }
        match error.original_error:
            case DomainErrors() as several:
                refusals = several.errors
            case DomainError() as refusal:
                refusals = [refusal]
            case None:
                extensions = _extensions("GRAPHQL_INVALID", request)
                return [{"message": error.message, **place, "extensions": extensions}]
            case defect:
                self._log.error("defect", exc_info=defect, request_id=request_id_of(request))
                message = "Something went wrong on our side. Try again, then report this requestId."
                extensions = _extensions("INTERNAL", request, retryable=True)
                return [{"message": message, **place, "extensions": extensions}]
        language = language_of(request)
        return [
            {
                "message": refusal.text(language),
                **place,
                "extensions": {
                    **_extensions(refusal.code, request),
                    "input": list(refusal.path),
                },
            }
            for refusal in refusals
        ]


async def _fits(request: Request) -> bool:
    """Whether the body is small enough; it is kept for the view to read again."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return False
    request._body = bytes(body)
    return True


def _extensions(code: str, request: Request, *, retryable: bool = False) -> dict[str, Any]:
    return {"code": code, "requestId": request_id_of(request), "retryable": retryable}


def create_app() -> Starlette:
    """Compose the API from the environment: `uvicorn --factory graphql_schema.asgi:create_app`."""
    given = settings()
    database = Database(given)
    return web.create_app(
        given,
        database,
        graphql=Api(given, database),
        sdl=schema.as_str(),
        open_document=partial(open_document, database),
    )
