"""Signing in, staying signed in, signing out, and guessing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from statistics import median
from time import perf_counter
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event, select

from kotacerdas.audit.models import AuditEntry
from kotacerdas.database import Database
from kotacerdas.errors import Unauthenticated
from kotacerdas.identity import passwords, sessions
from kotacerdas.identity.authentication import (
    ANONYMOUS,
    Actor,
    TwoCredentials,
    Via,
    authenticate,
    scope_for,
)
from kotacerdas.identity.credentials import SignInRefused, credentials
from kotacerdas.identity.members import end_membership, give_role, members
from kotacerdas.identity.models import Account, BrowserSession
from kotacerdas.identity.people import AccountExists, register
from kotacerdas.identity.policy import Grant, Role
from kotacerdas.identity.throttle import TooManyAttempts
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings

PASSWORD = "gonjong-rumah-gadang-7"
HASH = passwords.hashed(PASSWORD)
ADDRESSES = (
    f"10.{n // 65536 % 256}.{n // 256 % 256}.{n % 256}" for n in count(uuid4().int % 2**20)
)
IDENTITY = Scope(Door.IDENTITY, NATION)
Run = Callable[[Callable[[Database], Awaitable[object]]], object]


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


def test_a_fitting_password_opens_a_session_of_which_only_the_hash_is_kept(
    database, settings, somebody, sign_in
):
    signed_in = sign_in(somebody.email.upper(), request_id="req-12345678")
    assert signed_in.person.id == somebody.id
    assert len(signed_in.secret) == 43
    [kept] = sessions_of(database, somebody.id)
    assert kept.token_hash == sessions.hash_of(signed_in.secret)
    assert audited(database, somebody.id) == ["session.sign_in"]
    actor = actor_by_cookie(database, settings, signed_in.secret)
    assert (actor.person_id, actor.grants, actor.via) == (somebody.id, (), Via.SESSION)
    assert (actor.name, actor.language) == ("Orang Uji", "id")


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


@pytest.mark.parametrize(
    "case", ["wrong password", "unknown", "no address", "closed", "no password"]
)
def test_every_refused_sign_in_gets_the_same_answer_and_opens_nothing(
    database, somebody, sign_in, case
):
    email, password = somebody.email, PASSWORD
    match case:
        case "wrong password":
            password = "salah-salah-salah-9"
        case "unknown":
            email = f"tidak-ada-{uuid4().hex}@kota.go.id"
        case "no address":
            email = "bukan alamat"
        case "closed" | "no password":
            with database.unit_of_work(IDENTITY) as session:
                account = session.get_one(Account, somebody.id)
                account.active = case != "closed"
                account.password_hash = None if case == "no password" else HASH
    with pytest.raises(SignInRefused) as refusal:
        sign_in(email, password)
    assert refusal.value.code == "SIGN_IN_REFUSED"
    assert refusal.value.text("id") == SignInRefused.id
    assert refusal.value.text("en") == SignInRefused.en
    assert sessions_of(database, somebody.id) == []
    assert audited(database, somebody.id) == []


def test_a_closed_account_ends_its_open_sessions(database, settings, somebody, sign_in):
    secret = sign_in(somebody.email).secret
    with database.unit_of_work(IDENTITY) as session:
        session.get_one(Account, somebody.id).active = False
    with pytest.raises(Unauthenticated):
        actor_by_cookie(database, settings, secret)


def test_the_sixth_attempt_on_an_account_waits_even_with_the_right_password(
    database, somebody, sign_in
):
    start = datetime.now(UTC)
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(somebody.email, "salah-salah-salah-9", now=start)
    with pytest.raises(TooManyAttempts) as refusal:
        sign_in(somebody.email, now=start + timedelta(minutes=10))
    assert refusal.value.code == "TOO_MANY_ATTEMPTS"
    assert refusal.value.minutes == 20
    assert "20 menit" in refusal.value.text("id")
    assert "20 minutes" in refusal.value.text("en")
    assert sessions_of(database, somebody.id) == []
    assert sign_in(somebody.email, now=start + timedelta(minutes=31)).person.id == somebody.id


def test_an_unknown_account_waits_like_a_known_one(sign_in):
    email = f"tidak-ada-{uuid4().hex}@kota.go.id"
    for _ in range(5):
        with pytest.raises(SignInRefused):
            sign_in(email)
    with pytest.raises(TooManyAttempts):
        sign_in(email)


def test_a_success_forgets_the_failures_of_the_account(somebody, sign_in):
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(SignInRefused):
                sign_in(somebody.email, "salah-salah-salah-9")
        assert sign_in(somebody.email).person.id == somebody.id


def test_twenty_failures_from_an_address_stop_it_for_every_account(
    somebody, sign_in, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(
        passwords, "fits", lambda kept, typed: kept is not None and typed == PASSWORD
    )
    for _ in range(20):
        with pytest.raises(SignInRefused):
            sign_in(f"tebak-{uuid4().hex}@kota.go.id", address=somebody.address)
    with pytest.raises(TooManyAttempts):
        sign_in(somebody.email, address=somebody.address)
    assert sign_in(somebody.email).person.id == somebody.id


def test_successes_of_an_office_behind_one_address_do_not_add_up(
    somebody, sign_in, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(passwords, "fits", lambda kept, typed: kept is not None)
    for _ in range(25):
        assert sign_in(somebody.email, address=somebody.address).person.id == somebody.id


def test_parallel_guesses_do_not_get_past_the_limit(settings, somebody):
    async def main() -> list[BaseException]:
        database = Database(settings)
        typed = credentials(somebody.email, "salah-salah-salah-9", somebody.address)
        tries = (sessions.sign_in(database, settings, typed) for _ in range(9))
        try:
            return await asyncio.gather(*tries, return_exceptions=True)
        finally:
            await database.aclose()

    refusals = sorted(type(refusal).__name__ for refusal in asyncio.run(main()))
    assert refusals == ["SignInRefused"] * 5 + ["TooManyAttempts"] * 4


def test_an_unknown_account_takes_as_long_as_a_wrong_password(settings, database):
    people = [f"waktu-{uuid4().hex}@kota.go.id" for _ in range(6)]
    with database.unit_of_work(IDENTITY) as session:
        for email in people:
            register(session, email=email, name="Orang Uji", password_hash=HASH)

    async def timed(database: Database, email: str) -> float:
        typed = credentials(email, "salah-salah-salah-9", next(ADDRESSES))
        start = perf_counter()
        with pytest.raises(SignInRefused):
            await sessions.sign_in(database, settings, typed)
        return perf_counter() - start

    async def main() -> tuple[float, float]:
        database = Database(settings)
        known, unknown = [], []
        for email in people:
            known.append(await timed(database, email))
            unknown.append(await timed(database, "x" + email))
        await database.aclose()
        return median(known[1:]), median(unknown[1:])

    known, unknown = asyncio.run(main())
    assert 0.5 < unknown / known < 2.0


def test_an_outdated_hash_is_renewed_at_sign_in(database, somebody, sign_in):
    with database.unit_of_work(IDENTITY) as session:
        old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
        session.get_one(Account, somebody.id).password_hash = old
    sign_in(somebody.email)
    with database.unit_of_work(IDENTITY) as session:
        renewed = session.get_one(Account, somebody.id).password_hash
    assert renewed is not None
    assert not passwords.outdated(renewed)
    assert passwords.fits(renewed, PASSWORD)


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
        [mine] = [m for m in members(session) if m.membership.person_id == somebody.id]
        end_membership(session, mine.membership.id)
    assert actor_by_cookie(database, settings, secret).grants == ()


def test_an_address_has_one_account(database, somebody):
    with pytest.raises(AccountExists), database.unit_of_work(IDENTITY) as session:
        register(session, email=somebody.email.upper(), name="Lain")


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
