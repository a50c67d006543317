"""Bringing in an uploaded workbook: read by a job, agreed to by a person, saved by a job."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, require
from kotacerdas.jobs import Kind, Queue, enqueue
from kotacerdas.opaque_ids import opaque_id
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.uploads.actions import require_writer
from kotacerdas.uploads.models import Upload, UploadState
from tenants.workbooks import importing
from tenants.workbooks.models import ImportState, WorkbookImport, WorkbookRow
from tenants.workbooks.preview import Preview, RowPreview
from tenants.workbooks.reading import Book
from tenants.workbooks.registry import SUBJECTS
from tenants.workbooks.sheet import WorkbookKind
from tenants.workbooks.telling import tell_saved

READ = Kind("workbooks.preview", Queue.BULK, Permission.CITY_READ, personal=True)
SAVE = Kind("workbooks.apply", Queue.BULK, Permission.CITY_READ, personal=True)
"""The jobs of an import; their subject is the import."""
STATES = {
    ImportState.READING: ("sedang dibaca", "being read"),
    ImportState.PREVIEWED: ("menunggu persetujuan", "waiting for your consent"),
    ImportState.SAVING: ("sedang disimpan", "being saved"),
    ImportState.SAVED: ("sudah disimpan", "saved"),
    ImportState.FAILED: ("gagal", "failed"),
}


class UploadMissing(WrongState):
    """An upload whose file has not come, or is deleted."""

    code = "UPLOAD_MISSING"
    id = "Berkas unggahan ini belum diterima atau sudah dihapus. Unggah berkasnya, lalu ulangi."
    en = "The file of this upload has not come, or was deleted. Upload it, then repeat this."


class ImportWrongState(WrongState):
    """A step that does not fit where the workbook stands."""

    code = "IMPORT_WRONG_STATE"
    id = "Buku kerja ini {state_id}. Tunggu pratinjaunya, atau unggah buku kerja baru."
    en = "This workbook is {state_en}. Wait for its preview, or upload another workbook."


def request(
    session: Session, upload_id: UUID, *, idempotency_key: str | None = None
) -> WorkbookImport:
    """Ask for the preview of an uploaded workbook; a job reads it.

    Raises Forbidden, NotFound or UploadMissing.
    """
    require_writer(session)
    asked = {"do": "workbook.preview", "upload": upload_id}
    import_id = once(session, idempotency_key, asked, lambda: _insert(session, upload_id))
    return session.get_one(WorkbookImport, (tenant_of(session), import_id))


def agree(session: Session, import_id: UUID, *, expected_hash: str) -> WorkbookImport:
    """Let a job save what the preview of that hash tells, as a whole.

    Agreeing once more to what is being saved or is saved changes nothing. Raises NotFound,
    ImportWrongState, PreviewStale, or WorkbookFaulty.
    """
    require_writer(session)
    row = _own(session, import_id)
    if row.state in (ImportState.SAVING, ImportState.SAVED) and row.preview_hash == expected_hash:
        return row
    _refuse_state(row, ImportState.PREVIEWED)
    if row.preview_hash != expected_hash:
        raise importing.PreviewStale(path=("expectedHash",))
    if row.kind is not None:  # whoever acts by a token may hold less than the job will
        require(session, SUBJECTS[row.kind].permission)
    if row.refused or row.conflicts:
        raise importing.WorkbookFaulty(refused=row.refused, conflict=row.conflicts)
    row.state, row.failure, row.failure_code = ImportState.SAVING, None, None
    row.job_id = enqueue(session, SAVE, row.id)
    facts = {"preview": expected_hash}
    audit.record(session, "workbook.agree", "workbook_import", row.id, after=facts)
    return row


def previewed(session: Session, import_id: UUID, book: Book, found: Preview) -> None:
    """Keep a preview in the place of any former one; for the worker."""
    row = locked(session, WorkbookImport, import_id)
    origin = importing.origin_of(session, book)
    row.state, row.kind = ImportState.PREVIEWED, origin.kind
    row.participation_id = origin.participation_id
    row.preview_hash = found.hash
    counts = found.counts
    row.creates, row.changes, row.unchanged = (
        counts["create"],
        counts["change"],
        counts["unchanged"],
    )
    row.conflicts, row.refused = counts["conflict"], counts["refused"]
    _keep_rows(session, row, origin.kind, found.rows)


def save(session: Session, import_id: UUID, book: Book) -> None:
    """Save the workbook and note it, in one transaction; saved once, it is not saved again.

    Raises what `importing.apply` raises; then nothing is saved.
    """
    row = locked(session, WorkbookImport, import_id)
    if row.state is not ImportState.SAVING:
        return
    done = importing.apply(session, book, row.preview_hash or "")
    row.state, row.saved_at = ImportState.SAVED, datetime.now(UTC)
    facts = {"preview": done.hash, **done.counts}
    audit.record(session, "workbook.save", "workbook_import", row.id, after=facts)
    tell_saved(session, row, importing.origin_of(session, book), done)


def fail(session: Session, import_id: UUID, error: DomainError) -> None:
    """Note why nothing came of it; for the worker."""
    row = locked(session, WorkbookImport, import_id)
    row.state = ImportState.FAILED
    _explain(row, error)
    facts = {"reason": error.code}
    audit.record(session, "workbook.fail", "workbook_import", row.id, after=facts)


def explain(session: Session, import_id: UUID, error: DomainError) -> None:
    """Note why a workbook that is previewed anew was not saved; for the worker."""
    _explain(locked(session, WorkbookImport, import_id), error)


def is_in(session: Session, import_id: UUID, state: ImportState) -> WorkbookImport | None:
    """Return the import if it is in that state; for the worker."""
    row = session.get(WorkbookImport, (tenant_of(session), import_id))
    return row if row is not None and row.state is state else None


def _explain(row: WorkbookImport, error: DomainError) -> None:
    row.failure_code, row.failure = error.code, error.text(row.language)


def _insert(session: Session, upload_id: UUID) -> UUID:
    upload = session.get(Upload, (tenant_of(session), upload_id))
    if upload is None or upload.uploaded_by != acting(session):
        raise NotFound(path=("uploadId",))
    if upload.state is not UploadState.STORED:
        raise UploadMissing(path=("uploadId",))
    import_id = uuid7()
    session.add(
        WorkbookImport(
            tenant_id=tenant_of(session),
            id=import_id,
            upload_id=upload_id,
            job_id=enqueue(session, READ, import_id),
            requested_by=acting(session),
            language=scope_of(session).language,
        )
    )
    facts = {"upload": upload_id, "filename": upload.filename, "hash": upload.hash}
    audit.record(session, "workbook.preview", "workbook_import", import_id, after=facts)
    session.flush()  # the key's row and the caller look it up
    return import_id


def _own(session: Session, import_id: UUID) -> WorkbookImport:
    row = locked(session, WorkbookImport, import_id)
    if row.requested_by != acting(session):
        raise NotFound
    return row


def _refuse_state(row: WorkbookImport, allowed: ImportState) -> None:
    if row.state is not allowed:
        state_id, state_en = STATES[row.state]
        raise ImportWrongState(state_id=state_id, state_en=state_en)


def _keep_rows(
    session: Session,
    row: WorkbookImport,
    kind: WorkbookKind,
    rows: Any,  # noqa: ANN401
) -> None:
    former = delete(WorkbookRow).where(
        WorkbookRow.tenant_id == row.tenant_id, WorkbookRow.import_id == row.id
    )
    session.execute(former)
    if rows:
        session.execute(insert(WorkbookRow), [_row(row, kind, each) for each in rows])


def _row(parent: WorkbookImport, kind: WorkbookKind, each: RowPreview) -> dict[str, Any]:
    stored = each.row_id and opaque_id(SUBJECTS[kind].prefix, parent.tenant_id, each.row_id)
    return {
        "tenant_id": parent.tenant_id,
        "id": uuid7(),
        "import_id": parent.id,
        "number": each.number,
        "action": each.action,
        "name": each.name,
        "row_id": stored,
        "told": {
            "changes": [vars(change) for change in each.changes],
            "faults": [vars(fault) for fault in each.faults],
        },
    }
