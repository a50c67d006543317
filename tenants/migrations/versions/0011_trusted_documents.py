"""Client programs and their trusted documents."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("strict", sa.Boolean(), nullable=False),
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
        sa.PrimaryKeyConstraint("name", name=op.f("pk_api_client")),
    )
    op.execute("grant select on api_client to app_city, app_ministry")
    op.execute("grant insert, update on api_client to app_ministry")
    op.create_table(
        "trusted_document",
        sa.Column("client_name", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column(
            "registered_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["client_name"], ["api_client.name"], name=op.f("fk_trusted_document_client_name")
        ),
        sa.PrimaryKeyConstraint("client_name", "id", name=op.f("pk_trusted_document")),
    )
    op.execute("grant select on trusted_document to app_city, app_ministry")
    op.execute("grant insert, update on trusted_document to app_ministry")
