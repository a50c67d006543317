"""Table of rendered documents."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import Text

from kotacerdas.tenancy import Model, TenantOwned, Versioned, belongs_to, text_enum


class DocumentKind(StrEnum):
    """What is rendered."""

    MASTERPLAN = "masterplan"


class DocumentState(StrEnum):
    """Whether the file is there."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"


class Document(Versioned, TenantOwned, Model):
    """A file made of a frozen version's books, by their numbers; finished, it never changes.

    `hash` names what is stored.
    """

    __tablename__ = "document"
    __table_args__ = (
        belongs_to("masterplan_version", "masterplan_version_id"),
        belongs_to("job", "job_id"),
        Index(None, "tenant_id", "masterplan_version_id"),
    )
    masterplan_version_id: Mapped[UUID]
    kind: Mapped[DocumentKind] = mapped_column(text_enum(DocumentKind))
    books: Mapped[list[int]] = mapped_column(ARRAY(Integer))
    language: Mapped[str] = mapped_column(default="id")
    state: Mapped[DocumentState] = mapped_column(
        text_enum(DocumentState), default=DocumentState.WAITING
    )
    job_id: Mapped[UUID | None]
    requested_by: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    hash: Mapped[str | None]
    size_bytes: Mapped[int | None]
    pages: Mapped[int | None]
    warnings: Mapped[list[str]] = mapped_column(ARRAY(Text), default=list)
    failure: Mapped[str | None]
