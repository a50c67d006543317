"""The ASGI application, composed in one place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from kotacerdas.changes import Feed
from kotacerdas.database import Database
from kotacerdas.files import FileStore
from kotacerdas.rates.policy import Rates
from kotacerdas.settings import Settings
from kotacerdas.web import downloads, health, invitations, pages, sign_in, uploads
from kotacerdas.web.actors import Actors
from kotacerdas.web.context import OpenDocument, Services
from kotacerdas.web.cookie import SessionCookie
from kotacerdas.web.face import Face
from kotacerdas.web.problems import REFUSALS, refused

STATIC = Path(__file__).parent / "static"
State = dict[str, asyncio.Event]
"""What each ASGI scope holds as `state`: `stopping` is set as soon as the process is to end, so
that whoever streams can end before the connection is cut."""


def create_app(
    settings: Settings,
    database: Database,
    *,
    graphql: ASGIApp | None = None,
    sdl: str | None = None,
    introspection: Callable[[], bytes] | None = None,
    open_document: OpenDocument | None = None,
    feed: Feed | None = None,
    ready_queries: pages.ReadyQueries | None = None,
) -> Starlette:
    """Compose the application.

    `graphql` is an ASGI object that serves /graphql; it may ask `kotacerdas.web.context`. `sdl` and
    `introspection` are its schema, served at /schema.graphql and /schema.json.
    `open_document` decides who may read a file. `feed` listens as long as the application lives.
    `ready_queries` are what GraphiQL offers.
    """
    services = Services(
        settings=settings,
        database=database,
        files=FileStore(settings),
        cookie=SessionCookie(settings),
        pages=pages.templates(),
        open_document=open_document,
        rates=Rates(settings),
        actors=Actors(settings, database, feed),
    )
    stopping, readiness = asyncio.Event(), health.Readiness(database)
    first = None if graphql is None else Route("/graphql", graphql)
    routes = _routes(readiness) + _descriptions(sdl, introspection, ready_queries)
    if graphql is not None and first is not None:
        routes += [first, WebSocketRoute("/graphql", graphql)]
    app = Starlette(routes=routes, lifespan=_lifespan(services, feed, stopping))
    # In place of Starlette's own layers: most requests need none of them.
    told = ExceptionMiddleware(app.router, dict.fromkeys(REFUSALS, refused))
    app.middleware_stack = Face(told, services, first)
    app.state.services, app.state.stopping, app.state.readiness = services, stopping, readiness
    return app


def _routes(readiness: health.Readiness) -> list[BaseRoute]:
    return [
        Route("/", pages.landing),
        Route("/healthz", health.alive),
        Route("/readyz", readiness.answer),
        Route("/auth/sign-in", sign_in.sign_in_page, methods=["GET"]),
        Route("/auth/sign-in", sign_in.sign_in, methods=["POST"]),
        Route("/auth/sign-out", sign_in.sign_out, methods=["POST"]),
        Route("/auth/session", sign_in.current_session),
        Route("/invitations/{token}", invitations.invitation_page, methods=["GET"]),
        Route("/invitations/{token}", invitations.accept_invitation, methods=["POST"]),
        Route("/files/{document}", downloads.download),
        Route("/uploads/{upload}", uploads.receive, methods=["PUT"]),
        Mount("/static", StaticFiles(directory=STATIC)),
    ]


def _descriptions(
    sdl: str | None,
    introspection: Callable[[], bytes] | None,
    ready_queries: pages.ReadyQueries | None,
) -> list[BaseRoute]:
    routes: list[BaseRoute] = [Route("/graphiql", pages.graphiql(ready_queries))]
    if sdl is not None:
        routes.append(Route("/schema.graphql", pages.constant(sdl.encode, "text/plain")))
    if introspection is not None:
        routes.append(Route("/schema.json", pages.constant(introspection, "application/json")))
    return routes


def _lifespan(
    services: Services, feed: Feed | None, stopping: asyncio.Event
) -> Callable[[Starlette], AbstractAsyncContextManager[State]]:
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with feed or nullcontext():
            following = asyncio.create_task(services.actors.follow(), name="actors")
            yield {"stopping": stopping}
            following.cancel()
        await services.rates.aclose()
        await services.database.aclose()

    return lifespan
