"""Recording changes and proving that none was altered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas.audit.models import AuditEntry, AuditHead
from kotacerdas.pending import pending, taken
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.tenancy import Json

GENESIS = bytes(32)
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
    entry = AuditEntry(
        tenant_id=tenant_of(session),
        id=uuid7(),  # now, for the hash covers it
        at=datetime.now(UTC),
        person_id=scope.person_id,
        action=action,
        entity=entity,
        entity_id=entity_id,
        before=_plain(before),
        after=_plain(after),
        request_id=scope.request_id,
    )
    pending(session, PENDING).append(entry)


def write_pending(session: Session) -> None:
    """Link the noted entries to the chain, last in the transaction: the head is held briefly.

    Locks are thus always taken in one order (rows, then head), which rules out deadlocks.
    """
    entries: list[AuditEntry] = taken(session, PENDING)
    if not entries:
        return
    tenant_id = entries[0].tenant_id
    start = insert(AuditHead).values(tenant_id=tenant_id, sequence=0, hash=GENESIS)
    session.execute(start.on_conflict_do_nothing())
    locked = select(AuditHead).where(AuditHead.tenant_id == tenant_id).with_for_update()
    head = session.scalars(locked.execution_options(populate_existing=True)).one()
    for entry in entries:
        entry.sequence, entry.previous_hash = head.sequence + 1, head.hash
        entry.hash = digest(entry)
        head.sequence, head.hash = entry.sequence, entry.hash
        session.add(entry)


def digest(entry: AuditEntry) -> bytes:
    """SHA-256 of the canonical JSON of all columns but `hash` itself."""
    body = {
        "tenant": entry.tenant_id,
        "id": entry.id,
        "sequence": entry.sequence,
        "at": entry.at.astimezone(UTC).isoformat(),
        "person": entry.person_id,
        "action": entry.action,
        "entity": entry.entity,
        "entity_id": entry.entity_id,
        "before": entry.before,
        "after": entry.after,
        "request": entry.request_id,
        "previous": entry.previous_hash.hex(),
    }
    return sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).digest()


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
