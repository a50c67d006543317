"""Routes that tell a supervisor how the process is."""

from __future__ import annotations

import asyncio
from time import monotonic

from psycopg import OperationalError
from sqlalchemy import select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kotacerdas.database import Database
from kotacerdas.errors import DomainError
from kotacerdas.scope import Door, Scope
from kotacerdas.web.problems import Unavailable, problem

ANSWER_SECONDS = 5.0
KNOWN_SECONDS = 0.5


async def alive(_request: Request) -> Response:
    """Tell that the process answers; GET /healthz."""
    return JSONResponse({"status": "ok"})


class Readiness:
    """Whether to send requests here.

    However many ask, the database is asked once in half a second: anybody may ask us.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asking: asyncio.Task[bool] | None = None
        self._known_until = 0.0

    async def answer(self, request: Request) -> Response:
        """Tell whether this process is ready; GET /readyz, 200 or 503.

        Not where the database does not answer within 5 seconds, nor while the process is ending.
        """
        if stopping(request) or not await self._database_answers():
            return problem(request, Unavailable())
        return JSONResponse({"status": "ready"})

    async def _database_answers(self) -> bool:
        asking = self._asking
        if asking is None or (asking.done() and monotonic() > self._known_until):
            asking = self._asking = asyncio.create_task(self._ask())
        # Who gives up waiting does not end it for the others.
        return await asyncio.shield(asking)

    async def _ask(self) -> bool:
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                await self._database.read(Scope(Door.CITY), select(1), fresh=True)
        except (DomainError, OperationalError, TimeoutError):
            return False
        finally:
            self._known_until = monotonic() + KNOWN_SECONDS
        return True


def stopping(request: Request) -> bool:
    """Whether the process ends as soon as its running requests are answered."""
    event: asyncio.Event | None = request.scope.get("state", {}).get("stopping")
    return event is not None and event.is_set()
