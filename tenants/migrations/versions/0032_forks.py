"""Versions keep the rows that they were frozen from, so that a plan can go on from any."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from kotacerdas.migration import widen_enum

revision = "0032"
down_revision = "0031"


def upgrade() -> None:
    op.add_column(
        "masterplan_version",
        sa.Column("is_set_aside", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.alter_column("masterplan_version", "is_set_aside", server_default=None)
    op.add_column("masterplan_version", sa.Column("working_copy", JSONB(), nullable=True))
    widen_enum(op, "notification", "kind", "plan_forked")
    op.execute("grant delete on programme to app_city")  # its policy covers every verb
