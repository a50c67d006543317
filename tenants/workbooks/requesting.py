"""Workbooks for who asks for them: of a participation, or of one unit in it."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from kotacerdas.errors import DomainError
from kotacerdas.identity.policy import Permission, require
from kotacerdas.scope import tenant_of
from tenants.cities.units import unit_of
from tenants.submissions.states import participation_of
from tenants.workbooks.registry import SUBJECTS
from tenants.workbooks.sheet import ROWS_MOST, Origin, WorkbookKind
from tenants.workbooks.writing import write


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
    if unit_id is not None:
        unit_of(session, unit_id, path=("unitId",))
    return Origin(kind, tenant_of(session), participation_id, unit_id)


def write_template(session: Session, asked: Origin, path: Path, language: str) -> int:
    """Write the workbook and return how many stored rows it holds; raises WorkbookCrowded."""
    subject = SUBJECTS[asked.kind]
    sheet = subject.sheet(session, asked)
    if len(sheet.rows) > ROWS_MOST:
        raise WorkbookCrowded(count=len(sheet.rows), most=ROWS_MOST)
    write(sheet, path, language, subject.prefix)
    return len(sheet.rows)
