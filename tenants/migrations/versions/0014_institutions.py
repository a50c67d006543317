"""Institutions, regulations, and who signed the commitments."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import create_tenant_table, widen_enum

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    create_tenant_table(
        op,
        "institution",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "dewan",
                "tim_pelaksana",
                "forum",
                name="institutionkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
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
            "valid_to is null or valid_to > valid_from", name=op.f("ck_institution_validity")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_institution_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_institution")),
    )
    op.create_index(
        "uq_institution_standing",
        "institution",
        ["tenant_id", "kind"],
        unique=True,
        postgresql_where=sa.text("valid_to is null"),
    )
    create_tenant_table(
        op,
        "institution_member",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column(
            "part",
            sa.Enum(
                "pembina",
                "pengarah",
                "ketua",
                "wakil_ketua",
                "sekretaris",
                "koordinator",
                "anggota",
                name="memberpart",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "element",
            sa.Enum(
                "government",
                "academia",
                "business",
                "community",
                "media",
                name="element",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
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
            "left_on is null or left_on >= joined_on", name=op.f("ck_institution_member_seat")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_institution_member_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "institution_id"],
            ["institution.tenant_id", "institution.id"],
            name=op.f("fk_institution_member_tenant_id_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_institution_member_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_institution_member_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_institution_member")),
    )
    op.create_index(
        op.f("ix_institution_member_tenant_id_institution_id"),
        "institution_member",
        ["tenant_id", "institution_id"],
        unique=False,
    )
    op.create_index(
        "uq_institution_member_chair",
        "institution_member",
        ["tenant_id", "institution_id"],
        unique=True,
        postgresql_where=sa.text("part = 'ketua' and left_on is null"),
    )
    create_tenant_table(
        op,
        "regulation",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "perwali",
                "perbup",
                "perda",
                "sk",
                "other",
                name="regulationkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "masterplan",
                "institution",
                "other",
                name="regulationsubject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("institution_id", sa.Uuid(), nullable=True),
        sa.Column("participation_id", sa.Uuid(), nullable=True),
        sa.Column("source_url", sa.Text(), nullable=True),
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
            ["tenant_id", "institution_id"],
            ["institution.tenant_id", "institution.id"],
            name=op.f("fk_regulation_tenant_id_institution_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_regulation_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_regulation_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_regulation")),
        sa.UniqueConstraint(
            "tenant_id",
            "kind",
            "number",
            "year",
            name=op.f("uq_regulation_tenant_id_kind_number_year"),
        ),
    )
    op.create_index(
        op.f("ix_regulation_tenant_id_institution_id"),
        "regulation",
        ["tenant_id", "institution_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_regulation_tenant_id_participation_id"),
        "regulation",
        ["tenant_id", "participation_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "commitment_signature",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column(
            "party",
            sa.Enum(
                "region_head",
                "deputy_head",
                "legislature",
                "ministry",
                "unit_head",
                "other",
                name="signatoryparty",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column(
            "signature",
            sa.Enum(
                "wet",
                "scanned",
                "tte",
                name="signaturekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("certificate_serial", sa.Text(), nullable=True),
        sa.Column("certificate_issuer", sa.Text(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("voided_at", sa.DateTime(timezone=True), nullable=True),
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
            "(party = 'unit_head') = (unit_id is not null)",
            name=op.f("ck_commitment_signature_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "commitment_id"],
            ["commitment.tenant_id", "commitment.id"],
            name=op.f("fk_commitment_signature_tenant_id_commitment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_commitment_signature_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_commitment_signature_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_commitment_signature")),
    )
    op.create_index(
        "uq_commitment_signature_unit",
        "commitment_signature",
        ["tenant_id", "commitment_id", "unit_id"],
        unique=True,
        postgresql_where=sa.text("voided_at is null"),
    )
    op.add_column("commitment", sa.Column("source_url", sa.Text(), nullable=True))
    op.add_column(
        "commitment", sa.Column("version", sa.Integer(), nullable=False, server_default="1")
    )
    op.alter_column("commitment", "version", server_default=None)
    widen_enum(op, "notification", "kind", "signatures_voided")
