"""Sign-ins of browsers: an opaque secret in the cookie, its SHA-256 in the database."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from kotacerdas import audit, changes
from kotacerdas.database import Database
from kotacerdas.identity.credentials import Credentials, SignInRefused, prove
from kotacerdas.identity.models import Account, BrowserSession, Person
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings


@dataclass(frozen=True)
class SignedIn:
    """A new session: the secret is told once, here."""

    secret: str
    person: Person


async def sign_in(
    database: Database,
    settings: Settings,
    typed: Credentials,
    *,
    previous: str | None = None,
    request_id: str | None = None,
    now: datetime | None = None,
) -> SignedIn:
    """Open a session for who proves their password; raises SignInRefused or TooManyAttempts.

    `previous` is the secret of a session that the same browser still holds: it ends.
    """
    person_id = await prove(database, settings, typed, now=now)
    scope = Scope(Door.IDENTITY, NATION, person_id, request_id=request_id)
    return await database.perform(
        scope,
        partial(open_session, person_id=person_id, previous=previous, now=now or datetime.now(UTC)),
    )


def open_session(
    session: Session, *, person_id: UUID, previous: str | None, now: datetime
) -> SignedIn:
    """Write a session with a new secret and end the browser's previous one.

    Raises SignInRefused for an account that was closed meanwhile.
    """
    account = session.get(Account, person_id)
    if account is None or not account.active:
        raise SignInRefused
    if previous is not None:
        _end(session, previous, now)
    secret = secrets.token_urlsafe(32)
    session.add(
        BrowserSession(token_hash=hash_of(secret), person_id=person_id, created_at=now, seen_at=now)
    )
    audit.record(session, "session.sign_in", "person", person_id)
    return SignedIn(secret, session.get_one(Person, person_id))


def sign_out(session: Session, *, secret: str, now: datetime | None = None) -> None:
    """End the session of a cookie; one that has ended already is no error."""
    person_id = _end(session, secret, now or datetime.now(UTC))
    if person_id is not None:
        audit.record(session, "session.sign_out", "person", person_id)


def lapsed(
    settings: Settings, *, created_at: datetime, seen_at: datetime, admin: bool, now: datetime
) -> bool:
    """Whether a session is over, by its age or by the time without a request."""
    idle = settings.session_admin_idle_seconds if admin else settings.session_idle_seconds
    absolute = timedelta(seconds=settings.session_absolute_seconds)
    return now >= created_at + absolute or now >= seen_at + timedelta(seconds=idle)


def hash_of(secret: str) -> bytes:
    """Return what the database keeps of a secret; 256 random bits need no slow hash."""
    return sha256(secret.encode()).digest()


def _end(session: Session, secret: str, now: datetime) -> UUID | None:
    mine = BrowserSession.token_hash == hash_of(secret)
    ended = update(BrowserSession).where(mine, BrowserSession.ended_at.is_(None))
    person_id = session.scalar(ended.values(ended_at=now).returning(BrowserSession.person_id))
    if person_id is not None:
        changes.record(session, BrowserSession, person_id)
    return person_id
