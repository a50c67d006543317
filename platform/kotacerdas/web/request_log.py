"""One log line for each request, its counters, and what is told of defects."""

from __future__ import annotations

import traceback
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from starlette.types import Scope

from kotacerdas.logs import line_writer
from kotacerdas.metrics import METRICS
from kotacerdas.settings import Settings
from kotacerdas.web.context import notes_of


class RequestLog:
    """Writes one line for each request.

    The line holds the route, never the address as sent: invitations and links carry secrets in it.
    """

    def __init__(self, settings: Settings) -> None:
        self._write = line_writer(settings)

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Write the line of a request that has ended, and count it; `status` 0 tells of none."""
        facts = _facts(scope)
        self._write("info", "request", {**facts, "status": status, "ms": round(seconds * 1000, 1)})
        operation = facts.get("operation", "")
        METRICS.request(facts["path"], facts["method"], status, operation, seconds)

    def tell(self, scope: Scope, defect: Exception) -> None:
        """Write the line of a defect."""
        # The text of a database error quotes values, so only its type and place are kept.
        quiet = isinstance(defect, SQLAlchemyError)
        facts = _facts(scope) | {
            "kind": type(defect).__qualname__,
            "text": "" if quiet else str(defect),
            "stack": "".join(traceback.format_tb(defect.__traceback__)),
        }
        self._write("error", "defect", facts)


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
