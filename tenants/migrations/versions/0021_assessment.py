"""Instruments, assessments by several assessors, decisions on cohorts, verdicts; modes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import Access, create_tenant_table, widen_enum

revision = "0021"
down_revision = "0020"

READERS = "app_city, app_ministry, app_identity, app_worker"
KINDS = ("assessment_assigned", "verdict_selected", "verdict_reserve", "verdict_not_selected")

USED = """
create function app.refuse_used_instrument() returns trigger language plpgsql as $$
declare
  used uuid;
  years text;
begin
  if tg_table_name = 'instrument' then
    if tg_op = 'UPDATE' and (new.code, new.name, new.name_en, new.state)
        is not distinct from (old.code, old.name, old.name_en, old.state) then
      return new;
    end if;
    used := old.id;
  else
    used := coalesce(new.instrument_id, old.instrument_id);
  end if;
  select string_agg(c.year::text, ', ' order by c.year) into years
    from public.cohort c join public.cohort_instrument i on i.cohort_id = c.id
    where i.instrument_id = used;
  if years is not null then
    raise exception 'cohorts % use this instrument: it cannot change', years;
  end if;
  return coalesce(new, old);
end $$
"""


def upgrade() -> None:
    _national()
    _rights()
    _tenants()
    widen_enum(op, "notification", "kind", *KINDS)


def _national() -> None:
    op.create_table(
        "instrument",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "active",
                name="editionstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
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
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument")),
        sa.UniqueConstraint("code", name=op.f("uq_instrument_code")),
    )
    op.create_table(
        "instrument_parameter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("weight", sa.Numeric(precision=5, scale=2), nullable=False),
        sa.Column("scale_minimum", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("scale_maximum", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("evidence_needed", sa.Text(), nullable=False),
        sa.Column("evidence_required", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "scale_maximum > scale_minimum", name=op.f("ck_instrument_parameter_scale")
        ),
        sa.CheckConstraint("weight > 0", name=op.f("ck_instrument_parameter_weight")),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_instrument_parameter_instrument_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instrument_parameter")),
        sa.UniqueConstraint(
            "instrument_id", "code", name=op.f("uq_instrument_parameter_instrument_id_code")
        ),
    )
    op.create_table(
        "cohort_instrument",
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_cohort_instrument_cohort_id")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_cohort_instrument_instrument_id")
        ),
        sa.PrimaryKeyConstraint("cohort_id", name=op.f("pk_cohort_instrument")),
    )
    op.create_table(
        "selection_decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cohort_id", sa.Uuid(), nullable=False),
        sa.Column("letter_number", sa.Text(), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=False),
        sa.Column("publish_scores", sa.Boolean(), nullable=False),
        sa.Column("verdicts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column(
            "decided_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohort.id"], name=op.f("fk_selection_decision_cohort_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection_decision")),
    )
    op.add_column(
        "participation",
        sa.Column(
            "mode",
            sa.Enum(
                "invitation",
                "selection",
                "own_initiative",
                name="participationmode",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            server_default="invitation",
            nullable=False,
        ),
    )


def _rights() -> None:
    for table in ("instrument", "instrument_parameter", "cohort_instrument"):
        op.execute(f"grant select on {table} to {READERS}")
        op.execute(f"grant insert, update on {table} to app_ministry")
    op.execute("grant delete on instrument_parameter to app_ministry")
    op.execute("grant select, insert on selection_decision to app_ministry")
    op.execute("grant select on selection_decision to app_worker")
    op.execute("grant update (applied_at) on selection_decision to app_worker")
    op.execute(USED)
    events = {
        "instrument": "update or delete",
        "instrument_parameter": "insert or update or delete",
    }
    for table, event in events.items():
        op.execute(
            f"create trigger refuse_used_instrument before {event} on {table}"
            " for each row execute function app.refuse_used_instrument()"
        )


def _tenants() -> None:
    create_tenant_table(
        op,
        "assessment",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("instrument_id", sa.Uuid(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "submitted",
                name="assessmentstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
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
            ["assessor_id"], ["person.id"], name=op.f("fk_assessment_assessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["instrument_id"], ["instrument.id"], name=op.f("fk_assessment_instrument_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_assessment_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenant.id"], name=op.f("fk_assessment_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assessment")),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            "assessor_id",
            name=op.f("uq_assessment_tenant_id_participation_id_assessor_id"),
        ),
        access=Access(ministry="SELECT, INSERT, UPDATE"),
    )
    op.create_index(op.f("ix_assessment_assessor_id"), "assessment", ["assessor_id"], unique=False)
    create_tenant_table(
        op,
        "assessment_evidence",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("parameter_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
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
            ["parameter_id"],
            ["instrument_parameter.id"],
            name=op.f("fk_assessment_evidence_parameter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_assessment_evidence_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_assessment_evidence_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assessment_evidence")),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            "parameter_id",
            name=op.f("uq_assessment_evidence_tenant_id_participation_id_parameter_id"),
        ),
    )
    create_tenant_table(
        op,
        "selection_verdict",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum(
                "selected",
                "reserve",
                "not_selected",
                name="verdictkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("letter_number", sa.Text(), nullable=False),
        sa.Column("letter_date", sa.Date(), nullable=False),
        sa.Column("reserve_rank", sa.Integer(), nullable=True),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("is_published", sa.Boolean(), nullable=False),
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
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_selection_verdict_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_selection_verdict_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_selection_verdict")),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            name=op.f("uq_selection_verdict_tenant_id_participation_id"),
        ),
        access=Access(city="SELECT", worker="SELECT, INSERT, UPDATE"),
    )
    create_tenant_table(
        op,
        "assessment_answer",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assessment_id", sa.Uuid(), nullable=False),
        sa.Column("parameter_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Numeric(precision=8, scale=2), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=True),
        sa.Column("link", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
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
            ["parameter_id"],
            ["instrument_parameter.id"],
            name=op.f("fk_assessment_answer_parameter_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "assessment_id"],
            ["assessment.tenant_id", "assessment.id"],
            name=op.f("fk_assessment_answer_tenant_id_assessment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_assessment_answer_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assessment_answer")),
        sa.UniqueConstraint(
            "tenant_id",
            "assessment_id",
            "parameter_id",
            name=op.f("uq_assessment_answer_tenant_id_assessment_id_parameter_id"),
        ),
        access=Access(ministry="SELECT, INSERT, UPDATE"),
    )
