"""Tables whose rows belong to one tenant."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, ClassVar, cast
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from uuid_utils.compat import uuid7

from kotacerdas.searching import VECTOR

Json = dict[str, Any]
WRITTEN_UNREAD: dict[str, Any] = {"eager_defaults": False, "exclude_properties": {VECTOR}}
"""Of mappers: what the database fills in is read when it is asked for, not at each INSERT; vectors
of words never are."""


class Model(DeclarativeBase):
    """Base of every table: text for strings, aware timestamps, Decimal for money, checked enums."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        datetime: DateTime(timezone=True),
        Decimal: Numeric,
        Json: JSONB,
    }
    __mapper_args__ = WRITTEN_UNREAD


class Tenant(Model):
    """The anchor of every tenant-owned row: 0 is the nation, the others are cities."""

    __tablename__ = "tenant"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Stamped:
    """When a row was made and last changed, in UTC."""

    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)
    updated_at: Mapped[datetime] = mapped_column(
        server_default=func.now(), onupdate=func.now(), sort_order=91
    )


class TenantOwned(Stamped):
    """Mixed into each table whose rows belong to one tenant.

    The primary key is (tenant_id, id): partitioning and row-level security stand on its first part.
    """

    tenant_id: Mapped[int] = mapped_column(
        ForeignKey("tenant.id"), primary_key=True, autoincrement=False, sort_order=-100
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-99)


class Versioned:
    """A row whose concurrent changes are noticed: `version` rises by one at each update."""

    version: Mapped[int] = mapped_column(Integer, sort_order=80)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805  (SQLAlchemy passes the class)
        return {"version_id_col": cls.version, **WRITTEN_UNREAD}


def belongs_to(table: str, column: str) -> ForeignKeyConstraint:
    """Reference a row of the same tenant: `(tenant_id, column)` -> `table (tenant_id, id)`."""
    return ForeignKeyConstraint(["tenant_id", column], [f"{table}.tenant_id", f"{table}.id"])


def unique_in_tenant(*columns: str) -> UniqueConstraint:
    """Forbid two rows of one tenant with the same values."""
    return UniqueConstraint("tenant_id", *columns)


def not_negative(column: str) -> CheckConstraint:
    """Forbid values below zero."""
    return CheckConstraint(f"{column} >= 0", name=f"{column}_not_negative")


def text_enum(kind: type[StrEnum]) -> Enum:
    """Store an enum as text with a CHECK: enum operators of PostgreSQL are not leakproof."""
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=40,
        name=kind.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def table_of(model: type[Model]) -> Table:
    """Return the table behind a model, for statements that need no objects."""
    return cast(Table, model.__table__)


def tenant_tables(metadata: MetaData = Model.metadata) -> frozenset[str]:
    """Names of the tables whose rows belong to one tenant."""
    return frozenset(name for name, table in metadata.tables.items() if "tenant_id" in table.c)
