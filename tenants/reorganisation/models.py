"""The table of which unit took over from which."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from kotacerdas.tenancy import Model, TenantOwned, belongs_to, text_enum, unique_in_tenant


class ReorganisationKind(StrEnum):
    """What became of a unit."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    END = "end"


class UnitSuccession(TenantOwned, Model):
    """How a unit ended: a row for each unit that took over, one without for none."""

    __tablename__ = "unit_succession"
    __table_args__ = (
        belongs_to("unit", "unit_id"),
        belongs_to("unit", "successor_id"),
        unique_in_tenant("unit_id", "successor_id"),
        Index(None, "tenant_id", "successor_id"),
    )
    unit_id: Mapped[UUID]
    successor_id: Mapped[UUID | None]
    kind: Mapped[ReorganisationKind] = mapped_column(text_enum(ReorganisationKind))
    occurred_on: Mapped[date]
    basis: Mapped[str] = mapped_column(default="")
