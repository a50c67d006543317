"""One log line for each request, its counters, and an answer to defects."""

from __future__ import annotations

import traceback
from collections.abc import Awaitable
from time import perf_counter
from typing import Any

import psycopg
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kotacerdas.errors import DomainError
from kotacerdas.logs import line_writer
from kotacerdas.metrics import METRICS
from kotacerdas.web.context import Services, begin, notes_of
from kotacerdas.web.problems import Defect, Unavailable, problem
from kotacerdas.web.server.refusals import REFUSAL

CLIENT_LEFT = 499
"""What the log says for a status where nobody waits for one any more."""


class RequestLog:
    """Gives each request its id and services, writes one line for it, and answers defects.

    The line holds the route, never the address as sent: invitations and links carry secrets in it.
    """

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app, self._services = app, services
        self._write = line_writer(services.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        started, status, request_id = perf_counter(), 0, begin(scope, self._services)
        METRICS.in_flight += 1

        def noting(message: Message) -> Awaitable[None]:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                told = (b"x-request-id", request_id.encode())
                message = {**message, "headers": [*message.get("headers", ()), told]}
            return send(message)

        try:
            if REFUSAL in scope:
                await problem(HTTPConnection(scope), scope[REFUSAL])(scope, receive, noting)
            else:
                await self._app(scope, receive, noting)
        except ClientDisconnect:
            status = status or CLIENT_LEFT
        except Exception as defect:
            self._tell(scope, defect)
            if status or scope["type"] == "websocket":
                raise
            await problem(HTTPConnection(scope), _answer(defect))(scope, receive, noting)
        finally:
            METRICS.in_flight -= 1
            self._note(scope, status, perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        facts = _facts(scope)
        self._write("info", "request", {**facts, "status": status, "ms": round(seconds * 1000, 1)})
        operation = facts.get("operation", "")
        METRICS.request(facts["path"], facts["method"], status, operation, seconds)

    def _tell(self, scope: Scope, defect: Exception) -> None:
        # The text of a database error quotes values, so only its type and place are kept.
        quiet = isinstance(defect, SQLAlchemyError)
        facts = _facts(scope) | {
            "kind": type(defect).__qualname__,
            "text": "" if quiet else str(defect),
            "stack": "".join(traceback.format_tb(defect.__traceback__)),
        }
        self._write("error", "defect", facts)


def _answer(defect: Exception) -> DomainError:
    unreachable = isinstance(
        defect, OperationalError | InterfaceError | PoolTimeout | psycopg.OperationalError
    )
    return Unavailable() if unreachable else Defect()


def _facts(scope: Scope) -> dict[str, Any]:
    route = scope.get("route")
    return {
        "person": None,
        "tenant": None,
        "request_id": scope["kotacerdas.request_id"],
        "method": scope.get("method", scope["type"]),
        "path": "(none)" if route is None else route.path,
        **notes_of(scope),
    }
