"""Persons and their local accounts."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Invalid, NotFound
from kotacerdas.identity.models import Account, BrowserSession, Person
from kotacerdas.values import NAME_LENGTH, text_value

EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]+@[a-z0-9-]+(\.[a-z0-9-]+)+")
EMAIL_LENGTH = 254


class AccountExists(DomainError):
    """The e-mail address has an account already."""

    code = "ACCOUNT_EXISTS"
    id = "Surel ini sudah memiliki akun. Masuk dengan kata sandi akun itu."
    en = "This e-mail address has an account already. Sign in with that account's password."


def email_value(text: str, *, path: tuple[str, ...] = ("email",)) -> str:
    """Return the address as it is stored, in lower case; raises Invalid."""
    email = unicodedata.normalize("NFC", text).strip().lower()
    if len(email) > EMAIL_LENGTH or not EMAIL.fullmatch(email) or not email.isprintable():
        raise Invalid(
            "email",
            "tulis satu alamat seperti nama@kota.go.id.",
            "write one address such as name@city.go.id.",
            path=path,
        )
    return email


def name_value(text: str, *, path: tuple[str, ...] = ("name",)) -> str:
    """Return a person's name as it is stored, on one line; raises Invalid."""
    name = " ".join(text.split())
    return text_value(name, path=path, maximum=NAME_LENGTH, required=True, lines=False)


def register(
    session: Session,
    *,
    email: str,
    name: str,
    language: str = "id",
    password_hash: str | None = None,
    person_id: UUID | None = None,
) -> Person:
    """Make a person with a local account; raises AccountExists. For IDENTITY's door.

    It asks no permission: an accepted invitation or the operator's console stands behind it.
    """
    person = Person(id=person_id or uuid7(), name=name_value(name))
    session.add(person)
    session.flush()  # the account references the person
    account = insert(Account).values(
        person_id=person.id,
        email=email_value(email),
        language=language,
        password_hash=password_hash,
        active=True,
    )
    if session.scalar(account.on_conflict_do_nothing().returning(Account.person_id)) is None:
        raise AccountExists(path=("email",))
    return person


def set_password(session: Session, person_id: UUID, *, password_hash: str) -> None:
    """Replace a person's password and end all their sign-ins; raises NotFound. For IDENTITY's door.

    It asks no permission: the operator's console stands behind it. API tokens stay.
    """
    account = session.get(Account, person_id, with_for_update=True)
    if account is None:
        raise NotFound
    account.password_hash = password_hash
    mine = BrowserSession.person_id == person_id
    ended = update(BrowserSession).where(mine, BrowserSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=datetime.now(UTC)))
    audit.record(session, "account.set_password", "person", person_id)


def account_by_email(session: Session, email: str) -> Account | None:
    """Return the account of an address in stored form, active or not. For IDENTITY's door."""
    return session.scalar(select(Account).where(Account.email == email))
