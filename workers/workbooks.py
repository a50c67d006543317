"""The jobs of a workbook that is brought in: read and previewed, then saved as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, DomainErrors
from kotacerdas.files import FileStore
from kotacerdas.identity.policy import Grant
from kotacerdas.identity.queries import grants_in
from kotacerdas.jobs import Lease
from kotacerdas.scope import Door, Scope, tenant_of
from kotacerdas.tenancy import Json
from kotacerdas.uploads.actions import folder
from kotacerdas.uploads.models import Upload, UploadState
from tenants.workbooks import bringing, importing
from tenants.workbooks.bringing import UploadMissing
from tenants.workbooks.models import ImportState
from tenants.workbooks.preview import Preview
from tenants.workbooks.reading import Book, read
from workers.runner import Handler, Permanent, Run

AGAIN = (importing.PreviewStale, importing.WorkbookFaulty)
"""What asks for another look: data has changed since the preview."""


class ImportBroken(Permanent):
    """A defect of ours; the log has what people need not read."""

    code = "IMPORT_BROKEN"
    id = "Terjadi gangguan di sisi kami; tidak ada yang disimpan. Unggah buku kerjanya sekali lagi."
    en = "Something went wrong on our side; nothing was saved. Upload the workbook once more."


@dataclass(frozen=True)
class Asked:
    """An import whose file is to be read, and for whom."""

    tenant_id: int
    import_id: UUID
    person_id: UUID
    language: str
    sha256: str
    folder: str


@dataclass(frozen=True)
class Seen:
    """What came of reading: a preview, or why there is none."""

    book: Book | None = None
    preview: Preview | None = None
    error: DomainError | None = None


def _asked(session: Session, lease: Lease, state: ImportState) -> Asked | None:
    """Return what to read; nothing for an import that has gone on."""
    row = bringing.is_in(session, lease.subject_id, state)
    if row is None:
        return None
    upload = session.get_one(Upload, (tenant_of(session), row.upload_id))
    there = upload.hash if upload.state is UploadState.STORED else None
    return Asked(row.tenant_id, row.id, row.requested_by, row.language, there or "", folder(upload))


def _to_read(session: Session, lease: Lease) -> Asked | None:
    return _asked(session, lease, ImportState.READING)


def _to_save(session: Session, lease: Lease) -> Asked | None:
    return _asked(session, lease, ImportState.SAVING)


def _preview(asked: Asked, run: Run) -> Seen:
    """Read and try the workbook, as the person with the roles of now."""
    try:
        run.step("read")
        book = _book(asked, run)
        run.step("try")
        return _look(asked, run, book)
    except (DomainError, DomainErrors) as refusal:
        return Seen(error=_first(refusal))


def _save(asked: Asked, run: Run) -> Seen:
    """Save the workbook in one transaction; where data has changed, show what would happen now."""
    try:
        run.step("read")
        book = _book(asked, run)
        run.step("save")
        try:
            with run.database.unit_of_work(_scope(asked, run)) as session:
                bringing.save(session, asked.import_id, book)
            return Seen()
        except AGAIN as changed:
            return Seen(book, _look(asked, run, book).preview, changed)
    except (DomainError, DomainErrors) as refusal:
        return Seen(error=_first(refusal))


def _look(asked: Asked, run: Run, book: Book) -> Seen:
    with run.database.unit_of_work(_scope(asked, run)) as session:
        return Seen(book, importing.preview(session, book))


def _keep(session: Session, lease: Lease, seen: Seen) -> Json:
    """Note a preview, or a refusal; what was saved is noted already, in its own transaction."""
    if seen.preview is not None and seen.book is not None:
        bringing.previewed(session, lease.subject_id, seen.book, seen.preview)
        if seen.error is not None:
            bringing.explain(session, lease.subject_id, seen.error)
    elif seen.error is not None:
        bringing.fail(session, lease.subject_id, seen.error)
    return {"import": str(lease.subject_id)}


def _dead(session: Session, lease: Lease, _error: str) -> None:
    bringing.fail(session, lease.subject_id, ImportBroken())


def _book(asked: Asked, run: Run) -> Book:
    """Copy the file out of the quarantine and read it in a process of its own."""
    if not asked.sha256:
        raise UploadMissing
    with TemporaryDirectory(prefix="kotacerdas-import-") as place:
        path = Path(place) / "book.xlsx"
        FileStore(run.settings).copy(asked.sha256, path, asked.folder)
        return read(path)


def _scope(asked: Asked, run: Run) -> Scope:
    """Return the person's scope with the roles that they hold now."""
    grants: list[Grant] = []
    with run.database.unit_of_work(Scope(Door.WORKER, asked.tenant_id)) as session:
        grants += grants_in(session, asked.person_id)
    return Scope(
        Door.WORKER,
        asked.tenant_id,
        asked.person_id,
        tuple(grants),
        f"job-{run.lease.job_id.hex}",
        language=asked.language,
    )


def _first(refusal: DomainError | DomainErrors) -> DomainError:
    return refusal.errors[0] if isinstance(refusal, DomainErrors) else refusal


HANDLERS = (
    Handler(bringing.READ, load=_to_read, work=_preview, keep=_keep, dead=_dead),
    Handler(bringing.SAVE, load=_to_save, work=_save, keep=_keep, dead=_dead),
)
