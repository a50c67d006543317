"""Every kind of workbook."""

from __future__ import annotations

from tenants.workbooks import innovations, programmes
from tenants.workbooks.sheet import WorkbookKind
from tenants.workbooks.subject import Subject

SUBJECTS: dict[WorkbookKind, Subject] = {
    subject.kind: subject for subject in (programmes.SUBJECT, innovations.SUBJECT)
}
