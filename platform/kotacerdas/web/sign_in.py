"""Routes of sign-in, sign-out and the current session."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kotacerdas.errors import Unauthenticated
from kotacerdas.identity import sessions
from kotacerdas.identity.authentication import Actor, identity_scope
from kotacerdas.identity.credentials import credentials
from kotacerdas.web.context import (
    actor_of,
    address_of,
    credentials_of,
    note,
    request_id_of,
    services_of,
)
from kotacerdas.web.cross_site import own_request
from kotacerdas.web.json_body import json_fields
from kotacerdas.web.pages import page


async def sign_in_page(request: Request) -> Response:
    """Show the form; GET /auth/sign-in."""
    return page(request, "sign_in.html")


async def sign_in(request: Request) -> Response:
    """Open a session and hand over its cookie; POST /auth/sign-in {email, password}."""
    fields = await json_fields(request, "email", "password")
    services = services_of(request)
    signed_in = await sessions.sign_in(
        services.database,
        services.settings,
        credentials(fields["email"], fields["password"], address_of(request)),
        previous=credentials_of(request).cookie,
        request_id=request_id_of(request),
    )
    note(request, person=str(signed_in.person.id))
    person = {"id": str(signed_in.person.id), "name": signed_in.person.name}
    response = JSONResponse({"person": person})
    services.cookie.write(response, signed_in.secret)
    return response


async def sign_out(request: Request) -> Response:
    """End the session and take the cookie back, however often it is asked; POST /auth/sign-out."""
    refusal = own_request(request)
    if refusal is not None:
        raise refusal
    services, response = services_of(request), Response(status_code=204)
    secret = credentials_of(request).cookie
    if secret is not None:
        scope = identity_scope(await _known(request), request_id=request_id_of(request))
        await services.database.perform(scope, partial(sessions.sign_out, secret=secret))
        services.cookie.delete(response)
    return response


async def current_session(request: Request) -> Response:
    """Tell who is signed in and with which roles; GET /auth/session."""
    actor = await actor_of(request)
    if actor.person_id is None:
        raise Unauthenticated
    memberships = [
        {
            "tenantId": grant.tenant_id,
            "role": grant.role.value,
            "unitId": str(grant.unit_id) if grant.unit_id else None,
        }
        for grant in actor.grants
    ]
    person = {"id": str(actor.person_id), "name": actor.name}
    body = {"person": person, "language": actor.language, "memberships": memberships}
    return JSONResponse({**body, "via": actor.via})


async def _known(request: Request) -> Actor:
    try:
        return await actor_of(request)
    except Unauthenticated:
        # A session that has lapsed is still ended for good.
        return Actor()
