"""Announcing a file, receiving it once, and deleting it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from uuid_utils.compat import uuid7

from kotacerdas import audit, file_names
from kotacerdas.errors import DomainError, NotFound, WrongState
from kotacerdas.files import signed_query
from kotacerdas.idempotency import once
from kotacerdas.identity.policy import Permission, acting, permitted, require
from kotacerdas.rows import locked
from kotacerdas.scope import scope_of, tenant_of
from kotacerdas.settings import Settings
from kotacerdas.uploads.models import Upload, UploadState
from kotacerdas.values import refusals, refuse, text_value

PREFIX = "upl"
WRITERS = (Permission.MASTERPLAN_WRITE, Permission.INNOVATION_WRITE)
"""Who has something to bring in."""
MOST_KEPT = 20
"""Files of one person and city that have not expired."""
MEGABYTE = 1024 * 1024
NAME = re.compile(r"[^/\\:*?\"<>|]+\.xlsx", re.IGNORECASE)


class UploadTooLarge(DomainError):
    """A file larger than any is taken."""

    code = "UPLOAD_TOO_LARGE"
    id = "Berkas {megabytes} MB; paling besar {most} MB. Kurangi isinya, lalu unggah lagi."
    en = "The file has {megabytes} MB; at most {most} MB are taken. Reduce it and upload it again."


class UploadNamed(DomainError):
    """A file of a kind that is not taken."""

    code = "UPLOAD_NAMED"
    id = "Hanya berkas .xlsx yang diterima. Simpan sebagai Excel (.xlsx), lalu unggah lagi."
    en = "Only .xlsx files are taken. Save it as Excel (.xlsx) and upload it again."


class UploadsWaiting(DomainError):
    """So many files of one person are kept that another has to wait."""

    code = "UPLOADS_WAITING"
    id = "{count} unggahan Anda masih disimpan. Tunggu sampai yang lama dihapus."
    en = "{count} of your uploads are still kept. Wait until the older ones are deleted."


class UploadDone(WrongState):
    """An upload that has its file takes no other."""

    code = "UPLOAD_DONE"
    id = "Unggahan ini sudah menerima berkasnya atau kedaluwarsa. Mulai unggahan baru."
    en = "This upload has its file already, or has expired. Begin a new upload."


def begin(
    session: Session,
    settings: Settings,
    *,
    filename: str,
    size_bytes: int,
    idempotency_key: str | None = None,
) -> Upload:
    """Announce a file of that name and size; `address` tells where it is then sent to.

    Raises Forbidden, UploadNamed, UploadTooLarge or UploadsWaiting.
    """
    require_writer(session)
    facts = {"filename": filename, "size_bytes": size_bytes}

    def create() -> UUID:
        return _insert(session, settings, filename, size_bytes)

    upload_id = once(session, idempotency_key, {"do": "upload.begin", **facts}, create)
    return session.get_one(Upload, (tenant_of(session), upload_id))


def address(settings: Settings, upload: Upload) -> str:
    """Return the signed address that takes the file by PUT for `settings.link_seconds`."""
    name = segment(upload)
    return f"{settings.base_url}/uploads/{name}?{signed_query(settings, signed(name))}"


def segment(upload: Upload) -> str:
    """Return the path segment that names an upload."""
    return file_names.segment(PREFIX, upload.tenant_id, upload.id)


def signed(name: str) -> str:
    """Return what the signature of an address is over: no link to a file opens it."""
    return f"uploads/{name}"


def folder(upload: Upload) -> str:
    """Return where the file lies, apart from all that is served."""
    return f"uploads/{upload.tenant_id}.{upload.id.hex}"


def receivable(session: Session, upload_id: UUID) -> Upload:
    """Return the actor's own upload that waits for its file; raises NotFound or UploadDone."""
    require_writer(session)
    upload = locked(session, Upload, upload_id)
    if upload.uploaded_by != acting(session):
        raise NotFound
    if upload.state is not UploadState.WAITING:
        raise UploadDone
    return upload


def store(session: Session, upload_id: UUID, *, sha256: str, size_bytes: int) -> Upload:
    """Note that the file has come; raises NotFound, or UploadDone for a second one."""
    upload = receivable(session, upload_id)
    upload.state, upload.hash, upload.size_bytes = UploadState.STORED, sha256, size_bytes
    facts = {"hash": sha256, "size_bytes": size_bytes}
    audit.record(session, "upload.store", "upload", upload_id, after=facts)
    return upload


def due_to_expire(session: Session, now: datetime) -> list[Upload]:
    """Return the tenant's uploads whose time is over."""
    over = select(Upload).where(
        Upload.tenant_id == tenant_of(session),
        Upload.expires_at < now,
        Upload.state != UploadState.EXPIRED,
    )
    return list(session.scalars(over.order_by(Upload.expires_at)))


def expire(session: Session, upload_id: UUID) -> None:
    """Note that the file was deleted; the row tells who sent what."""
    upload = locked(session, Upload, upload_id)
    before = {"state": upload.state}
    upload.state = UploadState.EXPIRED
    audit.record(session, "upload.expire", "upload", upload_id, before=before)


def require_writer(session: Session) -> None:
    """Refuse whoever has nothing to bring in."""
    if not any(permitted(scope_of(session), each) for each in WRITERS):
        require(session, WRITERS[0])


def _insert(session: Session, settings: Settings, filename: str, size_bytes: int) -> UUID:
    refuse([*_name_faults(filename), *_size_faults(size_bytes, settings.upload_megabytes)])
    person_id = acting(session)
    mine = select(func.count()).where(
        Upload.tenant_id == tenant_of(session),
        Upload.uploaded_by == person_id,
        Upload.state != UploadState.EXPIRED,
    )
    count = session.scalar(mine) or 0
    if count >= MOST_KEPT:
        raise UploadsWaiting(count=count)
    upload = Upload(
        tenant_id=tenant_of(session),
        id=uuid7(),
        uploaded_by=person_id,
        filename=filename.strip(),
        size_bytes=size_bytes,
        expires_at=datetime.now(UTC) + timedelta(days=settings.upload_days),
    )
    session.add(upload)
    facts = {"filename": upload.filename, "size_bytes": size_bytes}
    audit.record(session, "upload.begin", "upload", upload.id, after=facts)
    session.flush()  # the key's row and the caller look it up
    return upload.id


def _name_faults(filename: str) -> list[DomainError]:
    path = ("filename",)
    wrong = refusals(
        lambda: text_value(filename, path=path, maximum=200, required=True, lines=False)
    )
    return wrong or ([] if NAME.fullmatch(filename.strip()) else [UploadNamed(path=path)])


def _size_faults(size_bytes: int, most: int) -> list[DomainError]:
    if 0 < size_bytes <= most * MEGABYTE:
        return []
    return [UploadTooLarge(path=("sizeBytes",), megabytes=size_bytes // MEGABYTE, most=most)]
