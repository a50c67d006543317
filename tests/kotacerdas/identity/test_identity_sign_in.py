"""Signing in, and guessing."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter
from uuid import uuid4

import pytest
from argon2 import PasswordHasher

from kotacerdas.database import Database
from kotacerdas.identity import passwords, sessions, throttle
from kotacerdas.identity.authentication import (
    Via,
)
from kotacerdas.identity.credentials import SignInRefused, credentials
from kotacerdas.identity.models import Account
from kotacerdas.identity.people import AccountExists, register
from kotacerdas.identity.throttle import TooManyAttempts
from tests.kotacerdas.identity.conftest import (
    ADDRESSES,
    HASH,
    IDENTITY,
    PASSWORD,
    actor_by_cookie,
    audited,
    sessions_of,
)


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


@pytest.mark.timed
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


def test_an_address_has_one_account(database, somebody):
    with pytest.raises(AccountExists), database.unit_of_work(IDENTITY) as session:
        register(session, email=somebody.email.upper(), name="Lain")


def test_counts_older_than_the_window_are_purged(database, settings):
    start = datetime(2001, 1, 1, tzinfo=UTC)
    with database.unit_of_work(IDENTITY) as session:
        throttle.count_attempt(session, settings, email="a@b.id", address=uuid4().hex, now=start)
        assert throttle.purge_failures(session, now=start + timedelta(minutes=29)) == 0
        assert throttle.purge_failures(session, now=start + timedelta(minutes=30)) == 2
