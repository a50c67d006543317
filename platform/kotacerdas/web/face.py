"""What every request passes: an id, the guard, the headers of its answer, one line in the log."""

from __future__ import annotations

from collections.abc import Awaitable
from time import perf_counter

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kotacerdas.errors import DomainError
from kotacerdas.metrics import METRICS
from kotacerdas.web.context import Services, begin
from kotacerdas.web.cors import CrossOrigin
from kotacerdas.web.cross_site import refusal_of
from kotacerdas.web.problems import REFUSALS, Defect, Unavailable, problem, refused
from kotacerdas.web.request_log import RequestLog
from kotacerdas.web.security_headers import SecurityHeaders
from kotacerdas.web.server.refusals import REFUSAL

CLIENT_LEFT = 499
"""What the log says for a status where nobody waits for one any more."""
UNREACHABLE = (OperationalError, InterfaceError, PoolTimeout, psycopg.OperationalError)


class Face:
    """The application as it is served: one layer around all routes.

    The route that nearly all requests take is `first` and is not looked for among the others.
    """

    def __init__(self, app: ASGIApp, services: Services, first: Route | None) -> None:
        self._app, self._services, self._first = app, services, first
        self._security = SecurityHeaders(services.settings)
        self._elsewhere = CrossOrigin(services.settings)
        self._log = RequestLog(services.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        started, status, request_id = perf_counter(), 0, begin(scope, self._services)
        METRICS.in_flight += 1

        def completed(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                fields = [*message.get("headers", ()), (b"x-request-id", request_id.encode())]
                fields += self._elsewhere.fields(HTTPConnection(scope))
                fields += self._security.lacking(fields)
                message = {**message, "headers": fields}
            return send(message)

        try:
            await self._answer(scope, receive, completed)
        except ClientDisconnect:
            status = status or CLIENT_LEFT
        except Exception as defect:
            self._log.tell(scope, defect)
            if status or scope["type"] == "websocket":
                raise
            told = Unavailable() if isinstance(defect, UNREACHABLE) else Defect()
            await problem(HTTPConnection(scope), told)(scope, receive, completed)
        finally:
            METRICS.in_flight -= 1
            self._log.note(scope, status, perf_counter() - started)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            if refusal_of(scope) is None:
                await self._app(scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1008})
            return
        connection = HTTPConnection(scope)
        refusal: DomainError | None = scope.get(REFUSAL)
        response = None if refusal else self._elsewhere.preflight(connection)
        if response is None:
            refusal = refusal or refusal_of(scope)
            response = problem(connection, refusal) if refusal else None
        if response is not None:
            await response(scope, receive, send)
        elif self._first is not None and scope["path"] == self._first.path:
            await self._answer_first(self._first, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _answer_first(self, route: Route, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = route
        try:
            await route.app(scope, receive, send)
        except REFUSALS as refusal:
            await refused(Request(scope), refusal)(scope, receive, send)
