"""Who sends a request: from a cookie or a bearer token to the actor and their scope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Select, and_, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from kotacerdas.errors import DomainError, Unauthenticated
from kotacerdas.identity import sessions, tokens
from kotacerdas.identity.models import Account, ApiToken, BrowserSession, Membership, Person
from kotacerdas.identity.policy import ADMIN_ROLES, NATIONAL_ROLES, Grant
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings

SEEN_EVERY = timedelta(minutes=1)
"""Requests within it do not write the time of the last use again."""


class TwoCredentials(DomainError):
    """A request came with a cookie and a bearer token: which one counts would be a guess."""

    code = "TWO_CREDENTIALS"
    id = "Permintaan membawa kuki dan token sekaligus. Kirim hanya salah satunya."
    en = "The request carries a cookie and a token. Send only one of them."


class Via(StrEnum):
    """By which credential an actor came."""

    SESSION = "session"
    TOKEN = "token"  # noqa: S105  (a word, no secret)


@dataclass(frozen=True)
class Actor:
    """Who acts: nobody (`person_id` None), or a person with the current roles of all tenants."""

    person_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    language: str = "id"
    via: Via | None = None
    name: str | None = None
    token_id: UUID | None = None

    @cached_property
    def person(self) -> str | None:
        """The person's id as a text."""
        return None if self.person_id is None else str(self.person_id)

    def reach(self, tenant_id: int | None) -> tuple[Door, int | None]:
        """Return the door by which the actor looks at a tenant, and the tenant if it is reached."""
        known = self._reached.get(tenant_id)
        if known is None:
            door = Door.MINISTRY if self.national else Door.CITY
            reached = self.national or any(grant.reaches(tenant_id) for grant in self.grants)
            known = self._reached[tenant_id] = (door, tenant_id if reached else None)
        return known

    @cached_property
    def _reached(self) -> dict[int | None, tuple[Door, int | None]]:
        return {}

    @cached_property
    def national(self) -> bool:
        """Whether a role of the nation lets the actor look into every city."""
        return any(g.tenant_id == NATION and g.role in NATIONAL_ROLES for g in self.grants)


ANONYMOUS = Actor()
Found = Select[*tuple[Any, ...]]
Hash = bytes | BindParameter[bytes]
Moment = datetime | BindParameter[datetime]


def authenticate(
    session: Session,
    settings: Settings,
    *,
    cookie: str | None,
    bearer: str | None,
    now: datetime | None = None,
) -> Actor:
    """Return the actor, whose use of the credential is noted; neither is ANONYMOUS.

    For IDENTITY's door; `looking.look` asks without noting.

    Raises TwoCredentials, or Unauthenticated for a credential that is unknown, ended or lapsed, and
    for a closed account.
    """
    now = now or datetime.now(UTC)
    if cookie is not None and bearer is not None:
        raise TwoCredentials
    if cookie is not None:
        return _by_session(session, settings, cookie, now)
    if bearer is not None:
        return _by_token(session, settings, bearer, now)
    return ANONYMOUS


def scope_for(
    actor: Actor, tenant_id: int | None, *, request_id: str | None = None, language: str = "id"
) -> Scope:
    """Return the scope in which the actor looks at a tenant, or at none.

    A national role goes through the ministry's door, anybody else through the city's. Where no role
    reaches the tenant the scope has none: its rows look as if they were not there.
    """
    door, reached = actor.reach(tenant_id)
    return Scope(
        door,
        reached,
        actor.person_id,
        actor.grants,
        request_id,
        language,
    )


def identity_scope(actor: Actor, *, request_id: str | None = None, language: str = "id") -> Scope:
    """Return the scope in which the actor changes their own sessions and tokens."""
    return Scope(
        Door.IDENTITY,
        NATION,
        actor.person_id,
        actor.grants,
        request_id,
        language,
        by_token=actor.via is Via.TOKEN,
    )


def session_query(token_hash: Hash) -> Found:
    """Return the query for a session's person, one row for each of their roles."""
    found = _with_person(
        BrowserSession.person_id, BrowserSession.created_at, BrowserSession.seen_at
    )
    return found.where(BrowserSession.token_hash == token_hash, BrowserSession.ended_at.is_(None))


def token_query(token_hash: Hash, now: Moment) -> Found:
    """Return the query for a usable token's person, one row for each of their roles."""
    found = _with_person(
        ApiToken.person_id,
        ApiToken.id.label("token_id"),
        ApiToken.scopes,
        ApiToken.city_id,
        ApiToken.used_at,
    )
    usable = and_(ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    return found.where(ApiToken.token_hash == token_hash, usable)


def session_actor(rows: Sequence[Any], settings: Settings, now: datetime) -> Actor:
    """Return whom the rows of a session tell; raises Unauthenticated if it has lapsed."""
    actor = _actor(rows, Via.SESSION)
    admin = any(grant.role in ADMIN_ROLES for grant in actor.grants)
    created_at, seen_at = rows[0].created_at, rows[0].seen_at
    if sessions.lapsed(settings, created_at=created_at, seen_at=seen_at, admin=admin, now=now):
        raise Unauthenticated
    return actor


def token_actor(rows: Sequence[Any]) -> Actor:
    """Return whom the rows of a token tell, with no more than its scopes."""
    actor = _actor(rows, Via.TOKEN)
    grants = tokens.narrowed(actor.grants, scopes=rows[0].scopes, city_id=rows[0].city_id)
    return replace(actor, grants=grants, token_id=rows[0].token_id)


def unnoted(used_at: datetime | None, now: datetime) -> bool:
    """Whether a use is to be written: the last one that was is over a minute ago."""
    return used_at is None or used_at <= now - SEEN_EVERY


def _by_session(session: Session, settings: Settings, secret: str, now: datetime) -> Actor:
    token_hash = sessions.hash_of(secret)
    rows = session.execute(session_query(token_hash)).all()
    actor = session_actor(rows, settings, now)
    if unnoted(rows[0].seen_at, now):
        mine = update(BrowserSession).where(BrowserSession.token_hash == token_hash)
        session.execute(mine.where(BrowserSession.seen_at < now).values(seen_at=now))
    return actor


def _by_token(session: Session, settings: Settings, secret: str, now: datetime) -> Actor:
    token_hash = tokens.hash_of(settings, secret)
    if token_hash is None:
        raise Unauthenticated
    rows = session.execute(token_query(token_hash, now)).all()
    actor = token_actor(rows)
    if unnoted(rows[0].used_at, now):
        stale = or_(ApiToken.used_at.is_(None), ApiToken.used_at <= now - SEEN_EVERY)
        mine = update(ApiToken).where(ApiToken.id == rows[0].token_id)
        session.execute(mine.where(stale).values(used_at=now))
    return actor


def _with_person(person_id: InstrumentedAttribute[UUID], *columns: Any) -> Found:  # noqa: ANN401
    current = and_(Membership.person_id == person_id, Membership.ended_at.is_(None))
    return (
        select(
            *columns,
            Person.id.label("person_id"),
            Person.name,
            Account.language,
            Membership.tenant_id,
            Membership.role,
            Membership.unit_id,
        )
        .join(Account, and_(Account.person_id == person_id, Account.active))
        .join(Person, Person.id == person_id)
        .outerjoin(Membership, current)
    )


def _actor(rows: Sequence[Any], via: Via) -> Actor:
    if not rows:
        raise Unauthenticated
    grants = tuple(
        Grant(row.tenant_id, row.role, row.unit_id) for row in rows if row.tenant_id is not None
    )
    return Actor(rows[0].person_id, grants, rows[0].language, via, rows[0].name)
