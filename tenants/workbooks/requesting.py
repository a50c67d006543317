"""Workbooks for who asks for them: of a participation, or of one unit in it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError, NotFound
from kotacerdas.identity.policy import Permission, require
from kotacerdas.language import Language
from kotacerdas.scope import tenant_of
from kotacerdas.settings import Settings
from kotacerdas.tenancy import Json
from tenants.cities.models import Unit
from tenants.exports import actions as exports
from tenants.exports.models import Export, ExportFormat, ExportKind
from tenants.submissions.states import participation_of
from tenants.workbooks.registry import SUBJECTS
from tenants.workbooks.sheet import ROWS_MOST, Origin, Sheet, WorkbookKind
from tenants.workbooks.writing import write

KINDS = {
    WorkbookKind.PROGRAMMES: ExportKind.PROGRAMME_WORKBOOK,
    WorkbookKind.INNOVATIONS: ExportKind.INNOVATION_WORKBOOK,
}
"""As which exports workbooks are asked for."""


class WorkbookCrowded(DomainError):
    """More rows than one workbook brings back."""

    code = "WORKBOOK_CROWDED"
    id = "{count} baris; satu buku kerja memuat paling banyak {most}. Minta per perangkat daerah."
    en = "{count} rows; one workbook holds at most {most}. Ask for one unit's at a time."


def origin(
    session: Session, kind: WorkbookKind, participation_id: UUID, unit_id: UUID | None
) -> Origin:
    """Return what a workbook is to hold; raises Forbidden, or NotFound for what is not there."""
    require(session, Permission.CITY_READ)
    participation_of(session, participation_id)
    # Read and not locked: the ministry's door may not write units.
    if unit_id is not None and session.get(Unit, (tenant_of(session), unit_id)) is None:
        raise NotFound(path=("unitId",))
    return Origin(kind, tenant_of(session), participation_id, unit_id)


def request(
    session: Session,
    settings: Settings,
    *,
    kind: WorkbookKind,
    participation_id: UUID,
    unit_id: UUID | None = None,
    language: Language = Language.ID,
    idempotency_key: str | None = None,
) -> Export:
    """Ask for a workbook as an export: a job writes it, and it is fetched by the export's link.

    Raises Forbidden, NotFound, MasterplanMissing or WorkbookCrowded.
    """
    asked = origin(session, kind, participation_id, unit_id)
    _refuse_crowd(SUBJECTS[kind].sheet(session, asked))
    criteria = {"participation_id": str(participation_id), "unit_id": unit_id and str(unit_id)}
    return exports.request(
        session,
        settings,
        kind=KINDS[kind],
        format=ExportFormat.XLSX,
        language=language,
        criteria=criteria,
        idempotency_key=idempotency_key,
    )


def origin_of(kind: ExportKind, tenant_id: int, criteria: Json) -> Origin:
    """Return what an export of a workbook holds; for the worker."""
    unit_id = criteria["unit_id"]
    own = next(each for each, export in KINDS.items() if export is kind)
    return Origin(
        own, tenant_id, UUID(criteria["participation_id"]), UUID(unit_id) if unit_id else None
    )


def write_template(session: Session, asked: Origin, path: Path, language: str) -> int:
    """Write the workbook and return how many stored rows it holds; raises WorkbookCrowded."""
    subject = SUBJECTS[asked.kind]
    sheet = subject.sheet(session, asked)
    _refuse_crowd(sheet)
    write(sheet, path, language, subject.prefix)
    return len(sheet.rows)


def _refuse_crowd(sheet: Sheet) -> None:
    if len(sheet.rows) > ROWS_MOST:
        raise WorkbookCrowded(count=len(sheet.rows), most=ROWS_MOST)
