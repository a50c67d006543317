"""Table of exports."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import Json, Model, TenantOwned, Versioned, belongs_to, text_enum


class ExportKind(StrEnum):
    """Which rows an export holds; a workbook is to be filled in and brought back."""

    INNOVATIONS = "innovations"
    REMARKS = "remarks"
    PROGRAMMES = "programmes"
    TARGETS = "targets"
    BUDGETS = "budgets"
    PARTICIPATIONS = "participations"
    UNITS = "units"
    PROGRAMME_WORKBOOK = "programme_workbook"
    INNOVATION_WORKBOOK = "innovation_workbook"


class ExportFormat(StrEnum):
    """How an export is written; `csv_excel` is what Excel opens by a double click."""

    JSONL = "jsonl"
    CSV = "csv"
    CSV_EXCEL = "csv_excel"
    XLSX = "xlsx"


class ExportState(StrEnum):
    """Whether the file is there: EXPIRED was there."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Versioned, TenantOwned, Model):
    """A file of one city's rows, or in the nation's tenant of every city's.

    `criteria` is the filter, by columns; `hash` names the file among those of this export.
    """

    __tablename__ = "export"
    __table_args__ = (
        belongs_to("job", "job_id"),
        Index(None, "tenant_id", "created_at", "id"),
        Index(None, "tenant_id", "expires_at"),
    )
    kind: Mapped[ExportKind] = mapped_column(text_enum(ExportKind))
    format: Mapped[ExportFormat] = mapped_column(text_enum(ExportFormat))
    language: Mapped[str] = mapped_column(default="id")
    criteria: Mapped[Json]
    state: Mapped[ExportState] = mapped_column(text_enum(ExportState), default=ExportState.WAITING)
    job_id: Mapped[UUID | None]
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    rows: Mapped[int | None]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    hash: Mapped[str | None]
    failure: Mapped[str | None]
    expires_at: Mapped[datetime]
