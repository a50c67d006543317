"""Masterplans, programmes, versions, publications."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import Access, create_tenant_table

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    create_tenant_table(
        op,
        "masterplan",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("period_start", sa.Integer(), nullable=False),
        sa.Column("period_end", sa.Integer(), nullable=False),
        sa.Column("vision", sa.Text(), nullable=False),
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
        sa.CheckConstraint("period_end >= period_start", name=op.f("ck_masterplan_period")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_masterplan_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_masterplan_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_masterplan")),
        sa.UniqueConstraint(
            "tenant_id", "participation_id", name=op.f("uq_masterplan_tenant_id_participation_id")
        ),
    )
    create_tenant_table(
        op,
        "masterplan_version",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["person.id"], name=op.f("fk_masterplan_version_frozen_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_masterplan_version_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_masterplan_version_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_masterplan_version")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "number",
            name=op.f("uq_masterplan_version_tenant_id_masterplan_id_number"),
        ),
        access=Access(city="SELECT, INSERT"),
    )
    create_tenant_table(
        op,
        "mission",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_mission_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_mission_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_mission")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "ordinal",
            name=op.f("uq_mission_tenant_id_masterplan_id_ordinal"),
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    create_tenant_table(
        op,
        "goal",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mission_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "mission_id"],
            ["mission.tenant_id", "mission.id"],
            name=op.f("fk_goal_tenant_id_mission_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_goal_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_goal")),
        sa.UniqueConstraint(
            "tenant_id", "mission_id", "ordinal", name=op.f("uq_goal_tenant_id_mission_id_ordinal")
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    create_tenant_table(
        op,
        "publication",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_version_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("content_hash", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_version_id"],
            ["masterplan_version.tenant_id", "masterplan_version.id"],
            name=op.f("fk_publication_tenant_id_masterplan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_publication_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_publication")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_version_id",
            name=op.f("uq_publication_tenant_id_masterplan_version_id"),
        ),
        access=Access(
            city="SELECT, INSERT, UPDATE (published_at, updated_at, withdrawn_at)",
            public="withdrawn_at is null",
        ),
    )
    op.create_index(
        op.f("ix_publication_published_at"), "publication", ["published_at"], unique=False
    )
    create_tenant_table(
        op,
        "programme",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("dimension_id", sa.Uuid(), nullable=False),
        sa.Column("innovation_id", sa.Uuid(), nullable=True),
        sa.Column("lead_unit_id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=True),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("permendagri_code", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("sub_dimension", sa.Text(), nullable=False),
        sa.Column("activity", sa.Text(), nullable=False),
        sa.Column("partners", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("indicator_unit", sa.Text(), nullable=False),
        sa.Column("baseline", sa.Numeric(precision=20, scale=4), nullable=True),
        sa.Column(
            "horizon",
            sa.Enum(
                "short",
                "medium",
                "long",
                name="horizon",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("is_new", sa.Boolean(), nullable=False),
        sa.Column("is_quick_win", sa.Boolean(), nullable=False),
        sa.Column("sdgs", postgresql.ARRAY(sa.Integer()), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_programme_dimension_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "goal_id"],
            ["goal.tenant_id", "goal.id"],
            name=op.f("fk_programme_tenant_id_goal_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "innovation_id"],
            ["innovation.tenant_id", "innovation.id"],
            name=op.f("fk_programme_tenant_id_innovation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "lead_unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_programme_tenant_id_lead_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_programme_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_programme_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_programme")),
        sa.UniqueConstraint(
            "tenant_id", "innovation_id", name=op.f("uq_programme_tenant_id_innovation_id")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "code",
            name=op.f("uq_programme_tenant_id_masterplan_id_code"),
        ),
    )
    op.create_index(
        op.f("ix_programme_tenant_id_masterplan_id_dimension_id"),
        "programme",
        ["tenant_id", "masterplan_id", "dimension_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "budget",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "apbd",
                "apbn",
                "dak",
                "csr",
                "kpbu",
                "other",
                name="budgetsource",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_rupiah", sa.Numeric(precision=20, scale=2), nullable=False),
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
        sa.CheckConstraint("amount_rupiah >= 0", name=op.f("ck_budget_amount_rupiah_not_negative")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "programme_id"],
            ["programme.tenant_id", "programme.id"],
            name=op.f("fk_budget_tenant_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_budget_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_budget")),
        sa.UniqueConstraint(
            "tenant_id",
            "programme_id",
            "year",
            "source",
            name=op.f("uq_budget_tenant_id_programme_id_year_source"),
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    create_tenant_table(
        op,
        "programme_support",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "programme_id"],
            ["programme.tenant_id", "programme.id"],
            name=op.f("fk_programme_support_tenant_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_programme_support_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_programme_support_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_programme_support")),
        sa.UniqueConstraint(
            "tenant_id",
            "programme_id",
            "unit_id",
            name=op.f("uq_programme_support_tenant_id_programme_id_unit_id"),
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    create_tenant_table(
        op,
        "year_target",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("value", sa.Numeric(precision=20, scale=4), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["tenant_id", "programme_id"],
            ["programme.tenant_id", "programme.id"],
            name=op.f("fk_year_target_tenant_id_programme_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_year_target_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_year_target")),
        sa.UniqueConstraint(
            "tenant_id",
            "programme_id",
            "year",
            name=op.f("uq_year_target_tenant_id_programme_id_year"),
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
