"""Tables of workbooks that are brought in: each, and what it would change row by row."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import (
    Json,
    Model,
    TenantOwned,
    Versioned,
    belongs_to,
    text_enum,
    unique_in_tenant,
)
from tenants.workbooks.preview import RowAction
from tenants.workbooks.sheet import WorkbookKind


class ImportState(StrEnum):
    """Where a workbook stands: READING, PREVIEWED, SAVING, then SAVED as a whole, or FAILED."""

    READING = "reading"
    PREVIEWED = "previewed"
    SAVING = "saving"
    SAVED = "saved"
    FAILED = "failed"


class WorkbookImport(Versioned, TenantOwned, Model):
    """A workbook that somebody brings in; its file is the upload's.

    `preview_hash` is of what its preview tells; `kind` and `participation_id` are what the workbook
    says of itself, once it is read. Counts are of rows.
    """

    __tablename__ = "workbook_import"
    __table_args__ = (
        belongs_to("upload", "upload_id"),
        belongs_to("participation", "participation_id"),
        belongs_to("job", "job_id"),
        Index(None, "tenant_id", "created_at", "id"),
    )
    upload_id: Mapped[UUID]
    state: Mapped[ImportState] = mapped_column(text_enum(ImportState), default=ImportState.READING)
    kind: Mapped[WorkbookKind | None] = mapped_column(text_enum(WorkbookKind))
    participation_id: Mapped[UUID | None]
    job_id: Mapped[UUID | None]
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    language: Mapped[str] = mapped_column(default="id")
    preview_hash: Mapped[str | None]
    creates: Mapped[int] = mapped_column(default=0)
    changes: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    conflicts: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    failure_code: Mapped[str | None]
    failure: Mapped[str | None]
    saved_at: Mapped[datetime | None]


class WorkbookRow(TenantOwned, Model):
    """A row of a workbook: what becomes of it. `told` holds its changes and its faults by cell."""

    __tablename__ = "workbook_row"
    __table_args__ = (
        belongs_to("workbook_import", "import_id"),
        unique_in_tenant("import_id", "number"),
    )
    import_id: Mapped[UUID]
    number: Mapped[int]
    action: Mapped[RowAction] = mapped_column(text_enum(RowAction))
    name: Mapped[str]
    row_id: Mapped[str | None]
    told: Mapped[Json]
