"""A look by one round trip tells the same as the unit of work that notes the use."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from kotacerdas.database import Database
from kotacerdas.errors import Unauthenticated
from kotacerdas.identity import tokens
from kotacerdas.identity.authentication import (
    ANONYMOUS,
    Actor,
    TwoCredentials,
    authenticate,
    identity_scope,
)
from kotacerdas.identity.looking import Look, authenticated, look
from kotacerdas.identity.models import BrowserSession
from kotacerdas.identity.policy import Grant, Permission, Role
from kotacerdas.identity.sessions import open_session
from kotacerdas.scope import NATION, Door, Scope

IDENTITY = Scope(Door.IDENTITY, NATION)


@pytest.fixture
def looking(settings):
    """Return a function that looks, or with `noting` authenticates, over a loop of its own."""

    def call(*, noting: bool = False, now: datetime | None = None, **shown):
        async def main():
            database = Database(settings)
            given = {"cookie": None, "bearer": None, **shown}
            try:
                if noting:
                    return await authenticated(database, settings, **given)
                return await look(database, settings, now=now, **given)
            finally:
                await database.aclose()

        return asyncio.run(main())

    return call


def noted(database, settings, **shown) -> Actor:
    given = {"cookie": None, "bearer": None, **shown}
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        return authenticate(session, settings, **given)


def signed_in(database, person: UUID) -> str:
    with database.unit_of_work(IDENTITY) as session:
        now = datetime.now(UTC)
        return open_session(session, person_id=person, previous=None, now=now).secret


def token_of(database, settings, city, person: UUID, **options) -> str:
    owner = identity_scope(Actor(person, (Grant(city.id, Role.CITY_ADMIN),)))
    given = {"city_id": None, "days": 1, "scopes": [Permission.CITY_READ.value], **options}
    with database.unit_of_work(owner) as session:
        return tokens.create(session, settings, person_id=person, name="Uji", **given)[1]


@pytest.fixture
def person(somebody, database, city) -> UUID:
    """Somebody with two roles, one of them bound to a unit."""
    from kotacerdas.identity.members import give_role

    unit = city.unit()
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=somebody.id, role=Role.CITY_ADMIN)
        give_role(session, person_id=somebody.id, role=Role.UNIT_HEAD, unit_id=unit)
    return somebody.id


def test_a_look_at_a_session_tells_what_authenticating_tells(looking, database, settings, person):
    cookie = signed_in(database, person)
    expected = noted(database, settings, cookie=cookie)
    assert len(expected.grants) == 2
    assert looking(cookie=cookie) == Look(expected, unnoted=False)
    assert looking(noting=True, cookie=cookie) == expected


@pytest.mark.parametrize("pinned", [False, True])
def test_a_look_at_a_token_tells_what_authenticating_tells(
    looking, database, settings, city, person, pinned
):
    token = token_of(database, settings, city, person, city_id=city.id if pinned else None)
    assert looking(bearer=token).unnoted is True  # it was never used
    expected = noted(database, settings, bearer=token)
    assert expected.token_id is not None
    assert looking(bearer=token) == Look(expected, unnoted=False)
    assert looking(noting=True, bearer=token) == expected


def test_who_has_no_role_is_known_all_the_same(looking, database, settings, somebody):
    cookie = signed_in(database, somebody.id)
    seen = looking(cookie=cookie).actor
    assert (seen.person_id, seen.grants) == (somebody.id, ())


def test_a_look_refuses_what_authenticating_refuses(looking, database, settings, city, person):
    cookie, token = signed_in(database, person), token_of(database, settings, city, person)
    altered = token[:-1] + ("y" if token[-1] == "x" else "x")
    for shown in ({"cookie": "x"}, {"bearer": "x"}, {"bearer": altered}):
        with pytest.raises(Unauthenticated):
            looking(**shown)
    with pytest.raises(TwoCredentials):
        looking(cookie=cookie, bearer=token)
    later = datetime.now(UTC) + timedelta(days=2)
    for shown in ({"cookie": cookie}, {"bearer": token}):
        with pytest.raises(Unauthenticated):
            looking(now=later, **shown)
    assert looking() == Look(ANONYMOUS, unnoted=False)


def test_a_use_is_noted_once_a_minute_and_a_look_never(looking, database, settings, person):
    cookie = signed_in(database, person)
    earlier = datetime.now(UTC) - timedelta(minutes=2)
    mine = {"person_id": person}
    with database.unit_of_work(IDENTITY) as session:
        session.query(BrowserSession).filter_by(**mine).update({"seen_at": earlier})
    assert looking(cookie=cookie).unnoted is True
    assert seen(database, person) == earlier
    looking(noting=True, cookie=cookie)
    assert seen(database, person) > earlier


def seen(database, person: UUID) -> datetime:
    with database.unit_of_work(IDENTITY) as session:
        return session.query(BrowserSession.seen_at).filter_by(person_id=person).scalar()
