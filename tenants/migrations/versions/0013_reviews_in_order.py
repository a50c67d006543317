"""Reviews of an innovation are found in order of time, the last one without the others."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index(
        op.f("ix_review_tenant_id_innovation_id_id"),
        "review",
        ["tenant_id", "innovation_id", "id"],
    )
    op.drop_index(op.f("ix_review_tenant_id_innovation_id"), table_name="review")
