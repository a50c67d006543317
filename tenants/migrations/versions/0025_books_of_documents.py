"""Documents name the books that they hold; those of before hold the masterplan, Buku 2."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    op.add_column(
        "document",
        sa.Column("books", ARRAY(sa.Integer()), server_default="{2}", nullable=False),
    )
    op.alter_column("document", "books", server_default=None)
