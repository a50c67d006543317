"""Table of uploads."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import Model, TenantOwned, Versioned, not_negative, text_enum


class UploadState(StrEnum):
    """Whether the file is there: WAITING has been announced, EXPIRED was there."""

    WAITING = "waiting"
    STORED = "stored"
    EXPIRED = "expired"


class Upload(Versioned, TenantOwned, Model):
    """A file that somebody sends; nobody receives it back, and it is deleted one day."""

    __tablename__ = "upload"
    __table_args__ = (
        not_negative("size_bytes"),
        Index(None, "tenant_id", "expires_at"),
        Index(None, "tenant_id", "uploaded_by"),
    )
    uploaded_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    filename: Mapped[str]
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[UploadState] = mapped_column(text_enum(UploadState), default=UploadState.WAITING)
    hash: Mapped[str | None]
    expires_at: Mapped[datetime]
