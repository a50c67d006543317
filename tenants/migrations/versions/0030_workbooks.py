"""Uploads, and workbooks that are brought in by them."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0030"
down_revision = "0029"


def upgrade() -> None:
    _uploads()
    _imports()
    _rows()
    widen_enum(op, "export", "kind", "programme_workbook", "innovation_workbook")
    widen_enum(op, "notification", "kind", "workbook_saved")


def _uploads() -> None:
    create_tenant_table(
        op,
        "upload",
        *_key(),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("state", _enum("uploadstate", "waiting", "stored", "expired"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_stamps(),
        sa.CheckConstraint("size_bytes >= 0", name=op.f("ck_upload_size_bytes_not_negative")),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_upload_uploaded_by")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_upload_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_upload")),
    )
    for columns in (["tenant_id", "expires_at"], ["tenant_id", "uploaded_by"]):
        op.create_index(op.f(f"ix_upload_{'_'.join(columns)}"), "upload", columns, unique=False)


def _imports() -> None:
    states = ("reading", "previewed", "saving", "saved", "failed")
    kinds = ("programmes", "innovations")
    counts = ("creates", "changes", "unchanged", "conflicts", "refused")
    create_tenant_table(
        op,
        "workbook_import",
        *_key(),
        sa.Column("upload_id", sa.Uuid(), nullable=False),
        sa.Column("state", _enum("importstate", *states), nullable=False),
        sa.Column("kind", _enum("workbookkind", *kinds), nullable=True),
        sa.Column("participation_id", sa.Uuid(), nullable=True),
        sa.Column("job_id", sa.Uuid(), nullable=True),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("preview_hash", sa.Text(), nullable=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in counts),
        sa.Column("failure_code", sa.Text(), nullable=True),
        sa.Column("failure", sa.Text(), nullable=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_stamps(),
        *(_belongs("workbook_import", *each) for each in _PARENTS),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name=op.f("fk_workbook_import_requested_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workbook_import_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workbook_import")),
    )
    op.create_index(
        op.f("ix_workbook_import_tenant_id_created_at_id"),
        "workbook_import",
        ["tenant_id", "created_at", "id"],
        unique=False,
    )


_PARENTS = (
    ("upload", "upload_id"),
    ("participation", "participation_id"),
    ("job", "job_id"),
)


def _rows() -> None:
    actions = ("create", "change", "unchanged", "conflict", "refused")
    create_tenant_table(
        op,
        "workbook_row",
        *_key(),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", _enum("rowaction", *actions), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.Text(), nullable=True),
        sa.Column("told", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        *_stamps(),
        _belongs("workbook_row", "workbook_import", "import_id"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workbook_row_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workbook_row")),
        sa.UniqueConstraint(
            "tenant_id",
            "import_id",
            "number",
            name=op.f("uq_workbook_row_tenant_id_import_id_number"),
        ),
        # A preview is written anew where data has changed; only the worker writes any.
        access=Access(city="SELECT", worker="SELECT, INSERT, DELETE"),
    )


def _key() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
    )


def _stamps() -> tuple[sa.Column[Any], ...]:
    return tuple(
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    )


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _belongs(table: str, parent: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{parent}.tenant_id", f"{parent}.id"],
        name=op.f(f"fk_{table}_tenant_id_{column}"),
    )
