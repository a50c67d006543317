"""Inviting people, ending roles, and reading notifications."""

from __future__ import annotations

from uuid import UUID

import strawberry
from sqlalchemy.orm import Session

from graphql_schema.context import Info
from graphql_schema.identity.types import ApiToken, Invitation, Membership, Notification
from graphql_schema.ids import decode
from graphql_schema.inputs import uuid_of
from graphql_schema.mutating import Creation, Payload, changed, mutation, perform, perform_own
from kotacerdas.identity import invitations, members, tokens
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.language import Language
from kotacerdas.scope import scope_of
from tenants.notifications import actions


@strawberry.type
class InvitationPayload(Payload):
    """A sent invitation, or errors."""

    prefix = "inv"
    invitation: Invitation | None = changed()


@strawberry.type
class MembershipPayload(Payload):
    """A changed role, or errors."""

    prefix = "mem"
    membership: Membership | None = changed()


@strawberry.type
class NotificationPayload(Payload):
    """A notification, or errors."""

    prefix = "ntf"
    notification: Notification | None = changed()


@strawberry.type
class TokenPayload(Payload):
    """A bearer token, or errors."""

    prefix = "tok"
    token: ApiToken | None = changed()


@strawberry.type
class NewTokenPayload(TokenPayload):
    """A new bearer token and its secret, or errors."""

    secret: str | None = strawberry.field(
        default=None, description="The token itself, told only here: keep it in a safe place."
    )


@strawberry.input(description="A bearer token for a program, never wider than its maker's rights.")
class TokenCreateInput:
    """A bearer token for a program, never wider than its maker's rights."""

    name: str = strawberry.field(description="What it is for.")
    scopes: list[Permission] = strawberry.field(description="Permissions that it carries.")
    city_id: strawberry.ID | None = strawberry.field(
        default=None, description="Confines it to one city."
    )
    days: int = strawberry.field(default=90, description="Life in days, 1 to 365.")


@strawberry.input(description="A token that ends now.")
class TokenRevokeInput:
    """A token that ends now."""

    id: strawberry.ID = strawberry.field(description="The token.")


@strawberry.input(description="An offer of a role, by mail.")
class MemberInviteInput(Creation):
    """An offer of a role, by mail; a newer offer of the same role ends the older."""

    city_id: strawberry.ID = strawberry.field(description="The city.")
    email: str = strawberry.field(description="Where the mail goes.")
    name: str = strawberry.field(description="Name as it should be written.")
    role: Role = strawberry.field(description="Part that the person will have.")
    unit_id: strawberry.ID | None = strawberry.field(
        default=None, description="Department, for a role that is bound to one."
    )
    language: Language = strawberry.field(default=Language.ID, description="Language of the mail.")


@strawberry.input(description="An open offer that is taken back.")
class InvitationRevokeInput:
    """An open offer that is taken back."""

    id: strawberry.ID = strawberry.field(description="The invitation.")


@strawberry.input(description="A role that ends now.")
class MembershipEndInput:
    """A role that ends now."""

    id: strawberry.ID = strawberry.field(description="The membership.")


@strawberry.input(description="A notification that was read.")
class NotificationReadInput:
    """A notification that was read."""

    id: strawberry.ID = strawberry.field(description="The notification.")


def _read_one(session: Session, notification_id: UUID) -> UUID:
    actions.mark_read(session, [notification_id])
    return notification_id


@strawberry.type
class IdentityMutations:
    """Inviting people, ending roles, and reading notifications."""

    @mutation("Offer somebody a role in the city, by mail.", requires=Permission.MEMBER_MANAGE)
    async def member_invite(self, info: Info, input: MemberInviteInput) -> InvitationPayload:
        """Invite somebody."""
        return await perform(
            info,
            InvitationPayload,
            input.city_id,
            "cty",
            lambda s, _: invitations.invite(
                s,
                info.context.settings,
                email=input.email,
                name=input.name,
                role=input.role,
                unit_id=uuid_of(input.unit_id, "unt", "unitId") if input.unit_id else None,
                language=input.language.value,
                idempotency_key=input.idempotency_key,
            ),
            named="cityId",
        )

    @mutation(
        "Take back an open offer; its link opens nothing any more.",
        requires=Permission.MEMBER_MANAGE,
    )
    async def invitation_revoke(
        self, info: Info, input: InvitationRevokeInput
    ) -> InvitationPayload:
        """Take back an offer."""
        return await perform(info, InvitationPayload, input.id, "inv", invitations.revoke)

    @mutation("End a role at once.", requires=Permission.MEMBER_MANAGE)
    async def membership_end(self, info: Info, input: MembershipEndInput) -> MembershipPayload:
        """End a role."""
        return await perform(info, MembershipPayload, input.id, "mem", members.end_membership)

    @mutation("Mark a notification as read.", requires=None)
    async def notification_read(
        self, info: Info, input: NotificationReadInput
    ) -> NotificationPayload:
        """Mark a notification as read."""
        return await perform(
            info,
            NotificationPayload,
            input.id,
            "ntf",
            _read_one,
        )

    @mutation("Make a bearer token of one's own for a program.", requires=None)
    async def token_create(self, info: Info, input: TokenCreateInput) -> NewTokenPayload:
        """Make a token."""
        secrets: list[str] = []

        def create(session: Session) -> UUID:
            row, secret = tokens.create(
                session,
                info.context.settings,
                person_id=scope_of(session).person_id or UUID(int=0),
                name=input.name,
                scopes=input.scopes,
                city_id=decode(input.city_id, "cty").tenant_id if input.city_id else None,
                days=input.days,
            )
            secrets.append(secret)
            return row.id

        payload = await perform_own(info, NewTokenPayload, create)
        payload.secret = next(iter(secrets), None)
        return payload

    @mutation("End one's own token at once.", requires=None)
    async def token_revoke(self, info: Info, input: TokenRevokeInput) -> TokenPayload:
        """Revoke a token."""
        return await perform_own(
            info, TokenPayload, lambda s: tokens.revoke(s, uuid_of(input.id, "tok", "id")).id
        )
