"""Routes of an invitation's link."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kotacerdas.errors import DomainError
from kotacerdas.identity import invitations, passwords
from kotacerdas.identity.role_names import ROLE_NAMES
from kotacerdas.scope import Door, Scope
from kotacerdas.web.context import address_of, note, request_id_of, services_of
from kotacerdas.web.json_body import json_fields
from kotacerdas.web.pages import page
from kotacerdas.web.problems import status_of


async def invitation_page(request: Request) -> Response:
    """Show the offer with its form, or why it cannot be taken; GET /invitations/{token}."""
    try:
        token = invitations.read_token(request.path_params["token"])
        note(request, tenant=token.tenant_id)
        offer = await services_of(request).database.perform(
            Scope(Door.IDENTITY, token.tenant_id, request_id=request_id_of(request)),
            partial(invitations.read_offer, token=token),
        )
    except DomainError as error:
        return page(request, "refusal.html", status=status_of(error), error=error)
    return page(
        request,
        "invitation.html",
        invitation=offer.invitation,
        known=offer.person_id is not None,
        role=ROLE_NAMES[offer.invitation.role],
        minimum_length=passwords.MINIMUM_LENGTH,
    )


async def accept_invitation(request: Request) -> Response:
    """Accept the offer; POST /invitations/{token} {name, password}."""
    fields = await json_fields(request, "name", "password")
    services = services_of(request)
    invitation = await invitations.join(
        services.database,
        services.settings,
        request.path_params["token"],
        name=fields["name"],
        password=fields["password"],
        address=address_of(request),
        request_id=request_id_of(request),
    )
    note(request, tenant=invitation.tenant_id)
    return JSONResponse({"email": invitation.email, "role": invitation.role}, 201)
