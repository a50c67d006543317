"""Telling who brought a workbook in, and the people of the units whose rows it changed."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from kotacerdas.identity.policy import UNIT_ROLES
from kotacerdas.identity.queries import members_with
from kotacerdas.uploads.models import Upload
from tenants.cities.models import City
from tenants.notifications.actions import tell
from tenants.notifications.models import NotificationKind
from tenants.workbooks.models import WorkbookImport
from tenants.workbooks.preview import Preview, RowAction
from tenants.workbooks.registry import SUBJECTS
from tenants.workbooks.sheet import Origin

TOUCHED = (RowAction.CREATE, RowAction.CHANGE)


def tell_saved(session: Session, row: WorkbookImport, origin: Origin, done: Preview) -> None:
    """Tell that a workbook was saved: how many rows of what, and by which file."""
    counts = done.counts
    if not (counts["create"] or counts["change"]):
        return
    subject = SUBJECTS[origin.kind]
    units = {
        unit_id
        for each in done.rows
        if each.action in TOUCHED and (unit_id := each.unit_id) is not None
    }
    people = {row.requested_by}
    for unit_id in sorted(units):
        people.update(members_with(session, UNIT_ROLES, unit_id))
    upload = session.get_one(Upload, (row.tenant_id, row.upload_id))
    city = session.scalar(select(City.name).where(City.id == row.tenant_id)) or ""
    tell(
        session,
        NotificationKind.WORKBOOK_SAVED,
        subject_id=row.id,
        data={
            "name": upload.filename,
            "created": str(counts["create"]),
            "changed": str(counts["change"]),
            "city": city,
            "rows": subject.kind.value,
        },
        people=people,
        key="",
    )
