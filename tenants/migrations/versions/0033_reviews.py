"""Remarks on masterplans, their rounds of review, and the verdicts of a round."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import OWN, Access, create_tenant_table, widen_enum

revision = "0033"
down_revision = "0032"

STAGES = (
    "invited",
    "assessed",
    "not_selected",
    "reserve",
    "selected",
    "committed",
    "instituted",
    "mentored",
    "presented",
    "revision",
    "accepted",
    "adopted",
    "implementing",
    "withdrawn",
    "not_finished",
)
SUBJECTS = (
    "innovation",
    "section",
    "programme",
    "vision",
    "mission",
    "goal",
    "readiness",
    "gap",
    "swot",
    "strategy",
)
BACKFILL = """
    update remark r set
      about = 'innovation',
      subject_id = r.innovation_id,
      subject_name = i.name,
      written_by = v.reviewer_id,
      quote = coalesce(case r.anchor
        when 'dimension' then (select d.code from dimension d where d.id = i.dimension_id)
        else to_jsonb(i) ->> r.anchor end, '')
    from innovation i, review v
    where i.tenant_id = r.tenant_id and i.id = r.innovation_id
      and v.tenant_id = r.tenant_id and v.id = r.review_id
"""
NATIONS = Access(ministry="SELECT, INSERT, UPDATE")


def _enum(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _stamps() -> list[sa.Column[datetime]]:
    return [
        sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
        for name in ("created_at", "updated_at")
    ]


def _round() -> None:
    create_tenant_table(
        op,
        "review_round",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("participation_id", sa.Uuid(), nullable=False),
        sa.Column("masterplan_version_id", sa.Uuid(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("presented_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", _enum("stage", *STAGES), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_stamps(),
        sa.ForeignKeyConstraint(
            ["tenant_id", "participation_id"],
            ["participation.tenant_id", "participation.id"],
            name=op.f("fk_review_round_tenant_id_participation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "masterplan_version_id"],
            ["masterplan_version.tenant_id", "masterplan_version.id"],
            name=op.f("fk_review_round_tenant_id_masterplan_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_review_round_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_review_round")),
        sa.UniqueConstraint(
            "tenant_id",
            "participation_id",
            "number",
            name=op.f("uq_review_round_tenant_id_participation_id_number"),
        ),
        access=NATIONS,
    )


def _verdict() -> None:
    create_tenant_table(
        op,
        "round_verdict",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "verdict",
            _enum("roundverdictkind", "accepted", "with_remarks", "revise"),
            nullable=False,
        ),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_stamps(),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_round_verdict_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "round_id"],
            ["review_round.tenant_id", "review_round.id"],
            name=op.f("fk_round_verdict_tenant_id_round_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_round_verdict_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_round_verdict")),
        sa.UniqueConstraint(
            "tenant_id",
            "round_id",
            "person_id",
            name=op.f("uq_round_verdict_tenant_id_round_id_person_id"),
        ),
        access=NATIONS,
    )


def _widen_remark() -> None:
    for column in (
        sa.Column("masterplan_id", sa.Uuid(), nullable=True),
        sa.Column("round_id", sa.Uuid(), nullable=True),
        sa.Column("about", sa.String(40), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("subject_name", sa.Text(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("block_id", sa.Text(), nullable=True),
        sa.Column("quote", sa.Text(), server_default="", nullable=False),
        sa.Column("excerpt", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=True),
        sa.Column("reply", sa.Text(), server_default="", nullable=False),
    ):
        op.add_column("remark", column)
    for name in ("quote", "excerpt", "reply"):
        op.alter_column("remark", name, server_default=None)
    for name in ("review_id", "innovation_id"):
        op.alter_column("remark", name, nullable=True)


def _backfill() -> None:
    # The owner's own policies are none: it sees the rows of all cities only unforced.
    tables = ("remark", "innovation", "review")
    for table in tables:
        op.execute(f"alter table {table} no force row level security")
    op.execute(BACKFILL)
    for table in tables:
        op.execute(f"alter table {table} force row level security")
    for name in ("about", "subject_id", "subject_name", "written_by"):
        op.alter_column("remark", name, nullable=False)


def _constrain_remark() -> None:
    listed = ", ".join(f"'{each}'" for each in SUBJECTS)
    for name, rule in (
        ("remarkabout", f"about in ({listed})"),
        ("one_owner", "(innovation_id is null) <> (masterplan_id is null)"),
        ("reviewed", "(review_id is null) = (innovation_id is null)"),
    ):
        op.create_check_constraint(op.f(f"ck_remark_{name}"), "remark", rule)
    for column, owner in (("masterplan_id", "masterplan"), ("round_id", "review_round")):
        op.create_foreign_key(
            op.f(f"fk_remark_tenant_id_{column}"),
            "remark",
            owner,
            ["tenant_id", column],
            ["tenant_id", "id"],
        )
    op.create_foreign_key(op.f("fk_remark_written_by"), "remark", "person", ["written_by"], ["id"])
    for column in ("masterplan_id", "subject_id"):
        op.create_index(op.f(f"ix_remark_tenant_id_{column}"), "remark", ["tenant_id", column])


def upgrade() -> None:
    _round()
    _verdict()
    _widen_remark()
    _backfill()
    _constrain_remark()
    # The ministry writes and settles remarks on masterplans.
    op.execute("grant insert, update on remark to app_ministry")
    op.execute(
        f"create policy app_ministry_insert on remark for insert to app_ministry with check ({OWN})"
    )
    op.execute(
        "create policy app_ministry_update on remark for update to app_ministry"
        f" using ({OWN}) with check ({OWN})"
    )
    widen_enum(
        op,
        "notification",
        "kind",
        "plan_remark",
        "remarks_answered",
        "remark_reopened",
        "remarks_settled",
        "round_opened",
        "round_accepted",
        "round_with_remarks",
        "round_revise",
    )
