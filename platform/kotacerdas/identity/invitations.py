"""Offers of a role by e-mail, and what becomes of them."""

from __future__ import annotations

import asyncio
import hmac
from base64 import urlsafe_b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.database import Database
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.idempotency import once
from kotacerdas.identity import members, passwords, policy
from kotacerdas.identity.credentials import Credentials, prove
from kotacerdas.identity.models import Account, Invitation
from kotacerdas.identity.people import account_by_email, email_value, name_value, register
from kotacerdas.identity.policy import Permission, Role
from kotacerdas.identity.sessions import hash_of
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.language import Language
from kotacerdas.scope import Door, Scope, scope_of, tenant_of
from kotacerdas.settings import Settings
from kotacerdas.signing import sign

INVITATION_MAIL = Kind("identity.invitation", Queue.MAIL)
LIFE = timedelta(days=7)
LARGEST_TENANT = 2**31 - 1


class InvitationExpired(DomainError):
    """The offer is older than its seven days, was taken back, or a newer one has replaced it."""

    code = "INVITATION_EXPIRED"
    id = "Undangan ini sudah tidak berlaku. Minta admin mengirim undangan baru."
    en = "This invitation is no longer valid. Ask the administrator to send a new one."


class InvitationUsed(DomainError):
    """An offer is accepted once."""

    code = "INVITATION_USED"
    id = "Undangan ini sudah diterima. Masuk dengan surel dan kata sandi Anda."
    en = "This invitation was accepted already. Sign in with your e-mail address and password."


@dataclass(frozen=True)
class InvitationToken:
    """What an invitation's link carries."""

    tenant_id: int
    id: UUID
    secret: str


@dataclass(frozen=True)
class Offer:
    """A valid invitation, and whose account its address has, if any."""

    invitation: Invitation
    person_id: UUID | None


def invite(
    session: Session,
    settings: Settings,
    *,
    email: str,
    name: str,
    role: Role,
    unit_id: UUID | None = None,
    language: str = "id",
    idempotency_key: str | None = None,
    now: datetime | None = None,
) -> Invitation:
    """Offer a role in the session's tenant and send the mail; an older open offer of it ends.

    Raises RoleNotGrantable, Invalid, or NotFound for a missing unit.
    """
    policy.require(session, Permission.MEMBER_MANAGE)
    _check(session, role, unit_id, language)
    offer = _Offer(email_value(email), name_value(name), role, unit_id, language)
    invitation_id = once(
        session,
        idempotency_key,
        {"do": "invitation.create", **asdict(offer)},
        lambda: _send(session, settings, offer, now or datetime.now(UTC)),
    )
    return session.get_one(Invitation, (tenant_of(session), invitation_id))


@dataclass(frozen=True)
class _Offer:
    email: str
    name: str
    role: Role
    unit_id: UUID | None
    language: str


def _send(session: Session, settings: Settings, offer: _Offer, now: datetime) -> UUID:
    invitation_id = uuid7()
    invitation = Invitation(
        tenant_id=tenant_of(session),
        id=invitation_id,
        **asdict(offer),
        token_hash=hash_of(_secret(settings, invitation_id)),
        invited_by=scope_of(session).person_id,
        expires_at=now + LIFE,
    )
    _replace(session, invitation, now)
    session.add(invitation)
    enqueue(session, INVITATION_MAIL, invitation_id)
    facts = {"email": offer.email, "role": offer.role, "unit_id": offer.unit_id}
    audit.record(session, "invitation.create", "invitation", invitation_id, after=facts)
    session.flush()  # the caller reads the row back
    return invitation_id


def revoke(session: Session, invitation_id: UUID, *, now: datetime | None = None) -> Invitation:
    """Take an open offer back: its link is void from now on, and a mail not yet sent never leaves.

    Raises NotFound, RoleNotGrantable or InvitationUsed; an offer that has ended stays as it is.
    """
    policy.require(session, Permission.MEMBER_MANAGE)
    key = (tenant_of(session), invitation_id)
    invitation = session.get(Invitation, key, with_for_update=True)
    if invitation is None:
        raise NotFound
    if invitation.role not in policy.grantable(scope_of(session)):
        raise members.RoleNotGrantable(invitation.role)
    if invitation.accepted_at is not None:
        raise InvitationUsed
    now = now or datetime.now(UTC)
    if invitation.expires_at > now:
        facts = {"email": invitation.email, "role": invitation.role}
        invitation.expires_at = now
        audit.record(session, "invitation.revoke", "invitation", invitation_id, before=facts)
    return invitation


def invitation_link(settings: Settings, invitation: Invitation) -> str:
    """Return the address that the mail carries.

    The secret is an HMAC of the id: so the worker that writes the mail can make it again, while the
    database keeps no more than its hash.
    """
    secret = _secret(settings, invitation.id)
    return f"{settings.base_url}/invitations/{invitation.tenant_id}.{invitation.id}.{secret}"


