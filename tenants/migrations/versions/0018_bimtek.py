"""Workshops with their lists, attendance, outputs and certificates."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    create_tenant_table(
        op,
        "workshop",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column(
            "mode",
            sa.Enum(
                "onsite",
                "online",
                "hybrid",
                name="workshopmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opener", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "cancelled",
                name="workshopstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=True),
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
        sa.CheckConstraint("ends_at >= starts_at", name=op.f("ck_workshop_span")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_workshop_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop")),
        access=Access(ministry="SELECT, INSERT, UPDATE"),
    )
    op.create_index(
        "uq_workshop_standing",
        "workshop",
        ["tenant_id", "participation_id", "ordinal"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )
    create_tenant_table(
        op,
        "workshop_certificate",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("sessions_attended", sa.Integer(), nullable=False),
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
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_workshop_certificate_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_workshop_certificate_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_certificate_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_certificate")),
        sa.UniqueConstraint(
            "tenant_id", "number", name=op.f("uq_workshop_certificate_tenant_id_number")
        ),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            "unit_id",
            "name_key",
            name=op.f("uq_workshop_certificate_tenant_id_participation_id_unit_id_name_key"),
        ),
        access=Access(ministry="SELECT, INSERT, UPDATE"),
    )
    create_tenant_table(
        op,
        "workshop_output",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "delivered",
                "accepted",
                name="outputstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("delivered_by", sa.Uuid(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
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
            ["decided_by"], ["person.id"], name=op.f("fk_workshop_output_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["delivered_by"], ["person.id"], name=op.f("fk_workshop_output_delivered_by")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_workshop_output_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_output_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_output")),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            "ordinal",
            "code",
            name=op.f("uq_workshop_output_tenant_id_participation_id_ordinal_code"),
        ),
        access=Access(ministry="SELECT, INSERT, UPDATE"),
    )
    create_tenant_table(
        op,
        "workshop_agenda_item",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
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
            ["tenant_id", "workshop_id"],
            ["workshop.tenant_id", "workshop.id"],
            name=op.f("fk_workshop_agenda_item_tenant_id_workshop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_agenda_item_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_agenda_item")),
        access=Access(
            city="SELECT, INSERT, UPDATE, DELETE", ministry="SELECT, INSERT, UPDATE, DELETE"
        ),
    )
    op.create_index(
        op.f("ix_workshop_agenda_item_tenant_id_workshop_id"),
        "workshop_agenda_item",
        ["tenant_id", "workshop_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "workshop_attendance",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("position", sa.Text(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum(
                "present",
                "excused",
                "absent",
                name="presence",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
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
            ["tenant_id", "unit_id"],
            ["unit.tenant_id", "unit.id"],
            name=op.f("fk_workshop_attendance_tenant_id_unit_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workshop_id"],
            ["workshop.tenant_id", "workshop.id"],
            name=op.f("fk_workshop_attendance_tenant_id_workshop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_attendance_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_attendance")),
        sa.UniqueConstraint(
            "tenant_id",
            "workshop_id",
            "unit_id",
            "name_key",
            name=op.f("uq_workshop_attendance_tenant_id_workshop_id_unit_id_name_key"),
        ),
    )
    create_tenant_table(
        op,
        "workshop_material",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
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
            ["tenant_id", "workshop_id"],
            ["workshop.tenant_id", "workshop.id"],
            name=op.f("fk_workshop_material_tenant_id_workshop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_material_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_material")),
        access=Access(
            city="SELECT, INSERT, UPDATE, DELETE", ministry="SELECT, INSERT, UPDATE, DELETE"
        ),
    )
    op.create_index(
        op.f("ix_workshop_material_tenant_id_workshop_id"),
        "workshop_material",
        ["tenant_id", "workshop_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "workshop_speaker",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("affiliation", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
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
            ["person_id"], ["person.id"], name=op.f("fk_workshop_speaker_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "workshop_id"],
            ["workshop.tenant_id", "workshop.id"],
            name=op.f("fk_workshop_speaker_tenant_id_workshop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_speaker_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_speaker")),
        access=Access(
            city="SELECT, INSERT, UPDATE, DELETE", ministry="SELECT, INSERT, UPDATE, DELETE"
        ),
    )
    op.create_index(
        op.f("ix_workshop_speaker_tenant_id_workshop_id"),
        "workshop_speaker",
        ["tenant_id", "workshop_id"],
        unique=False,
    )
    create_tenant_table(
        op,
        "workshop_visit",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("workshop_id", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("visited_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
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
            ["tenant_id", "workshop_id"],
            ["workshop.tenant_id", "workshop.id"],
            name=op.f("fk_workshop_visit_tenant_id_workshop_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_workshop_visit_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_workshop_visit")),
        access=Access(
            city="SELECT, INSERT, UPDATE, DELETE", ministry="SELECT, INSERT, UPDATE, DELETE"
        ),
    )
    op.create_index(
        op.f("ix_workshop_visit_tenant_id_workshop_id"),
        "workshop_visit",
        ["tenant_id", "workshop_id"],
        unique=False,
    )
    widen_enum(
        op,
        "notification",
        "kind",
        "workshop_scheduled",
        "workshop_moved",
        "workshop_cancelled",
        "workshop_missed",
        "output_accepted",
        "output_returned",
    )
