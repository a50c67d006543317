"""One log line for each request, and an answer to defects."""

from __future__ import annotations

import sys
import traceback
from time import perf_counter
from typing import Any

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kotacerdas.errors import DomainError
from kotacerdas.settings import Settings
from kotacerdas.web.context import Services, begin, notes_of
from kotacerdas.web.problems import Defect, Unavailable, problem


class RequestLog:
    """Gives each request its id and services, writes one line for it, and answers defects.

    The line holds the route, never the address as sent: invitations and links carry secrets in it.
    """

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app, self._services = app, services
        self._log = request_logger(services.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] not in ("http", "websocket"):
            return await self._app(scope, receive, send)
        started, status, request_id = perf_counter(), 0, begin(scope, self._services)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as defect:
            self._tell(scope, defect)
            if status or scope["type"] == "websocket":
                raise
            await problem(HTTPConnection(scope), _answer(defect))(scope, receive, noting)
        finally:
            self._log.info("request", **_facts(scope), status=status, ms=_ms_since(started))

    def _tell(self, scope: Scope, defect: Exception) -> None:
        # The text of a database error quotes values, so only its type and place are kept.
        quiet = isinstance(defect, SQLAlchemyError)
        self._log.error(
            "defect",
            **_facts(scope),
            kind=type(defect).__qualname__,
            text="" if quiet else str(defect),
            stack="".join(traceback.format_tb(defect.__traceback__)),
        )


def request_logger(settings: Settings) -> Any:  # noqa: ANN401  (structlog's own type)
    """Return the logger of request lines in the shape that the settings choose."""
    renderer: Any = structlog.processors.JSONRenderer()
    if settings.log_format == "console":
        renderer = structlog.dev.ConsoleRenderer(colors=False)
    return structlog.wrap_logger(
        structlog.WriteLogger(sys.stderr),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
    )


def _answer(defect: Exception) -> DomainError:
    unreachable = isinstance(defect, OperationalError | InterfaceError | PoolTimeout)
    return Unavailable() if unreachable else Defect()


def _facts(scope: Scope) -> dict[str, Any]:
    route = getattr(scope.get("route"), "path", "(none)")
    method = scope.get("method", scope["type"])
    facts = {"request_id": scope["kotacerdas.request_id"], "method": method, "path": route}
    return {"person": None, "tenant": None, **facts, **notes_of(scope)}


def _ms_since(started: float) -> float:
    return round((perf_counter() - started) * 1000, 1)
