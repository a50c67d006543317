"""Strawberry as its tutorial shows it: its own ASGI view, a session for each request, no caches."""

from __future__ import annotations

import os
from typing import Any

import strawberry
from sqlalchemy.ext.asyncio import create_async_engine
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig

from kotacerdas.database import driver_url
from kotacerdas.settings import settings
from tests.bench.naive.loaders import Reading
from tests.bench.naive.types import Query, Slug

CONNECTIONS = int(os.environ.get("CONNECTIONS", "10"))
CITY, MINISTRY = (
    create_async_engine(driver_url(url), pool_size=CONNECTIONS, max_overflow=0)
    for url in (settings().city_url, settings().ministry_url)
)


class Close(SchemaExtension):
    """Ends the request's session when the answer is there."""

    async def on_operation(self):
        yield
        await self.execution_context.context["reading"].close()


class View(GraphQL[dict[str, Any], None]):
    """Reads the tenant from a header; nothing checks it."""

    async def get_context(
        self, request: Request | WebSocket, response: Response | WebSocket
    ) -> dict[str, Any]:
        """Open what the request reads with."""
        tenant = request.headers.get("x-tenant")
        engine, tenant_id = (CITY, int(tenant)) if tenant else (MINISTRY, None)
        return {"reading": Reading(engine, tenant_id)}


schema = strawberry.Schema(
    query=Query,
    extensions=[Close],
    config=StrawberryConfig(scalar_map={Slug: strawberry.scalar(name="Slug")}),
)
app = Starlette(routes=[Route("/graphql", View(schema, graphql_ide=None))])
