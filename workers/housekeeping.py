"""Clearing away what has expired: sign-ins, failed ones, idempotency keys, and exports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from kotacerdas import jobs
from kotacerdas.database import Database
from kotacerdas.files import FileStore
from kotacerdas.idempotency import IdempotencyKey
from kotacerdas.identity import throttle
from kotacerdas.identity.models import BrowserSession
from kotacerdas.scope import NATION, Door, Scope
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Json, Tenant
from kotacerdas.uploads import actions as uploads
from tenants.exports.actions import due_to_expire, expire
from tenants.exports.queries import folder
from workers.runner import Handler, Run

TICK = jobs.Kind("housekeeping.tick", jobs.Queue.TICK)
KEYS_KEPT = timedelta(days=2)
SESSIONS_KEPT = timedelta(days=7)
"""How long a sign-in that has ended stays on record."""

_HOURS = UUID("5f2e4b1c-6a0d-4a6e-9d6b-3a4f0c9e7d21")


def schedule(database: Database, now: datetime | None = None) -> None:
    """Write this hour's housekeeping job; its key makes a second beat harmless."""
    hour = format(now or datetime.now(UTC), "%Y-%m-%dT%H")
    with database.unit_of_work(Scope(Door.WORKER, NATION)) as session:
        jobs.enqueue(session, TICK, uuid5(_HOURS, hour), dedupe_key=f"housekeeping:{hour}")


def _tenants(session: Session, _lease: jobs.Lease) -> list[int]:
    return list(session.scalars(select(Tenant.id).order_by(Tenant.id)))


def _purge(tenants: list[int], run: Run) -> Json:
    """Purge in small transactions of their own: each may be repeated, none holds up a city."""
    absolute = timedelta(seconds=run.settings.session_absolute_seconds)
    with run.database.unit_of_work(Scope(Door.IDENTITY)) as session:
        sessions = purge_sessions(session, absolute=absolute)
        failures = throttle.purge_failures(session, now=datetime.now(UTC))
    keys = exports = sent = 0
    for tenant_id in tenants:
        if run.cancelled():
            break
        with run.database.unit_of_work(Scope(Door.WORKER, tenant_id)) as session:
            keys += purge_keys(session, tenant_id)
        exports += purge_exports(run.database, run.settings, tenant_id)
        sent += purge_uploads(run.database, run.settings, tenant_id)
    purged = {"sessions": sessions, "failures": failures, "keys": keys}
    return {**purged, "exports": exports, "uploads": sent}


def purge_sessions(session: Session, *, absolute: timedelta) -> int:
    """Delete sign-ins that ended a week ago, by sign-out or by age; returns how many."""
    line = func.now() - SESSIONS_KEPT
    over = or_(BrowserSession.ended_at < line, BrowserSession.created_at < line - absolute)
    return len(
        session.scalars(
            delete(BrowserSession).where(over).returning(BrowserSession.person_id)
        ).all()
    )


def purge_keys(session: Session, tenant_id: int) -> int:
    """Delete a tenant's idempotency keys that nobody repeats any more; returns how many."""
    old = IdempotencyKey.created_at < func.now() - KEYS_KEPT
    gone = delete(IdempotencyKey).where(IdempotencyKey.tenant_id == tenant_id, old)
    return len(session.scalars(gone.returning(IdempotencyKey.id)).all())


def purge_exports(database: Database, settings: Settings, tenant_id: int) -> int:
    """Delete the files of a tenant's exports whose time is over; returns how many exports.

    The file goes first: what a crash leaves behind is deleted once more, and never forgotten.
    """
    scope = Scope(Door.WORKER, tenant_id)
    with database.unit_of_work(scope) as session:
        over = due_to_expire(session, datetime.now(UTC))
    for export in over:
        FileStore(settings).delete_folder(folder(export))
        with database.unit_of_work(scope) as session:
            expire(session, export.id)
    return len(over)


def purge_uploads(database: Database, settings: Settings, tenant_id: int) -> int:
    """Delete the files that were sent to a tenant and whose time is over; returns how many."""
    scope = Scope(Door.WORKER, tenant_id)
    with database.unit_of_work(scope) as session:
        over = uploads.due_to_expire(session, datetime.now(UTC))
    for upload in over:
        FileStore(settings).delete_folder(uploads.folder(upload))
        with database.unit_of_work(scope) as session:
            uploads.expire(session, upload.id)
    return len(over)


def _keep(_session: Session, _lease: jobs.Lease, purged: Json) -> Json:
    return purged


HANDLER = Handler(TICK, load=_tenants, work=_purge, keep=_keep)
