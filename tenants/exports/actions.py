"""Asking for exports, and noting what became of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, Unauthenticated, WrongState
from kotacerdas.files import file_url
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.language import Language
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Json
from tenants.exports.models import Export, ExportFormat, ExportKind, ExportState
from tenants.exports.queries import require, require_ready, segment, title_of
from tenants.exports.texts import in_state
from tenants.notifications.actions import tell, without_mail
from tenants.notifications.models import NotificationKind

WRITE = Kind("exports.write", Queue.BULK, Permission.CITY_READ, personal=True)
"""The job that writes one export; its subject is the export."""

CANCELLED = {
    "id": "Ekspor dibatalkan. Minta ekspor baru bila masih diperlukan.",
    "en": "The export was cancelled. Ask for a new one if it is still needed.",
}
"""Why an export has no file, in its language."""

MOST_WAITING = 5
"""Exports of one person and tenant that are on their way at once."""
AT_ONCE = timedelta(minutes=1)
"""Who waits no longer than this is told in the application alone."""


class ExportFinished(WrongState):
    """An export that has ended never changes."""

    code = "EXPORT_FINISHED"
    id = "Ekspor ini sudah selesai ({state_id}) dan tidak berubah lagi. Minta ekspor baru."
    en = "This export has ended ({state_en}) and never changes. Ask for a new one."


class ExportsWaiting(DomainError):
    """So many exports of one person are on their way that another has to wait."""

    code = "EXPORTS_WAITING"
    id = "{count} ekspor Anda masih dibuat. Tunggu salah satunya selesai, atau batalkan."
    en = "{count} of your exports are still being made. Wait for one to finish, or cancel it."


def request(
    session: Session,
    settings: Settings,
    *,
    kind: ExportKind,
    format: ExportFormat,  # noqa: A002  (the field's name)
    language: Language = Language.ID,
    criteria: Json | None = None,
    idempotency_key: str | None = None,
) -> Export:
    """Ask for a file of rows of the session's city, or in the nation's tenant of all cities.

    `criteria` are conditions on columns, as `kotacerdas.filtering` reads them. Raises Forbidden or
    ExportsWaiting.
    """
    require(session)
    facts: dict[str, Any] = {
        "kind": kind,
        "format": format,
        "language": language.value,
        "criteria": criteria or {},
    }
    asked = {"do": "export.request", **facts}
    export_id = once(session, idempotency_key, asked, lambda: _request(session, settings, facts))
    return session.get_one(Export, (tenant_of(session), export_id))


def link(session: Session, export_id: UUID, settings: Settings) -> str:
    """Return a signed address of the file, good for `settings.link_seconds`; it is audited.

    The right to read is asked here and again when the address is opened. Raises NotFound or
    ExportNotReady.
    """
    require(session)
    export = session.get(Export, (tenant_of(session), export_id))
    if export is None:
        raise NotFound
    require_ready(export)
    audit.record(session, "export.link", "export", export_id, after={"hash": export.hash})
    return file_url(settings, segment(export))


def complete(
    session: Session,
    export_id: UUID,
    *,
    sha256: str,
    size_bytes: int,
    rows: int,
    expires_at: datetime,
) -> Export:
    """Note the finished file and tell who asked; for the worker, in its fenced transaction."""
    export = _waiting(session, export_id)
    export.state, export.hash = ExportState.READY, sha256
    export.size_bytes, export.rows = size_bytes, rows
    export.expires_at = expires_at
    facts = {"state": export.state, "hash": sha256, "rows": rows}
    audit.record(session, "export.complete", "export", export.id, after=facts)
    if datetime.now(UTC) - export.created_at < AT_ONCE:
        without_mail(session)
    told = {"rows": str(rows), "expires_at": expires_at.isoformat()}
    _tell(session, export, NotificationKind.EXPORT_READY, **told)
    return export


def fail(session: Session, export_id: UUID, *, reason: str) -> Export:
    """Note that no file came of it and tell who asked; for the worker's last attempt.

    `reason` is a sentence for people, in the export's language.
    """
    export = _waiting(session, export_id)
    _end_without_file(session, export, reason)
    job = str(export.job_id or "")
    _tell(session, export, NotificationKind.EXPORT_FAILED, reason=reason, job=job)
    return export


def abandon(session: Session, export_id: UUID) -> None:
    """Note that a cancelled job leaves no file; nobody is told, for it was somebody's wish."""
    export = locked(session, Export, export_id)
    if export.state is ExportState.WAITING:
        _end_without_file(session, export, CANCELLED[export.language])


def due_to_expire(session: Session, now: datetime) -> list[Export]:
    """Return the tenant's exports whose time is over, but for those that have expired already."""
    over = select(Export).where(
        Export.tenant_id == tenant_of(session),
        Export.expires_at < now,
        Export.state != ExportState.EXPIRED,
    )
    return list(session.scalars(over.order_by(Export.expires_at)))


def expire(session: Session, export_id: UUID) -> None:
    """Note that the file was deleted; the row stays and tells who exported what."""
    export = locked(session, Export, export_id)
    before = {"state": export.state}
    export.state = ExportState.EXPIRED
    audit.record(session, "export.expire", "export", export_id, before=before)


def _request(session: Session, settings: Settings, facts: dict[str, Any]) -> UUID:
    person_id = scope_of(session).person_id
    if person_id is None:
        raise Unauthenticated
    _refuse_crowd(session, person_id)
    export_id = uuid7()
    session.add(
        Export(
            tenant_id=tenant_of(session),
            id=export_id,
            job_id=enqueue(session, WRITE, export_id),
            requested_by=person_id,
            expires_at=datetime.now(UTC) + timedelta(days=settings.export_days),
            **facts,
        )
    )
    audit.record(session, "export.request", "export", export_id, after=facts)
    session.flush()  # the key's row and the caller look it up
    return export_id


def _refuse_crowd(session: Session, person_id: UUID) -> None:
    mine = select(func.count()).where(
        Export.tenant_id == tenant_of(session),
        Export.requested_by == person_id,
        Export.state == ExportState.WAITING,
    )
    count = session.scalar(mine) or 0
    if count >= MOST_WAITING:
        raise ExportsWaiting(count=count)


def _end_without_file(session: Session, export: Export, reason: str) -> None:
    export.state, export.failure = ExportState.FAILED, reason
    facts = {"state": export.state, "reason": reason}
    audit.record(session, "export.fail", "export", export.id, after=facts)


def _waiting(session: Session, export_id: UUID) -> Export:
    export = locked(session, Export, export_id)
    if export.state is not ExportState.WAITING:
        raise in_state(ExportFinished, export)
    return export


def _tell(session: Session, export: Export, kind: NotificationKind, **facts: str) -> None:
    data = {"name": title_of(session, export), **facts}
    tell(
        session,
        kind,
        subject_id=export.id,
        data=data,
        people=[export.requested_by],
        key="",
    )
