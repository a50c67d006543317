"""Routes that tell a supervisor how the process is."""

from __future__ import annotations

import asyncio

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kotacerdas.scope import Door, Scope
from kotacerdas.web.context import services_of
from kotacerdas.web.problems import Unavailable, problem

ANSWER_SECONDS = 5.0


async def alive(_request: Request) -> Response:
    """Tell that the process answers; GET /healthz."""
    return JSONResponse({"status": "ok"})


async def ready(request: Request) -> Response:
    """Tell whether to send requests here; GET /readyz, 200 or 503.

    Not where the database does not answer within 5 seconds, nor while the process is ending.
    """
    if stopping(request):
        return problem(request, Unavailable())
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await services_of(request).database.perform(
                Scope(Door.CITY), lambda session: session.scalar(select(1))
            )
    except (SQLAlchemyError, TimeoutError):
        return problem(request, Unavailable())
    return JSONResponse({"status": "ready"})


def stopping(request: Request) -> bool:
    """Whether the process ends as soon as its running requests are answered."""
    event: asyncio.Event | None = request.scope.get("state", {}).get("stopping")
    return event is not None and event.is_set()
