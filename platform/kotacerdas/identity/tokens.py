"""Bearer tokens of programs: `kc_<key id>_<random><checksum>`, kept as an HMAC."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import ascii_letters, digits
from uuid import UUID
from zlib import crc32

from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, Forbidden, Invalid, NotFound, Unauthenticated
from kotacerdas.identity.models import ApiToken
from kotacerdas.identity.people import name_value
from kotacerdas.identity.policy import Grant, Permission
from kotacerdas.scope import scope_of
from kotacerdas.settings import Settings
from kotacerdas.signing import key_id, sign
from kotacerdas.tenancy import Tenant

ALPHABET = digits + ascii_letters
RANDOM_LENGTH = 43  # characters of 62 signs: 256 bits
CHECKSUM_LENGTH = 6
MAXIMUM_DAYS = 365


class TokensBySession(DomainError):
    """Tokens are made and ended by a person who has signed in, never by another token."""

    code = "TOKENS_BY_SESSION"
    id = "Token hanya dibuat dan dicabut oleh orang yang masuk sendiri. Masuk, lalu ulangi."
    en = "Tokens are made and revoked by a person who signed in. Sign in and repeat."


class TokenScopeTooWide(DomainError):
    """A token may carry no right that its owner lacks."""

    code = "TOKEN_SCOPE_TOO_WIDE"
    id = "Token meminta izin yang tidak Anda miliki: {scopes}. Hapus izin itu lalu buat lagi."
    en = "The token asks for rights that you do not hold: {scopes}. Remove them and try again."


def create(
    session: Session,
    settings: Settings,
    *,
    person_id: UUID,
    name: str,
    scopes: Iterable[str],
    city_id: int | None,
    days: int,
    now: datetime | None = None,
) -> tuple[ApiToken, str]:
    """Make a token of the session's own person; returns its row and the secret, told only here.

    `city_id` confines it to one city. The rights are those of the session's grants. Raises
    TokensBySession, Invalid, NotFound for a missing city, or TokenScopeTooWide.
    """
    _require_self(session, person_id)
    if not 1 <= days <= MAXIMUM_DAYS:
        raise Invalid(
            "days", f"pilih 1 sampai {MAXIMUM_DAYS} hari.", f"choose 1 to {MAXIMUM_DAYS} days."
        )
    if city_id is not None and session.get(Tenant, city_id) is None:
        raise NotFound(path=("cityId",))
    chosen = _permitted(scope_of(session).grants, scopes, city_id)
    secret = _new_secret(settings)
    token = ApiToken(
        id=uuid7(),
        person_id=person_id,
        name=name_value(name),
        token_hash=_hash(settings, secret),
        scopes=sorted(chosen),
        city_id=city_id,
        expires_at=(now or datetime.now(UTC)) + timedelta(days=days),
    )
    session.add(token)
    facts = {"name": token.name, "scopes": token.scopes, "city_id": city_id, "days": days}
    audit.record(session, "token.create", "api_token", token.id, after=facts)
    return token, secret


def revoke(session: Session, token_id: UUID, *, now: datetime | None = None) -> ApiToken:
    """End a token of the session's own person at once; raises NotFound for anybody else's."""
    token = session.get(ApiToken, token_id, with_for_update=True)
    if scope_of(session).by_token:
        raise TokensBySession
    if token is None or token.person_id != scope_of(session).person_id:
        raise NotFound
    if token.revoked_at is None:
        token.revoked_at = now or datetime.now(UTC)
        audit.record(session, "token.revoke", "api_token", token_id)
    return token


def own_tokens(session: Session) -> list[ApiToken]:
    """Tokens of the session's own person, newest first."""
    mine = select(ApiToken).where(ApiToken.person_id == scope_of(session).person_id)
    return list(session.scalars(mine.order_by(ApiToken.id.desc())))


def narrowed(
    grants: tuple[Grant, ...], *, scopes: Collection[str], city_id: int | None
) -> tuple[Grant, ...]:
    """Return what a token leaves of its owner's grants.

    A national grant of a token pinned to a city becomes a grant of that city alone.
    """
    allowed = frozenset(permission for permission in Permission if permission.value in scopes)
    kept = grants if city_id is None else _pinned(grants, city_id)
    return tuple(replace(grant, allowed=grant.allowed & allowed) for grant in kept)


def hash_of(settings: Settings, secret: str) -> bytes | None:
    """Return what the database keeps of a secret: the id of its key and an HMAC by that key.

    None for a text that is no token of this key, told by its form and checksum alone.
    """
    prefix, _, tail = secret.rpartition("_")
    body, checksum = secret[:-CHECKSUM_LENGTH], secret[-CHECKSUM_LENGTH:]
    whole = len(tail) == RANDOM_LENGTH + CHECKSUM_LENGTH and secret.isascii()
    if not whole or prefix != f"kc_{key_id(settings.secret_key)}" or _checksum(body) != checksum:
        return None
    return _hash(settings, secret)


def _hash(settings: Settings, secret: str) -> bytes:
    mac = sign(settings.secret_key, "api token", secret)
    return bytes.fromhex(key_id(settings.secret_key)) + mac


def _new_secret(settings: Settings) -> str:
    random = "".join(secrets.choice(ALPHABET) for _ in range(RANDOM_LENGTH))
    body = f"kc_{key_id(settings.secret_key)}_{random}"
    return body + _checksum(body)


def _checksum(body: str) -> str:
    number, signs = crc32(body.encode()), ""
    for _ in range(CHECKSUM_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs = ALPHABET[place] + signs
    return signs


def _pinned(grants: tuple[Grant, ...], city_id: int) -> tuple[Grant, ...]:
    return tuple(replace(g, tenant_id=city_id) for g in grants if g.reaches(city_id))


def _permitted(
    grants: tuple[Grant, ...], scopes: Iterable[str], city_id: int | None
) -> frozenset[Permission]:
    asked, known = set(scopes), {permission.value for permission in Permission}
    if not asked or asked - known:
        unknown = ", ".join(sorted(asked - known)) or "-"
        raise Invalid(
            "scopes",
            f"pilih sedikitnya satu izin yang dikenal (tidak dikenal: {unknown}).",
            f"choose at least one known right (unknown: {unknown}).",
        )
    chosen = frozenset(Permission(scope) for scope in asked)
    reaching = grants if city_id is None else _pinned(grants, city_id)
    wide = [p for p in sorted(chosen) if not any(grant.holds(p) for grant in reaching)]
    if wide:
        raise TokenScopeTooWide(path=("scopes",), scopes=", ".join(wide))
    return chosen


def _require_self(session: Session, person_id: UUID) -> None:
    if scope_of(session).by_token:
        raise TokensBySession
    mine = scope_of(session).person_id
    if mine is None:
        raise Unauthenticated
    if mine != person_id:
        raise Forbidden(permission="token:create")
