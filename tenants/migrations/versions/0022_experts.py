"""Experts' assignments."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import OWN, PERSON, Access, create_tenant_table, widen_enum

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    create_tenant_table(
        op,
        "assignment",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "mentor",
                "assessor",
                name="expertpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("assigned_by", sa.Uuid(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaces_id", sa.Uuid(), nullable=True),
        sa.Column("handover", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
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
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_assignment_person_id")),
        sa.ForeignKeyConstraint(
            ["assigned_by"], ["person.id"], name=op.f("fk_assignment_assigned_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "replaces_id"],
            ["assignment.tenant_id", "assignment.id"],
            name=op.f("fk_assignment_tenant_id_replaces_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assignment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "tenant_id", "person_id", "cycle", name=op.f("uq_assignment_tenant_id_person_id_cycle")
        ),
        access=Access(
            city="SELECT, UPDATE (handover, version, updated_at)",
            worker="SELECT",
            ministry="SELECT, INSERT, UPDATE",
            identity="SELECT",
            identity_rows=PERSON,
        ),
    )
    op.create_index(op.f("ix_assignment_person_id"), "assignment", ["person_id"], unique=False)
    # Assigning gives the role; reassigning moves the reviews that were begun.
    op.execute("grant insert on membership to app_ministry")
    op.execute(
        "create policy app_ministry_insert on membership for insert to app_ministry"
        f" with check ({OWN})"
    )
    op.execute("grant update (reviewer_id, version, updated_at) on review to app_ministry")
    op.execute(
        "create policy app_ministry_update on review for update to app_ministry"
        f" using ({OWN}) with check ({OWN})"
    )
    widen_enum(op, "notification", "kind", "expert_assigned", "expert_released")
