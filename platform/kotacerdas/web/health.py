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
    """Tell whether the database answers within 5 seconds; GET /readyz, 200 or 503."""
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await services_of(request).database.perform(
                Scope(Door.CITY), lambda session: session.scalar(select(1))
            )
    except (SQLAlchemyError, TimeoutError):
        return problem(request, Unavailable())
    return JSONResponse({"status": "ready"})
