"""The API over HTTP: a GraphQL request in, GraphQL JSON out, whatever happens."""

from __future__ import annotations

import gc
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from cross_web import AsyncHTTPRequestAdapter
from graphql import GraphQLError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.types import ExecutionResult

from graphql_schema.cities.directory import CityDirectory
from graphql_schema.context import Context
from graphql_schema.limits.admission import Gate
from graphql_schema.limits.allowance import allowance_of
from graphql_schema.schema import core, schema
from graphql_schema.transport import Transport, data_of, extensions_of, told
from kotacerdas import logs
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.settings import Settings, settings
from kotacerdas.startup import API_DOORS, refuse_start
from kotacerdas.web import app as web
from kotacerdas.web.context import actor_of, language_of, request_id_of
from tenants.documents.queries import open_document


class Api(Transport):
    """GraphQL over HTTP with our context and our errors."""

    def __init__(self, settings: Settings, database: Database) -> None:
        super().__init__(schema)
        self._settings = settings
        self._database = database
        self._directory = CityDirectory(database)
        self._gate = Gate(core)
        self._log = structlog.get_logger("graphql")

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

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Refuse what is over the sender's limits before validation; tell what the rest costs."""
        allowance = allowance_of(context.actor)
        try:
            cost = self._gate.cost(request_data, allowance)
        except DomainError as refusal:
            error = GraphQLError(refusal.text("en"), original_error=refusal)
            return ExecutionResult(data=None, errors=[error])
        except GraphQLError as no_document:
            return ExecutionResult(data=None, errors=[no_document])
        result = await super().execute_single(
            request, request_adapter, sub_response, context, root_value, request_data
        )
        costs = {"requested": cost, "limit": allowance.cost}
        return replace(result, extensions={**(result.extensions or {}), "cost": costs})

    async def process_result(
        self, request: Request, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Format errors: refusals in the reader's language, defects masked and logged."""
        response = data_of(result)
        if result.errors:
            response["errors"] = [
                formatted
                for error in result.errors
                for formatted in self._formatted(error, request)
            ]
        if result.extensions and "data" in response:
            response["extensions"] = result.extensions
        return response

    def _handle_errors(
        self, errors: list[GraphQLError], response_data: GraphQLHTTPResponse
    ) -> None:
        """Nothing more: `process_result` has told and logged them."""

    def _formatted(self, error: GraphQLError, request: Request) -> list[dict[str, Any]]:
        # GraphQL allows neither a null path nor an empty list of locations.
        place: dict[str, Any] = {
            key: value for key, value in error.formatted.items() if key in ("path", "locations")
        }
        match error.original_error:
            case DomainErrors() as several:
                refusals = several.errors
            case DomainError() as refusal:
                refusals = [refusal]
            case None | GraphQLError():
                extensions = extensions_of("GRAPHQL_INVALID", request)
                return [{"message": error.message, **place, "extensions": extensions}]
            case defect:
                self._log.error("defect", exc_info=defect, request_id=request_id_of(request))
                message = "Something went wrong on our side. Try again, then report this requestId."
                extensions = extensions_of("INTERNAL", request, retryable=True)
                return [{"message": message, **place, "extensions": extensions}]
        return [{**told(refusal, request), **place} for refusal in refusals]


def create_app() -> Starlette:
    """Compose the API from the environment: `uvicorn --factory graphql_schema.asgi:create_app`."""
    given = settings()
    logs.configure(given)
    refuse_start(given, API_DOORS)
    database = Database(given)
    app = web.create_app(
        given,
        database,
        graphql=Api(given, database),
        sdl=schema.as_str(),
        open_document=partial(open_document, database),
    )
    # What is loaded by now stays: collecting among it again would stop every request for 100 ms.
    gc.collect()
    gc.freeze()
    return app
