"""People, accounts, memberships, sessions, tokens, invitations."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text
from uuid_utils.compat import uuid7

from kotacerdas.changes import Announced
from kotacerdas.identity.policy import Role
from kotacerdas.tenancy import Model, Stamped, TenantOwned, text_enum, unique_in_tenant

RIGHTS = Announced("identity", id="person_id", tenant=None, person="person_id")
"""What a person may do, and by which credentials, may have changed: ask anew."""


class Person(Stamped, Model):
    """Somebody who uses the platform; what colleagues may see of them."""

    __tablename__ = "person"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    name: Mapped[str]


class Account(Stamped, Model):
    """How a person signs in and is reached; never readable through a city's door."""

    __announces__: ClassVar = RIGHTS
    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("email = lower(email)", name="email_lower"),
        CheckConstraint("language in ('id', 'en')", name="language_known"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    language: Mapped[str] = mapped_column(default="id")
    password_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)


class Membership(TenantOwned, Model):
    """A person's role in a tenant; a unit role names its unit."""

    __announces__: ClassVar = RIGHTS
    __tablename__ = "membership"
    __table_args__ = (
        # Only current roles exclude one another: a role that ended may be given again.
        Index(
            "uq_membership_current",
            "tenant_id",
            "person_id",
            "role",
            "unit_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
            postgresql_where=text("ended_at is null"),
        ),
        Index(None, "person_id"),
    )
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[Role] = mapped_column(text_enum(Role))
    unit_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]


class BrowserSession(Model):
    """A sign-in of a browser: the cookie holds the secret, the row its SHA-256."""

    __announces__: ClassVar = RIGHTS
    __tablename__ = "browser_session"
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInFailure(Model):
    """Failed sign-ins of one account or address since the first; the key is its HMAC."""

    __tablename__ = "sign_in_failure"
    key_hash: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    since: Mapped[datetime]
    failures: Mapped[int]


class ApiToken(Stamped, Model):
    """A bearer token of a program, kept as HMAC; its scopes never exceed the owner's rights."""

    __announces__: ClassVar = RIGHTS
    __tablename__ = "api_token"
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    city_id: Mapped[int | None] = mapped_column(ForeignKey("tenant.id"))
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class Invitation(TenantOwned, Model):
    """An e-mailed offer of a role; single use, seven days, only the secret's SHA-256 is kept."""

    __tablename__ = "invitation"
    __table_args__ = (unique_in_tenant("token_hash"), Index(None, "token_hash"))
    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(text_enum(Role))
    unit_id: Mapped[UUID | None]
    language: Mapped[str] = mapped_column(default="id")
    token_hash: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
