"""The few HTML pages: landing, sign-in, invitation, GraphiQL."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from kotacerdas.errors import Unauthenticated
from kotacerdas.identity.authentication import ANONYMOUS
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
    try:
        actor = await actor_of(request)
    except Unauthenticated:
        actor = ANONYMOUS
    return page(request, "landing.html", name=actor.name)


async def graphiql(request: Request) -> Response:
    """Show GraphiQL from our own files; GET /graphiql."""
    return page(request, "graphiql.html", policy=GRAPHIQL_POLICY)


def schema(sdl: str) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that serves the GraphQL schema as text, once per version of it."""
    etag = etag_of(sdl.encode())

    async def endpoint(request: Request) -> Response:
        headers = {"ETag": etag}
        if unchanged(request, etag):
            return Response(status_code=304, headers=headers)
        return PlainTextResponse(sdl, headers=headers)

    return endpoint
