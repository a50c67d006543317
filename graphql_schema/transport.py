"""GraphQL over HTTP as its specification says: methods, media types, status codes, JSON alone."""

from __future__ import annotations

from typing import Any, cast

from cross_web import AsyncHTTPRequestAdapter, StarletteRequestAdapter
from graphql import GraphQLError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from graphql_schema import request_form
from graphql_schema.context import Context
from graphql_schema.media_types import MediaType, accepted
from graphql_schema.request_form import BadRequest
from kotacerdas.errors import DomainError
from kotacerdas.web.context import language_of, request_id_of, services_of
from kotacerdas.web.problems import (
    BodyTooLarge,
    CrossSiteRefused,
    JsonRequired,
    MethodNotAllowed,
    status_of,
)

METHODS = {
    "GET": frozenset({OperationType.QUERY}),
    "POST": frozenset({OperationType.QUERY, OperationType.MUTATION}),
}
"""The operations that each HTTP method may carry."""


class MutationByGet(MethodNotAllowed):
    """A change in the form of a read, which a link or an image could cause."""

    id = "Hanya kueri yang diterima lewat GET. Kirim operasi ini sebagai JSON lewat POST."
    en = "Only queries are taken by GET. Send this operation as JSON by POST."


class NotAcceptable(DomainError):
    """A client that reads neither of our media types."""

    code = "NOT_ACCEPTABLE"
    id = "Jawaban hanya berupa {types}. Sebutkan salah satunya dalam tajuk Accept."
    en = "Answers are {types} only. Name one of them in the Accept header."


REFUSALS = (
    BadRequest,
    BodyTooLarge,
    CrossSiteRefused,
    JsonRequired,
    MethodNotAllowed,
    NotAcceptable,
)
_STATUSES: dict[type[DomainError], int] = {BadRequest: 400, NotAcceptable: 406}


class Transport(GraphQL[Context, None]):
    """Strawberry's view, with neither its pages nor its plain text."""

    def __init__(self, schema: BaseSchema) -> None:
        super().__init__(schema, graphql_ide=None, subscription_protocols=())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a refused form of request is answered in JSON too."""
        if scope["type"] != "http":
            await WebSocket(scope, receive, send).close(1008, "no subscriptions here")
            return
        request = Request(scope, receive)
        try:
            _admit(request)
            response = await self.run(request)
        except REFUSALS as refusal:
            response = _refused(request, refusal)
        await response(scope, receive, send)

    def should_render_graphql_ide(self, request: Any) -> bool:
        """Never: a request without a document is a mistake, and GraphiQL has its own address."""
        return False

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """Read the request by its method."""
        asked = cast(StarletteRequestAdapter, request)._request
        if request.method == "GET":
            return request_form.from_address(asked)
        return await request_form.from_body(asked)

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Execute what the method may carry; an operation that is not there is a request error."""
        try:
            return await self.schema.execute(
                request_data.query,
                variable_values=request_data.variables,
                context_value=context,
                operation_name=request_data.operation_name,
                allowed_operation_types=METHODS[request.method],
                operation_extensions=request_data.extensions,
            )
        except CannotGetOperationTypeError as unknown:
            error = GraphQLError(unknown.as_http_error_reason())
            return ExecutionResult(data=None, errors=[error])
        except InvalidOperationTypeError as misplaced:
            raise MutationByGet from misplaced

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Begin the response in the media type that the client prefers."""
        response = await super().get_sub_response(request)
        response.media_type = _media_type(request)
        return response

    def create_response(
        self,
        response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse],
        sub_response: Response,
    ) -> Response:
        """Finish the response with the status that its media type asks for."""
        response = super().create_response(response_data, sub_response)
        response.headers["Content-Type"] = _content_type(sub_response.media_type)
        if sub_response.media_type == MediaType.RESPONSE and "data" not in response_data:
            response.status_code = _status_of_nothing(response_data)
        return response


def data_of(result: ExecutionResult) -> GraphQLHTTPResponse:
    """Return the data entry, or none at all for a request that was not executed.

    An error of execution has a path; where nothing but errors without one came, nothing ran.
    """
    executed = result.data is not None or any(error.path for error in result.errors or ())
    return {"data": result.data} if executed else {}


def extensions_of(code: str, request: Request, *, retryable: bool = False) -> dict[str, Any]:
    """Return what every error says besides its message."""
    return {"code": code, "requestId": request_id_of(request), "retryable": retryable}


def told(refusal: DomainError, request: Request) -> dict[str, Any]:
    """Return a refusal as a GraphQL error in the reader's language, without its place."""
    extensions = extensions_of(refusal.code, request)
    message = refusal.text(language_of(request))
    return {"message": message, "extensions": {**extensions, "input": list(refusal.path)}}


def _admit(request: Request) -> None:
    """Refuse, before anything is read, what no media type or method of ours can answer."""
    if request.method not in METHODS:
        raise MethodNotAllowed
    if _media_type(request) is None:
        raise NotAcceptable(types=", ".join(MediaType))
    # A browser adds the cookie to a link on another site; it cannot add the header there.
    signed_in = services_of(request).cookie.read(request) is not None
    if request.method == "GET" and signed_in and request.headers.get("x-kota-cerdas") != "1":
        raise CrossSiteRefused


def _refused(request: Request, refusal: DomainError) -> Response:
    status = _STATUSES.get(type(refusal)) or status_of(refusal)
    language = language_of(request)
    headers = {"Vary": "Accept, Accept-Language", "Content-Language": language}
    match refusal:
        case MutationByGet():
            headers["Allow"] = "POST"
        case MethodNotAllowed():
            headers["Allow"] = ", ".join(METHODS)
    headers["Content-Type"] = _content_type(_media_type(request))
    return JSONResponse({"errors": [told(refusal, request)]}, status, headers)


def _status_of_nothing(response_data: Any) -> int:
    codes = {error["extensions"]["code"] for error in response_data["errors"]}
    return 500 if "INTERNAL" in codes else 400


def _media_type(request: Request | WebSocket) -> MediaType | None:
    return accepted(",".join(request.headers.getlist("accept")))


def _content_type(media_type: str | None) -> str:
    return f"{media_type or MediaType.JSON}; charset=utf-8"
