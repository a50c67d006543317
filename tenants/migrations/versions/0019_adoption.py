"""Frozen versions adopted by regulations."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import Access, create_tenant_table

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    create_tenant_table(
        op,
        "adoption",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_version_id", sa.Uuid(), nullable=False),
        sa.Column("regulation_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["person.id"], name=op.f("fk_adoption_recorded_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_version_id"],
            ["masterplan_version.tenant_id", "masterplan_version.id"],
            name=op.f("fk_adoption_tenant_id_masterplan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "regulation_id"],
            ["regulation.tenant_id", "regulation.id"],
            name=op.f("fk_adoption_tenant_id_regulation_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_adoption_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_adoption")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_version_id",
            name=op.f("uq_adoption_tenant_id_masterplan_version_id"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "regulation_id", name=op.f("uq_adoption_tenant_id_regulation_id")
        ),
        access=Access(city="SELECT, INSERT"),
    )
