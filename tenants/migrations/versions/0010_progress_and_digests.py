"""A job's progress; notices of several things at once, and of exports."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

KINDS = (
    "invited",
    "submitted",
    "submitted_many",
    "endorsed",
    "endorsed_many",
    "returned",
    "accepted",
    "rejected",
    "remark",
    "book_ready",
    "book_failed",
    "export_ready",
    "export_failed",
    "deadline",
)


def upgrade() -> None:
    op.add_column("job", sa.Column("progress", sa.Integer(), nullable=True))
    name = op.f("ck_notification_notificationkind")
    op.drop_constraint(name, "notification", type_="check")
    kinds = ", ".join(f"'{kind}'" for kind in KINDS)
    op.create_check_constraint(name, "notification", f"kind in ({kinds})")
