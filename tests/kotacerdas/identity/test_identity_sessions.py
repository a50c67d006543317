"""Staying signed in, signing out, and the scopes that follow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, select

from kotacerdas.errors import Unauthenticated
from kotacerdas.identity import sessions
from kotacerdas.identity.authentication import (
    ANONYMOUS,
    Actor,
    TwoCredentials,
    authenticate,
    scope_for,
)
from kotacerdas.identity.members import end_membership, give_role
from kotacerdas.identity.models import Account, Membership
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.scope import NATION, Door, Scope
from tests.kotacerdas.identity.conftest import (
    IDENTITY,
    actor_by_cookie,
    audited,
    sessions_of,
)


def test_a_sign_in_ends_the_session_that_the_browser_still_held(
    database, settings, somebody, sign_in
):
    first = sign_in(somebody.email)
    second = sign_in(somebody.email, previous=first.secret)
    assert second.secret != first.secret
    with pytest.raises(Unauthenticated):
        actor_by_cookie(database, settings, first.secret)
    assert actor_by_cookie(database, settings, second.secret).person_id == somebody.id


def test_a_session_ends_at_sign_out_once(database, settings, somebody, sign_in):
    secret = sign_in(somebody.email).secret
    for _ in range(2):
        with database.unit_of_work(IDENTITY) as session:
            sessions.sign_out(session, secret=secret)
    with pytest.raises(Unauthenticated):
        actor_by_cookie(database, settings, secret)
    assert audited(database, somebody.id) == ["session.sign_in", "session.sign_out"]


def test_a_closed_account_ends_its_open_sessions(database, settings, somebody, sign_in):
    secret = sign_in(somebody.email).secret
    with database.unit_of_work(IDENTITY) as session:
        session.get_one(Account, somebody.id).active = False
    with pytest.raises(Unauthenticated):
        actor_by_cookie(database, settings, secret)


@pytest.mark.parametrize(
    ("role", "pause", "lives"),
    [
        (Role.COUNCIL, timedelta(hours=7, minutes=59), True),
        (Role.COUNCIL, timedelta(hours=8), False),
        (Role.CITY_ADMIN, timedelta(minutes=29), True),
        (Role.CITY_ADMIN, timedelta(minutes=30), False),
    ],
)
def test_an_idle_session_ends_sooner_for_administrators(
    database, settings, city, somebody, sign_in, role, pause, lives
):
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=somebody.id, role=role)
    start = datetime.now(UTC)
    secret = sign_in(somebody.email, now=start).secret
    if lives:
        actor = actor_by_cookie(database, settings, secret, now=start + pause)
        assert actor.grants == (Grant(city.id, role),)
    else:
        with pytest.raises(Unauthenticated):
            actor_by_cookie(database, settings, secret, now=start + pause)


def test_a_used_session_ends_after_twelve_hours_all_the_same(database, settings, somebody, sign_in):
    start = datetime.now(UTC)
    secret = sign_in(somebody.email, now=start).secret
    for hours in (5, 10, 11.9):
        actor_by_cookie(database, settings, secret, now=start + timedelta(hours=hours))
    with pytest.raises(Unauthenticated):
        actor_by_cookie(database, settings, secret, now=start + timedelta(hours=12))


def test_the_time_of_the_last_use_is_written_once_a_minute(database, settings, somebody, sign_in):
    start = datetime.now(UTC)
    secret = sign_in(somebody.email, now=start).secret
    seen = []
    for seconds in (30, 59, 60, 90):
        actor_by_cookie(database, settings, secret, now=start + timedelta(seconds=seconds))
        seen.append((sessions_of(database, somebody.id)[0].seen_at - start).total_seconds())
    assert seen == [0, 0, 60, 60]


def test_an_actor_is_found_by_one_statement(database, settings, city, somebody, sign_in):
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=somebody.id, role=Role.BAPPEDA)
        give_role(session, person_id=somebody.id, role=Role.COUNCIL)
    secret = sign_in(somebody.email).secret
    statements: list[str] = []
    engine = database.engine(Door.IDENTITY)

    def listen(_connection, _cursor, statement: str, *_rest: object) -> None:
        statements.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    try:
        actor = actor_by_cookie(database, settings, secret)
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert {grant.role for grant in actor.grants} == {Role.BAPPEDA, Role.COUNCIL}
    assert len([text for text in statements if "app.set_context" not in text]) == 1


def test_no_credential_is_anonymous_and_two_are_refused(database, settings):
    with database.unit_of_work(Scope(Door.IDENTITY)) as session:
        assert authenticate(session, settings, cookie=None, bearer=None) == ANONYMOUS
        with pytest.raises(TwoCredentials) as refusal:
            authenticate(session, settings, cookie="a", bearer="b")
    assert refusal.value.code == "TWO_CREDENTIALS"


def test_an_ended_role_is_no_grant(database, settings, city, somebody, sign_in):
    with database.unit_of_work(Scope(Door.IDENTITY, city.id)) as session:
        give_role(session, person_id=somebody.id, role=Role.BAPPEDA)
    secret = sign_in(somebody.email).secret
    with database.unit_of_work(city.scope()) as session:
        mine = select(Membership.id).where(
            Membership.tenant_id == city.id, Membership.person_id == somebody.id
        )
        end_membership(session, session.scalars(mine).one())
    assert actor_by_cookie(database, settings, secret).grants == ()


@pytest.mark.parametrize(
    ("grants", "tenant_id", "door", "reached"),
    [
        ((), 7, Door.CITY, None),
        ((Grant(7, Role.COUNCIL),), 7, Door.CITY, 7),
        ((Grant(7, Role.COUNCIL),), 8, Door.CITY, None),
        ((Grant(7, Role.COUNCIL),), None, Door.CITY, None),
        ((Grant(7, Role.COUNCIL),), NATION, Door.CITY, None),
        ((Grant(NATION, Role.MINISTRY_READER),), 8, Door.MINISTRY, 8),
        ((Grant(NATION, Role.MINISTRY_READER),), None, Door.MINISTRY, None),
        ((Grant(7, Role.OPERATOR),), 7, Door.CITY, 7),
        ((Grant(7, Role.OPERATOR),), 8, Door.CITY, None),
    ],
)
def test_a_scope_reaches_a_tenant_only_by_a_role_that_does(grants, tenant_id, door, reached):
    actor = Actor(UUID(int=1), grants)
    scope = scope_for(actor, tenant_id, request_id="r", language="en")
    assert scope == Scope(door, reached, UUID(int=1), grants, "r", "en")
