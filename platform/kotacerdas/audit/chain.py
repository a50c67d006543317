"""Recording changes and proving that none was altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.audit.linking import GENESIS, LINK, PARTS, parts
from kotacerdas.audit.models import AuditEntry, AuditHead
from kotacerdas.pending import pending, taken
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.tenancy import Json

PENDING = "audit"
"""Name of the entries that wait for the end of the unit of work."""


def record(
    session: Session,
    action: str,
    entity: str,
    entity_id: UUID | None,
    *,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> None:
    """Note a change of the session's tenant; it is written at the end of the unit of work.

    `before` and `after` hold the changed fields only: JSON values, dates, UUIDs or Decimals.
    """
    scope = scope_of(session)
    noted: dict[str, Any] = {
        "tenant_id": tenant_of(session),
        "id": uuid7(),  # now, for the hash covers it
        "at": datetime.now(UTC),
        "person_id": scope.person_id,
        "action": action,
        "entity": entity,
        "entity_id": entity_id,
        "before": _plain(before),
        "after": _plain(after),
        "request_id": scope.request_id,
    }
    pending(session, PENDING).append(noted)


def write_pending(session: Session) -> None:
    """Link the noted entries to the chain, last in the transaction: the head is held briefly.

    Locks are thus always taken in one order (rows, then head), which rules out deadlocks.
    """
    for noted in taken(session, PENDING):
        hashed = dict(zip(PARTS, parts(**noted), strict=True))
        LINK.send(session, **{f"new_{name}": value for name, value in noted.items()}, **hashed)


def digest(entry: AuditEntry) -> bytes:
    """SHA-256 of the canonical JSON of all columns but `hash` itself."""
    start, middle, end = parts(
        tenant_id=entry.tenant_id,
        id=entry.id,
        at=entry.at,
        person_id=entry.person_id,
        action=entry.action,
        entity=entry.entity,
        entity_id=entry.entity_id,
        before=entry.before,
        after=entry.after,
        request_id=entry.request_id,
    )
    body = f"{start}{entry.previous_hash.hex()}{middle}{entry.sequence}{end}"
    return sha256(body.encode()).digest()


@dataclass(frozen=True)
class Verdict:
    """Result of a check: `broken_at` is the first sequence number that does not fit, if any."""

    tenant_id: int
    entries: int
    broken_at: int | None


def verify(session: Session) -> Verdict:
    """Walk the tenant's chain from its start to its head; finds edits, deletions and a cut tail."""
    tenant_id = tenant_of(session)
    chain = select(AuditEntry).where(AuditEntry.tenant_id == tenant_id)
    ordered = chain.order_by(AuditEntry.sequence).execution_options(yield_per=500)
    previous, count = GENESIS, 0
    with session.scalars(ordered) as entries:
        for entry in entries:
            count += 1
            fits = entry.sequence == count and entry.previous_hash == previous
            if not fits or digest(entry) != entry.hash:
                return Verdict(tenant_id, count, count)
            previous = entry.hash
    head = session.get(AuditHead, tenant_id)
    whole = (head.sequence, head.hash) == (count, previous) if head else count == 0
    return Verdict(tenant_id, count, None if whole else count + 1)


def _plain(fields: dict[str, Any] | None) -> Json | None:
    if fields is None:
        return None
    plain: Json = orjson.loads(orjson.dumps(fields, default=str))
    return plain
