"""Somebody with an account, and signing in from sync tests."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.identity import passwords, sessions
from kotacerdas.identity.authentication import (
    Actor,
    authenticate,
)
from kotacerdas.identity.credentials import credentials
from kotacerdas.identity.models import BrowserSession
from kotacerdas.identity.people import register
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings

PASSWORD = "gonjong-rumah-gadang-7"
HASH = passwords.hashed(PASSWORD)
ADDRESSES = (
    f"10.{n // 65536 % 256}.{n // 256 % 256}.{n % 256}" for n in count(uuid4().int % 2**20)
)
IDENTITY = Scope(Door.IDENTITY, NATION)


@dataclass(frozen=True)
class Somebody:
    id: UUID
    email: str
    address: str


@pytest.fixture
def somebody(database: Database) -> Somebody:
    email = f"orang-{uuid4().hex}@kota.go.id"
    with database.unit_of_work(IDENTITY) as session:
        person = register(session, email=email, name="Orang Uji", password_hash=HASH)
    return Somebody(person.id, email, next(ADDRESSES))


@pytest.fixture
def sign_in(settings: Settings):
    """Sign in from sync code, over a database with pools of the call's own event loop."""

    def call(email: str, password: str = PASSWORD, *, address: str | None = None, **options):
        async def main() -> sessions.SignedIn:
            database = Database(settings)
            try:
                typed = credentials(email, password, address or next(ADDRESSES))
                return await sessions.sign_in(database, settings, typed, **options)
            finally:
                await database.aclose()

        return asyncio.run(main())

    return call


def actor_by_cookie(
    database: Database, settings: Settings, secret: str, *, now: datetime | None = None
) -> Actor:
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        return authenticate(session, settings, cookie=secret, bearer=None, now=now)


def audited(database: Database, person_id: UUID) -> list[str]:
    with database.unit_of_work(IDENTITY) as session:
        mine = select(AuditEntry.action).where(
            AuditEntry.tenant_id == NATION, AuditEntry.entity_id == person_id
        )
        return list(session.scalars(mine.order_by(AuditEntry.sequence)))


def sessions_of(database: Database, person_id: UUID) -> list[BrowserSession]:
    with database.unit_of_work(IDENTITY) as session:
        mine = select(BrowserSession).where(BrowserSession.person_id == person_id)
        return list(session.scalars(mine.order_by(BrowserSession.created_at)))
