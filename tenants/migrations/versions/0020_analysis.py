"""Source documents, citations, readiness, gaps, SWOT and strategies; indicators of goals."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import Access, create_tenant_table

revision = "0020"
down_revision = "0019"

WRITTEN = Access(city="SELECT, INSERT, UPDATE, DELETE")
"""A statement of a working copy can be left out again; frozen versions keep it."""


def upgrade() -> None:
    create_tenant_table(
        op,
        "source_document",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "rpjmd",
                "rkpd",
                "renstra",
                "rtrw",
                "bps",
                "regulation",
                "other",
                name="sourcekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
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
            ["tenant_id"], ["tenant.id"], name=op.f("fk_source_document_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_source_document")),
        access=WRITTEN,
    )
    create_tenant_table(
        op,
        "citation",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "about",
            sa.Enum(
                "vision",
                "mission",
                "goal",
                "readiness",
                "gap",
                "swot",
                name="statementkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("statement_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("source_document_id", sa.Uuid(), nullable=True),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("indicator", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
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
            name=op.f("fk_citation_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "source_document_id"],
            ["source_document.tenant_id", "source_document.id"],
            name=op.f("fk_citation_tenant_id_source_document_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_citation_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_citation")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "about",
            "statement_id",
            "ordinal",
            name=op.f("uq_citation_tenant_id_masterplan_id_about_statement_id_ordinal"),
        ),
        access=WRITTEN,
    )
    op.create_index(
        op.f("ix_citation_tenant_id_source_document_id"),
        "citation",
        ["tenant_id", "source_document_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "gap",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("dimension_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("wanted", sa.Text(), nullable=False),
        sa.Column("gap", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
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
            ["dimension_id"], ["dimension.id"], name=op.f("fk_gap_dimension_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_gap_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_gap_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_gap")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "dimension_id",
            "ordinal",
            name=op.f("uq_gap_tenant_id_masterplan_id_dimension_id_ordinal"),
        ),
        access=WRITTEN,
    )
    create_tenant_table(
        op,
        "readiness",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
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
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_readiness_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_readiness_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_readiness")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "element",
            "part",
            name=op.f("uq_readiness_tenant_id_masterplan_id_element_part"),
        ),
        access=WRITTEN,
    )
    create_tenant_table(
        op,
        "swot_point",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "strength",
                "weakness",
                "opportunity",
                "threat",
                name="swotkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=5, scale=4), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
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
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_swot_point_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_swot_point_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_swot_point")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "kind",
            "ordinal",
            name=op.f("uq_swot_point_tenant_id_masterplan_id_kind_ordinal"),
        ),
        access=WRITTEN,
    )
    create_tenant_table(
        op,
        "swot_strategy",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "so",
                "wo",
                "st",
                "wt",
                name="strategykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
            ["tenant_id", "masterplan_id"],
            ["masterplan.tenant_id", "masterplan.id"],
            name=op.f("fk_swot_strategy_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_swot_strategy_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_swot_strategy")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "kind",
            "ordinal",
            name=op.f("uq_swot_strategy_tenant_id_masterplan_id_kind_ordinal"),
        ),
        access=WRITTEN,
    )
    create_tenant_table(
        op,
        "swot_strategy_point",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("strategy_id", sa.Uuid(), nullable=False),
        sa.Column("swot_point_id", sa.Uuid(), nullable=False),
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
            ["tenant_id", "strategy_id"],
            ["swot_strategy.tenant_id", "swot_strategy.id"],
            name=op.f("fk_swot_strategy_point_tenant_id_strategy_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "swot_point_id"],
            ["swot_point.tenant_id", "swot_point.id"],
            name=op.f("fk_swot_strategy_point_tenant_id_swot_point_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_swot_strategy_point_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_swot_strategy_point")),
        sa.UniqueConstraint(
            "tenant_id",
            "strategy_id",
            "swot_point_id",
            name=op.f("uq_swot_strategy_point_tenant_id_strategy_id_swot_point_id"),
        ),
        access=WRITTEN,
    )
    op.add_column("goal", sa.Column("indicator", sa.Text(), nullable=False, server_default=""))
    op.add_column("goal", sa.Column("indicator_unit", sa.Text(), nullable=False, server_default=""))
    op.add_column("goal", sa.Column("baseline", sa.Numeric(precision=20, scale=4), nullable=True))
    op.add_column("goal", sa.Column("target", sa.Numeric(precision=20, scale=4), nullable=True))
    op.add_column("goal", sa.Column("target_year", sa.Integer(), nullable=True))
    op.add_column("goal", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("mission", sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
