"""Where a replicated innovation came from, who replicates a city's, and how many do."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0034"
down_revision = "0033"

OWN = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"


def upgrade() -> None:
    _table(
        "innovation_origin",
        "origin_id",
        sa.Column("item_id", sa.Uuid(), nullable=False),
        sa.Column("item_name", sa.Text(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        unique=["innovation_id"],
        indexes=[["origin_id", "item_id"]],
        access=Access(city="SELECT, INSERT", worker="SELECT"),
    )
    _table(
        "replication",
        "adopter_id",
        sa.Column("copy_id", sa.Uuid(), nullable=False),
        unique=["adopter_id", "copy_id"],
        indexes=[["innovation_id"], ["created_at", "id"]],
        access=Access(city="SELECT", worker="SELECT, INSERT"),
    )
    op.add_column(
        "published_item",
        sa.Column("replications", sa.Integer(), server_default="0", nullable=False),
    )
    op.alter_column("published_item", "replications", server_default=None)
    # The worker alone counts anew; a city writes the number with the copy.
    op.execute("grant update (replications, updated_at) on published_item to app_worker")
    op.execute(
        "create policy app_worker_update on published_item for update to app_worker"
        f" using ({OWN}) with check ({OWN})"
    )
    widen_enum(op, "notification", "kind", "innovation_replicated")


def _table(
    name: str,
    other: str,
    *columns: sa.Column[Any],
    unique: list[str],
    indexes: list[list[str]],
    access: Access,
) -> None:
    """A table about one of the tenant's innovations and another city, whose tenant is `other`."""
    create_tenant_table(
        op,
        name,
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("innovation_id", sa.Uuid(), nullable=False),
        sa.Column(other, sa.Integer(), nullable=False),
        *columns,
        *(
            sa.Column(
                stamp, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
            )
            for stamp in ("created_at", "updated_at")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "innovation_id"],
            ["innovation.tenant_id", "innovation.id"],
            name=op.f(f"fk_{name}_tenant_id_innovation_id"),
        ),
        sa.ForeignKeyConstraint([other], ["tenant.id"], name=op.f(f"fk_{name}_{other}")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f(f"fk_{name}_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "tenant_id", *unique, name=op.f("_".join(["uq", name, "tenant_id", *unique]))
        ),
        access=access,
    )
    for columns_ in indexes:
        index = op.f("_".join(["ix", name, "tenant_id", *columns_]))
        op.create_index(index, name, ["tenant_id", *columns_], unique=False)
