"""Units that follow one another; a short name is free again once its unit has ended."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0027"
down_revision = "0026"


def upgrade() -> None:
    create_tenant_table(
        op,
        "unit_succession",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("successor_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "rename",
                "merge",
                "split",
                "end",
                name="reorganisationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
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
            ["tenant_id", "successor_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_unit_succession_tenant_id_successor_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_unit_succession_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_unit_succession_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_unit_succession")),
        sa.UniqueConstraint(
            "tenant_id",
            "unit_id",
            "successor_id",
            name=op.f("uq_unit_succession_tenant_id_unit_id_successor_id"),
        ),
        access=Access(city="SELECT, INSERT"),
    )
    op.create_index(
        op.f("ix_unit_succession_tenant_id_successor_id"),
        "unit_succession",
        ["tenant_id", "successor_id"],
    )
    op.drop_constraint(op.f("uq_unit_tenant_id_short_name"), "unit", type_="unique")
    op.create_index(
        "uq_unit_short_name",
        "unit",
        ["tenant_id", "short_name"],
        unique=True,
        postgresql_where=sa.text("valid_to is null"),
    )
    # Roles and invitations move along with their unit, and nothing else of them.
    op.execute("grant update (unit_id) on membership, invitation to app_city")
    widen_enum(op, "notification", "kind", "unit_reorganised", "unit_ended")