def read_token(text: str) -> InvitationToken:
    """Take a link's last segment apart; raises NotFound for anything that is none."""
    tenant, _, rest = text.partition(".")
    identifier, _, secret = rest.partition(".")
    digits = tenant.isascii() and tenant.isdigit() and len(tenant) <= len(str(LARGEST_TENANT))
    if not digits or int(tenant) > LARGEST_TENANT:
        raise NotFound
    try:
        return InvitationToken(int(tenant), UUID(identifier), secret)
    except ValueError as malformed:
        raise NotFound from malformed


def read_offer(session: Session, token: InvitationToken, *, now: datetime | None = None) -> Offer:
    """Return the offer of a link. For IDENTITY's door in the link's tenant.

    Raises NotFound, InvitationUsed or InvitationExpired.
    """
    invitation = _valid(session, token, now or datetime.now(UTC), lock=False)
    account = account_by_email(session, invitation.email)
    return Offer(invitation, account.person_id if account is not None else None)


def accept(
    session: Session,
    token: InvitationToken,
    *,
    person_id: UUID,
    name: str,
    password_hash: str | None,
    now: datetime | None = None,
) -> Invitation:
    """Give the offered role: to a new person with that hash, or to the known one where it is None.

    For IDENTITY's door in the link's tenant. Raises what `read_offer` raises, and AccountExists.
    """
    now = now or datetime.now(UTC)
    invitation = _valid(session, token, now, lock=True)
    if password_hash is not None:
        register(
            session,
            email=invitation.email,
            name=name,
            language=invitation.language,
            password_hash=password_hash,
            person_id=person_id,
        )
    elif session.get_one(Account, person_id).email != invitation.email:
        raise NotFound
    members.give_role(
        session, person_id=person_id, role=invitation.role, unit_id=invitation.unit_id
    )
    invitation.accepted_at = now
    facts = {"person_id": person_id, "role": invitation.role, "unit_id": invitation.unit_id}
    audit.record(session, "invitation.accept", "invitation", invitation.id, after=facts)
    return invitation


async def join(
    database: Database,
    settings: Settings,
    text: str,
    *,
    name: str,
    password: str,
    address: str,
    request_id: str | None = None,
) -> Invitation:
    """Accept the offer of a link by a password: a new account's, or the existing account's own.

    Raises what `accept`, `credentials.prove` and `passwords.check` raise.
    """
    token = read_token(text)
    scope = Scope(Door.IDENTITY, token.tenant_id, request_id=request_id)
    offer = await database.perform(scope, partial(read_offer, token=token))
    email, password_hash = offer.invitation.email, None
    if offer.person_id is None:
        passwords.check(password, email=email)
        password_hash = await asyncio.to_thread(passwords.hashed, password)
        person_id = uuid7()
    else:
        person_id = await prove(database, settings, Credentials(email, password, address))
    mine = Scope(Door.IDENTITY, token.tenant_id, person_id, request_id=request_id)
    rule = partial(accept, token=token, person_id=person_id, name=name, password_hash=password_hash)
    return await database.perform(mine, rule)


def _check(session: Session, role: Role, unit_id: UUID | None, language: str) -> None:
    if role not in policy.grantable(scope_of(session)):
        raise members.RoleNotGrantable(role, path=("role",))
    members.check_role(tenant_of(session), role, unit_id)
    members.check_unit(session, unit_id)
    if language not in set(Language):
        raise Invalid("language", "pilih id atau en.", "choose id or en.")


def _valid(session: Session, token: InvitationToken, now: datetime, *, lock: bool) -> Invitation:
    key = (token.tenant_id, token.id)
    invitation = session.get(Invitation, key, with_for_update=lock or None)
    if invitation is None or not hmac.compare_digest(invitation.token_hash, hash_of(token.secret)):
        raise NotFound
    if invitation.accepted_at is not None:
        raise InvitationUsed
    if invitation.expires_at <= now:
        raise InvitationExpired
    return invitation


def _replace(session: Session, invitation: Invitation, now: datetime) -> None:
    same = update(Invitation).where(
        Invitation.tenant_id == invitation.tenant_id,
        Invitation.email == invitation.email,
        Invitation.role == invitation.role,
        Invitation.unit_id.is_not_distinct_from(invitation.unit_id),
        Invitation.accepted_at.is_(None),
        Invitation.expires_at > now,
    )
    session.execute(same.values(expires_at=now))


def _secret(settings: Settings, invitation_id: UUID) -> str:
    mac = sign(settings.secret_key, "invitation", str(invitation_id))
    return urlsafe_b64encode(mac).rstrip(b"=").decode()
