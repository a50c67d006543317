"""The port for operators: whether the process lives, is ready, and what it has counted."""

from __future__ import annotations

from prometheus_client.exposition import choose_encoder
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kotacerdas.metrics import METRICS
from kotacerdas.web import health
from kotacerdas.web.context import begin
from kotacerdas.web.problems import REFUSALS, refused


def operations(api: Starlette) -> Starlette:
    """Compose the application of the operators' port of an API."""
    return Starlette(
        routes=[
            Route("/healthz", health.alive),
            Route("/readyz", api.state.readiness.answer),
            Route("/metrics", metrics),
        ],
        middleware=[Middleware(_Begin, api=api)],
        exception_handlers=dict.fromkeys(REFUSALS, refused),
    )


async def metrics(request: Request) -> Response:
    """Show all counters in the form that the scraper asks for; GET /metrics."""
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    return Response(encode(METRICS.registry), headers={"Content-Type": content_type})


class _Begin:
    """Lets the routes of the API work here too; these requests are not logged."""

    def __init__(self, app: ASGIApp, api: Starlette) -> None:
        self._app, self._api = app, api.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            begin(scope, self._api.services)
            scope["state"] = {"stopping": self._api.stopping}
        await self._app(scope, receive, send)
