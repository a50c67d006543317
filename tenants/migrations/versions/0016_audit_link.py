"""The head of a chain keeps the hash before the last, so that one statement links an entry."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("audit_head", sa.Column("previous_hash", sa.LargeBinary(), nullable=True))
