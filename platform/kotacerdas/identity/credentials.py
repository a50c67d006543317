"""Proving who one is by e-mail address and password."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.database import Database
from kotacerdas.errors import DomainError, Invalid
from kotacerdas.identity import passwords, throttle
from kotacerdas.identity.models import Account
from kotacerdas.identity.people import account_by_email, email_value
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings


class SignInRefused(DomainError):
    """E-mail and password do not belong together, or the account is closed: one answer for all."""

    code = "SIGN_IN_REFUSED"
    id = (
        "Surel atau kata sandi tidak cocok."
        " Periksa keduanya, atau minta operator menyetel ulang kata sandi."
    )
    en = "E-mail and password do not match. Check both, or ask the operator to reset the password."


@dataclass(frozen=True)
class Credentials:
    """What somebody typed, and the network address it came from."""

    email: str
    password: str
    address: str


def credentials(email: str, password: str, address: str) -> Credentials:
    """Bring the typed address to its stored form; raises SignInRefused where it is none."""
    try:
        return Credentials(email_value(email), password, address)
    except Invalid as invalid:
        raise SignInRefused from invalid


async def prove(
    database: Database, settings: Settings, typed: Credentials, *, now: datetime | None = None
) -> UUID:
    """Return the person whose credentials these are; raises SignInRefused or TooManyAttempts.

    The hash is computed between two transactions and off the event loop: neither a connection nor
    another request waits for it.
    """
    scope = Scope(Door.IDENTITY, NATION)
    known = await database.perform(
        scope, partial(_attempt, settings=settings, typed=typed, now=now or datetime.now(UTC))
    )
    fits = await asyncio.to_thread(passwords.fits, known and known[1], typed.password)
    if known is None or not fits:
        raise SignInRefused
    person_id, password_hash = known
    renewed = None
    if passwords.outdated(password_hash):
        renewed = await asyncio.to_thread(passwords.hashed, typed.password)
    await database.perform(
        scope,
        partial(_succeed, settings=settings, typed=typed, person_id=person_id, renewed=renewed),
    )
    return person_id


def _attempt(
    session: Session, *, settings: Settings, typed: Credentials, now: datetime
) -> tuple[UUID, str] | None:
    throttle.count_attempt(session, settings, email=typed.email, address=typed.address, now=now)
    account = account_by_email(session, typed.email)
    if account is None or not account.active or account.password_hash is None:
        return None
    return account.person_id, account.password_hash


def _succeed(
    session: Session,
    *,
    settings: Settings,
    typed: Credentials,
    person_id: UUID,
    renewed: str | None,
) -> None:
    throttle.forgive(session, settings, email=typed.email, address=typed.address)
    if renewed is not None:
        session.get_one(Account, person_id).password_hash = renewed
