"""Programmes refer to the part of their pillar, where the edition divides it."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"


def upgrade() -> None:
    op.add_column("programme", sa.Column("sub_dimension_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_programme_sub_dimension_id"),
        "programme",
        "sub_dimension",
        ["sub_dimension_id"],
        ["id"],
    )
    # What was typed is the part's name or code; other words stay as the city wrote them.
    op.execute("alter table programme no force row level security")
    op.execute(
        "update programme p set sub_dimension_id = s.id, sub_dimension = s.name"
        " from sub_dimension s where s.dimension_id = p.dimension_id"
        " and lower(p.sub_dimension) in (lower(s.code), lower(s.name), lower(s.name_en))"
    )
    op.execute("alter table programme force row level security")
