"""One effect for one key, however often a call is repeated."""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Index, LargeBinary
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from kotacerdas.errors import DomainError, Invalid
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.tenancy import Model, TenantOwned, unique_in_tenant


class IdempotencyKey(TenantOwned, Model):
    """A key that a person used: what it asked for and which row came of it."""

    __tablename__ = "idempotency_key"
    __table_args__ = (unique_in_tenant("person_id", "key"), Index(None, "created_at"))
    person_id: Mapped[UUID]
    key: Mapped[str]
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary)
    result_id: Mapped[UUID | None]


_SHAPE = re.compile(r"[A-Za-z0-9._:-]{8,100}")


class KeyReused(DomainError):
    """The key was already used for something else."""

    code = "IDEMPOTENCY_KEY_REUSED"
    id = "Kunci idempotensi ini sudah dipakai untuk permintaan lain. Pakai kunci baru (UUID acak)."
    en = "This idempotency key was used for another request. Use a new one (a random UUID)."


def check_key(key: str) -> None:
    """Raise Invalid for a key that nobody would have drawn at random."""
    if not _SHAPE.fullmatch(key):
        raise Invalid(
            "idempotencyKey",
            "pakai UUID acak (8 sampai 100 huruf, angka, atau tanda hubung).",
            "use a random UUID (8 to 100 letters, digits or hyphens).",
        )


def once(
    session: Session, key: str | None, request: dict[str, Any], create: Callable[[], UUID]
) -> UUID:
    """Run `create` for the first call with `key` and return its row's id; later calls do too.

    `request` is all that the caller asked for; with another request the same key raises KeyReused.
    A parallel call with the same key waits for the first to commit. Without a key, just creates.
    """
    if key is None:
        return create()
    check_key(key)
    tenant_id, person_id = tenant_of(session), scope_of(session).person_id or UUID(int=0)
    body = orjson.dumps(request, default=str, option=orjson.OPT_SORT_KEYS)
    fingerprint = sha256(body).digest()
    row = IdempotencyKey.__table__
    mine = {"tenant_id": tenant_id, "person_id": person_id, "key": key}
    values = {**mine, "fingerprint": fingerprint}
    new = insert(IdempotencyKey).values(**values).on_conflict_do_nothing()
    if session.execute(new.returning(row.c.id)).first() is None:
        kept = session.query(IdempotencyKey).filter_by(**mine).one()
        if kept.fingerprint != fingerprint or kept.result_id is None:
            raise KeyReused(path=("idempotencyKey",))
        return kept.result_id
    result_id = create()
    session.query(IdempotencyKey).filter_by(**mine).update({"result_id": result_id})
    return result_id
