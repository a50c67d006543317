"""Limits on guessing: failed sign-ins are counted by account and by address."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import case, delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.models import SignInFailure
from kotacerdas.settings import Settings
from kotacerdas.signing import sign

WINDOW = timedelta(minutes=30)
ACCOUNT_FAILURES = 5
ADDRESS_FAILURES = 20


class TooManyAttempts(DomainError):
    """The account or the address has failed too often; also the right password must wait."""

    code = "TOO_MANY_ATTEMPTS"
    id = "Terlalu banyak percobaan gagal. Tunggu {minutes} menit, lalu coba lagi."
    en = "Too many failed attempts. Wait {minutes} minutes, then try again."

    def __init__(self, *, minutes: int) -> None:
        self.minutes = minutes
        super().__init__(minutes=minutes)


def count_attempt(
    session: Session, settings: Settings, *, email: str, address: str, now: datetime
) -> None:
    """Count an attempt as failed before the password is looked at; raises TooManyAttempts.

    Counting first keeps parallel guesses within the limit; `forgive` takes it back on success.
    Unknown accounts are counted like known ones.
    """
    _count(session, _key(settings, "account", email), ACCOUNT_FAILURES, now)
    _count(session, _key(settings, "address", address), ADDRESS_FAILURES, now)


def forgive(session: Session, settings: Settings, *, email: str, address: str) -> None:
    """Forget the account's failures, and the one counted for the address with this attempt."""
    account, origin = _key(settings, "account", email), _key(settings, "address", address)
    session.execute(delete(SignInFailure).where(SignInFailure.key_hash == account))
    one_less = update(SignInFailure).where(
        SignInFailure.key_hash == origin, SignInFailure.failures > 0
    )
    session.execute(one_less.values(failures=SignInFailure.failures - 1))


def purge_failures(session: Session, *, now: datetime) -> int:
    """Delete counts that no longer matter; returns how many. For IDENTITY's door."""
    over = delete(SignInFailure).where(SignInFailure.since <= now - WINDOW)
    return len(session.scalars(over.returning(SignInFailure.key_hash)).all())


def _count(session: Session, key: bytes, limit: int, now: datetime) -> None:
    lapsed = SignInFailure.since <= now - WINDOW
    new = insert(SignInFailure).values(key_hash=key, since=now, failures=1)
    counted = new.on_conflict_do_update(
        index_elements=["key_hash"],
        set_={
            "since": case((lapsed, now), else_=SignInFailure.since),
            "failures": case((lapsed, 1), else_=SignInFailure.failures + 1),
        },
    ).returning(SignInFailure.failures, SignInFailure.since)
    failures, since = session.execute(counted).one()
    if failures > limit:
        raise TooManyAttempts(minutes=max(1, ceil((since + WINDOW - now) / timedelta(minutes=1))))


def _key(settings: Settings, kind: str, name: str) -> bytes:
    # An HMAC, so that the table tells nobody's address.
    return sign(settings.secret_key, f"sign-in {kind}", name)
