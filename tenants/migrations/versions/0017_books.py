"""The books of a masterplan: chapters, sections, their revisions and drafts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    create_tenant_table(
        op,
        "book",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
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
            name=op.f("fk_book_tenant_id_masterplan_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_book_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_book")),
        sa.UniqueConstraint(
            "tenant_id",
            "masterplan_id",
            "number",
            name=op.f("uq_book_tenant_id_masterplan_id_number"),
        ),
        access=Access(city="SELECT, INSERT"),
    )
    create_tenant_table(
        op,
        "chapter",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("book_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("guidance", sa.Text(), nullable=False),
        sa.Column("guidance_en", sa.Text(), nullable=False),
        sa.Column("sources", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("sources_en", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("minimum_words", sa.Integer(), nullable=False),
        sa.Column(
            "owner_role",
            sa.Enum(
                "operator",
                "ministry_admin",
                "ministry_reader",
                "expert",
                "city_admin",
                "bappeda",
                "unit_operator",
                "unit_head",
                "council",
                "region_head",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=True),
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
        sa.CheckConstraint(
            "owner_role is null or owner_unit_id is null", name=op.f("ck_chapter_one_owner")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "book_id"],
            ["book.tenant_id", "book.id"],
            name=op.f("fk_chapter_tenant_id_book_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_chapter_tenant_id_owner_unit_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_chapter_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_chapter")),
        sa.UniqueConstraint(
            "tenant_id", "book_id", "code", name=op.f("uq_chapter_tenant_id_book_id_code")
        ),
        sa.UniqueConstraint(
            "tenant_id", "book_id", "ordinal", name=op.f("uq_chapter_tenant_id_book_id_ordinal")
        ),
    )
    create_tenant_table(
        op,
        "section",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("chapter_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "empty",
                "draft",
                "ready",
                "approved",
                name="sectionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "owner_role",
            sa.Enum(
                "operator",
                "ministry_admin",
                "ministry_reader",
                "expert",
                "city_admin",
                "bappeda",
                "unit_operator",
                "unit_head",
                "council",
                "region_head",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("owner_unit_id", sa.Uuid(), nullable=True),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("claimed_by", sa.Uuid(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.CheckConstraint(
            "owner_role is null or owner_unit_id is null", name=op.f("ck_section_one_owner")
        ),
        sa.ForeignKeyConstraint(["claimed_by"], ["person.id"], name=op.f("fk_section_claimed_by")),
        sa.ForeignKeyConstraint(["edited_by"], ["person.id"], name=op.f("fk_section_edited_by")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "chapter_id"],
            ["chapter.tenant_id", "chapter.id"],
            name=op.f("fk_section_tenant_id_chapter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "owner_unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_section_tenant_id_owner_unit_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_section_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_section")),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    op.create_index(
        op.f("ix_section_tenant_id_chapter_id_ordinal"),
        "section",
        ["tenant_id", "chapter_id", "ordinal"],
        unique=False,
    )
    create_tenant_table(
        op,
        "section_draft",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "autosave",
                "conflict",
                name="draftkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
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
            ["person_id"], ["person.id"], name=op.f("fk_section_draft_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "section_id"],
            ["section.tenant_id", "section.id"],
            name=op.f("fk_section_draft_tenant_id_section_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_section_draft_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_section_draft")),
        sa.UniqueConstraint(
            "tenant_id",
            "section_id",
            "person_id",
            "base_version",
            name=op.f("uq_section_draft_tenant_id_section_id_person_id_base_version"),
        ),
        access=Access(city="SELECT, INSERT, UPDATE, DELETE"),
    )
    op.create_index(
        op.f("ix_section_draft_person_id"), "section_draft", ["person_id"], unique=False
    )
    create_tenant_table(
        op,
        "section_revision",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("section_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("section_version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("edited_by", sa.Uuid(), nullable=True),
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
            ["edited_by"], ["person.id"], name=op.f("fk_section_revision_edited_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "section_id"],
            ["section.tenant_id", "section.id"],
            name=op.f("fk_section_revision_tenant_id_section_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_section_revision_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_section_revision")),
        sa.UniqueConstraint(
            "tenant_id",
            "section_id",
            "number",
            name=op.f("uq_section_revision_tenant_id_section_id_number"),
        ),
        access=Access(city="SELECT, INSERT"),
    )
    widen_enum(
        op,
        "notification",
        "kind",
        "section_assigned",
        "section_ready",
        "section_returned",
        "version_frozen",
        "plan_adopted",
    )
