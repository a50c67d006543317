"""Audit entries and the head of each tenant's chain."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from kotacerdas.tenancy import Json, Model, unique_in_tenant


class AuditEntry(Model):
    """One change, written in the transaction that made it; `hash` covers all other columns."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        unique_in_tenant("sequence"),
        Index(None, "tenant_id", "entity_id"),
    )
    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenant.id"), primary_key=True, autoincrement=False
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7)
    sequence: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime]
    person_id: Mapped[UUID | None]
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[UUID | None]
    before: Mapped[Json | None]
    after: Mapped[Json | None]
    request_id: Mapped[str | None]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)


class AuditHead(Model):
    """The last link of a tenant's chain; locking it puts the tenant's commits in one order."""

    __tablename__ = "audit_head"
    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenant.id"), primary_key=True, autoincrement=False
    )
    sequence: Mapped[int] = mapped_column(BigInteger)
    previous_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
