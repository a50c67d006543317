"""The job that writes an export: asked-for rows in, a stored file and a notice out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.files import FileStore
from kotacerdas.identity.policy import Grant, permitted
from kotacerdas.identity.queries import grants_in
from kotacerdas.jobs import Lease
from kotacerdas.scope import NATION, Door, Scope, tenant_of
from kotacerdas.tenancy import Json
from tenants.exports import actions, queries
from tenants.exports.models import Export, ExportState
from workers.exports.writing import ExportTooLarge, Order, write
from workers.runner import Cancelled, Handler, Permanent, Run

MEGABYTE = 1024 * 1024


class ExportForbidden(Permanent):
    """Who asked for the export may not read these rows any more."""

    code = "EXPORT_FORBIDDEN"
    id = "Anda tidak lagi memiliki peran yang boleh membaca data ini. Hubungi admin daerah."
    en = "You no longer hold a role that may read these rows. Ask the city's administrator."


class ExportOversized(Permanent):
    """The file would be larger than the operator allows."""

    code = "EXPORT_OVERSIZED"
    id = "Berkas terlalu besar. Persempit dengan filter, lalu minta ekspor sekali lagi."
    en = "The file grows too large. Narrow it by a filter, then ask for the export once more."


class ExportBroken(Permanent):
    """A defect of ours; the log has what people need not read."""

    code = "EXPORT_BROKEN"
    id = "Terjadi gangguan di sisi kami. Minta ekspor sekali lagi."
    en = "Something went wrong on our side. Ask for the export once more."


@dataclass(frozen=True)
class Asked:
    """An export that waits: who asked for it, for what, and where the file will lie."""

    person_id: UUID
    order: Order
    folder: str


@dataclass(frozen=True)
class Stored:
    """A finished file in the store, named by its hash."""

    sha256: str
    size_bytes: int
    rows: int
    expires_at: datetime


def _load(session: Session, lease: Lease) -> Asked | None:
    """Read what to write; nothing if the export has its file or its failure already."""
    export = session.get(Export, (tenant_of(session), lease.subject_id))
    if export is None or export.state is not ExportState.WAITING:
        return None
    order = Order(export.tenant_id, export.kind, export.format, export.language, export.criteria)
    return Asked(export.requested_by, order, queries.folder(export))


def _work(asked: Asked, run: Run) -> Stored:
    _refuse_lost(asked, run)
    settings = run.settings

    def report(percent: int) -> None:
        run.step("rows", percent)
        if run.cancelled():
            raise Cancelled

    with TemporaryDirectory(prefix="kotacerdas-export-") as folder:
        path = Path(folder) / "export"
        try:
            most_bytes = settings.export_megabytes * MEGABYTE
            rows = write(run.database, asked.order, path, report, most_bytes=most_bytes)
        except ExportTooLarge as error:
            raise ExportOversized from error
        run.step("store")
        sha256 = FileStore(settings).store_file(path, asked.folder)
        expires_at = datetime.now(UTC) + timedelta(days=settings.export_days)
        return Stored(sha256, path.stat().st_size, rows, expires_at)


def _refuse_lost(asked: Asked, run: Run) -> None:
    """Ask again whether the person may read these rows: a role may have ended since."""
    tenant_id = asked.order.tenant_id
    grants: list[Grant] = []
    for tenant in {tenant_id, NATION}:
        with run.database.unit_of_work(Scope(Door.WORKER, tenant)) as session:
            grants += grants_in(session, asked.person_id)
    scope = Scope(Door.WORKER, tenant_id, asked.person_id, tuple(grants))
    if not permitted(scope, queries.permission_of(tenant_id)):
        raise ExportForbidden


def _keep(session: Session, lease: Lease, stored: Stored) -> Json:
    actions.complete(
        session,
        lease.subject_id,
        sha256=stored.sha256,
        size_bytes=stored.size_bytes,
        rows=stored.rows,
        expires_at=stored.expires_at,
    )
    return {"export": str(lease.subject_id), "rows": stored.rows}


REASONS: dict[str, type[Permanent]] = {
    reason.code: reason for reason in (ExportForbidden, ExportOversized)
}


def _dead(session: Session, lease: Lease, error: str) -> None:
    """Tell people why in their words: the error's text is the log's, its code names the reason."""
    export = session.get_one(Export, (tenant_of(session), lease.subject_id))
    kind = REASONS.get(error.partition(":")[0], ExportBroken)
    actions.fail(session, export.id, reason=kind().text(export.language))


def _cancelled(session: Session, lease: Lease) -> None:
    actions.abandon(session, lease.subject_id)


HANDLER = Handler(
    actions.WRITE, load=_load, work=_work, keep=_keep, dead=_dead, cancelled=_cancelled
)
