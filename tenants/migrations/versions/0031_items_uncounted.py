"""Published items are copies alone: nobody changes them, and nothing is counted on them."""

from alembic import op

revision = "0031"
down_revision = "0030"


def upgrade() -> None:
    for role in ("app_city", "app_worker"):
        op.execute(f"drop policy {role}_update on published_item")
        op.execute(f"revoke update (replications, updated_at) on published_item from {role}")
    op.drop_column("published_item", "replications")
