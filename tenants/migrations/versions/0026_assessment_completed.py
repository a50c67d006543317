"""Where an instrument is from and how sure that is; assessors may be released."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import widen_enum

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    op.add_column(
        "instrument", sa.Column("source", sa.Text(), server_default="ministry", nullable=False)
    )
    op.add_column(
        "instrument",
        sa.Column(
            "certainty",
            sa.Enum(
                "confirmed",
                "reported",
                "recalled",
                name="certainty",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
    )
    widen_enum(op, "assessment", "state", "released")
    widen_enum(op, "notification", "kind", "assessment_released", "assessment_returned")
