"""Exports as readers reach them: their rights, their names, their stored files."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas import file_names
from kotacerdas.errors import NotFound, WrongState
from kotacerdas.files import StoredFile
from kotacerdas.identity import policy
from kotacerdas.identity.policy import Permission
from kotacerdas.scope import NATION, tenant_of
from tenants.cities.models import City
from tenants.exports.models import Export, ExportFormat, ExportState
from tenants.exports.texts import in_state, name_of

PREFIX = "exp"
"""What names of exports begin with among all files."""
NATIONAL_ZONE = "Asia/Jakarta"
"""The ministry's clocks."""
SUFFIXES: dict[ExportFormat, str] = {
    ExportFormat.JSONL: ".jsonl",
    ExportFormat.CSV: ".csv",
    ExportFormat.CSV_EXCEL: ".csv",
    ExportFormat.XLSX: ".xlsx",
}
MEDIA_TYPES: dict[str, str] = {
    ".jsonl": "application/jsonl",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportNotReady(WrongState):
    """There is no file to read yet, or no more."""

    code = "EXPORT_NOT_READY"
    id = (
        "Ekspor ini belum dapat diunduh ({state_id}). Tunggu sampai siap; bila gagal atau sudah"
        " dihapus, minta ekspor sekali lagi."
    )
    en = (
        "This export cannot be downloaded ({state_en}). Wait until it is ready; if it has failed or"
        " was deleted, ask for it again."
    )


def permission_of(tenant_id: int) -> Permission:
    """Return what an export of a tenant's rows asks for; the nation's holds every city's."""
    return Permission.NATIONAL_READ if tenant_id == NATION else Permission.CITY_READ


def require(session: Session) -> None:
    """Refuse whoever may not export the rows of the session's tenant."""
    policy.require(session, permission_of(tenant_of(session)))


def segment(export: Export) -> str:
    """Return the path segment that names an export in `/files/...`, and its folder."""
    return file_names.segment(PREFIX, export.tenant_id, export.id)


def folder(export: Export) -> str:
    """Return the folder of the export's file: it is deleted with all that an attempt left."""
    return f"exports/{export.tenant_id}.{export.id.hex}"


def stored_file(session: Session, export_id: UUID) -> StoredFile:
    """Return where a finished export lies and its file name; raises NotFound or ExportNotReady."""
    require(session)
    export = session.get(Export, (tenant_of(session), export_id))
    if export is None:
        raise NotFound
    suffix = SUFFIXES[export.format]
    return StoredFile(
        require_ready(export),
        file_names.plain_name(_title(session, export), suffix),
        MEDIA_TYPES[suffix],
        folder(export),
    )


def require_ready(export: Export) -> str:
    """Return the hash of a finished export's file, else raise ExportNotReady."""
    if export.state is not ExportState.READY or export.hash is None:
        raise in_state(ExportNotReady, export)
    return export.hash


def title_of(session: Session, export: Export) -> str:
    """Return the export's name for people."""
    return name_of(export, _city(session, export))


def _title(session: Session, export: Export) -> str:
    """The name and the moment of the request, in the city's time, so that two files differ."""
    row = session.get(City, export.tenant_id)
    zone = ZoneInfo(row.zone if row else NATIONAL_ZONE)
    moment = format(export.created_at.astimezone(zone), "%Y-%m-%d %H%M")
    return f"{title_of(session, export)} {moment}"


def _city(session: Session, export: Export) -> str | None:
    return session.scalar(select(City.name).where(City.id == export.tenant_id))
