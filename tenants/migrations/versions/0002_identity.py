"""People, accounts, memberships, sessions, tokens, invitations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import Access, create_tenant_table

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.execute("grant select on person to app_city, app_ministry, app_worker")
    op.execute("grant select, insert, update on person to app_identity")
    op.create_table(
        "account",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("language in ('id', 'en')", name=op.f("ck_account_language_known")),
        sa.CheckConstraint("email = lower(email)", name=op.f("ck_account_email_lower")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
    )
    op.execute("grant select, insert, update on account to app_identity")
    op.execute("grant select (person_id, email, language, active) on account to app_worker")
    op.create_table(
        "api_token",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("scopes", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("city_id", sa.Integer(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(["city_id"], ["tenant.id"], name=op.f("fk_api_token_city_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_person_id"), "api_token", ["person_id"], unique=False)
    op.execute("grant select, insert, update on api_token to app_identity")
    op.create_table(
        "browser_session",
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_browser_session_person_id")
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_browser_session")),
    )
    op.create_index(
        op.f("ix_browser_session_person_id"), "browser_session", ["person_id"], unique=False
    )
    op.execute("grant select, insert, update, delete on browser_session to app_identity")
    op.create_table(
        "sign_in_failure",
        sa.Column("key_hash", sa.LargeBinary(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name=op.f("pk_sign_in_failure")),
    )
    op.execute("grant select, insert, update, delete on sign_in_failure to app_identity")
    create_tenant_table(
        op,
        "invitation",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column(
            "role",
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
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
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
            ["invited_by"], ["person.id"], name=op.f("fk_invitation_invited_by")
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_invitation_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint(
            "tenant_id", "token_hash", name=op.f("uq_invitation_tenant_id_token_hash")
        ),
        access=Access(
            city="SELECT, INSERT, UPDATE (expires_at, updated_at)",
            worker="SELECT",
            ministry="SELECT, INSERT, UPDATE (expires_at, updated_at)",
            identity="SELECT, UPDATE (accepted_at, updated_at)",
        ),
    )
    op.create_index(op.f("ix_invitation_token_hash"), "invitation", ["token_hash"], unique=False)
    create_tenant_table(
        op,
        "membership",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
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
            nullable=False,
        ),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
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
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_membership_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_membership")),
        access=Access(
            city="SELECT, UPDATE (ended_at, updated_at)",
            worker="SELECT",
            ministry="SELECT, UPDATE (ended_at, updated_at)",
            identity="SELECT, INSERT",
        ),
    )
    op.create_index(op.f("ix_membership_person_id"), "membership", ["person_id"], unique=False)
    op.create_index(
        "uq_membership_current",
        "membership",
        ["tenant_id", "person_id", "role", "unit_id"],
        unique=True,
        postgresql_nulls_not_distinct=True,
        postgresql_where=sa.text("ended_at is null"),
    )
