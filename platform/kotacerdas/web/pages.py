"""The few HTML pages: landing, sign-in, invitation, GraphiQL."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kotacerdas.errors import Unauthenticated
from kotacerdas.identity.authentication import ANONYMOUS, Actor
from kotacerdas.web.context import actor_of, language_of, services_of
from kotacerdas.web.etag import etag_of, unchanged

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# GraphiQL's dialogs put style elements into the page; scripts stay limited to our own files.
GRAPHIQL_POLICY = PAGE_POLICY.replace(
    "style-src 'self'", "style-src 'self' 'unsafe-inline'; font-src data:"
)


ReadyQueries = Callable[[Actor, str], list[dict[str, str]]]
"""Titles, queries and variables that GraphiQL offers to an actor, in a language."""


def templates() -> Environment:
    """Return the environment of the page templates; every value is escaped."""
    return Environment(
        loader=PackageLoader("kotacerdas.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(
    request: Request,
    template: str,
    *,
    status: int = 200,
    policy: str = PAGE_POLICY,
    **values: object,
) -> Response:
    """Return a page in the request's language; its template writes texts as `t("id", "en")`."""
    language = language_of(request)
    html = (
        services_of(request)
        .pages.get_template(template)
        .render(
            language=language,
            t=lambda indonesian, english: english if language == "en" else indonesian,
            **values,
        )
    )
    headers = {
        "Content-Security-Policy": policy,
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
    return HTMLResponse(html, status, headers)


async def landing(request: Request) -> Response:
    """Name the product and where to go; GET /."""
    return page(request, "landing.html", name=(await _reader(request)).name)


def graphiql(ready_queries: ReadyQueries | None) -> Callable[[Request], Awaitable[Response]]:
    """Return the page of GraphiQL, from our own files, with the queries for whoever looks."""

    async def endpoint(request: Request) -> Response:
        actor = await _reader(request)
        offered = ready_queries(actor, language_of(request)) if ready_queries else []
        return page(
            request,
            "graphiql.html",
            policy=GRAPHIQL_POLICY,
            name=actor.name,
            ready=offered,
            data=json.dumps(offered),
        )

    return endpoint


def constant(
    made: Callable[[], bytes], media_type: str
) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint of what is the same for all while we run, made when first asked for."""
    content = cache(made)
    etag = cache(lambda: etag_of(content()))

    async def endpoint(request: Request) -> Response:
        headers = {"ETag": etag()}
        if unchanged(request, etag()):
            return Response(status_code=304, headers=headers)
        return Response(content(), headers=headers, media_type=media_type)

    return endpoint


async def _reader(request: Request) -> Actor:
    """Return who looks at a page that is for everybody; whose session has ended is nobody."""
    try:
        return await actor_of(request)
    except Unauthenticated:
        return ANONYMOUS
