"""Words of innovations and programmes, and what of them everybody may find."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from kotacerdas.migration import EVERY, Access, create_tenant_table

revision = "0029"
down_revision = "0028"

NAME = r"""
    setweight(to_tsvector('indonesian'::regconfig, translate(name, '/<>', '   ')), 'A')
    || setweight(to_tsvector('simple'::regconfig, translate(name, '/<>', '   ')), 'A')
    || setweight(to_tsvector('simple'::regconfig, replace(regexp_replace(
        translate(name, '/<>', '   '), '\m([[:alpha:]]) (?=\w)', '\1', 'g'), '-', '')), 'A')
    || setweight(to_tsvector('indonesian'::regconfig, translate({body}, '<>', '  ')), 'C')
"""
BODIES = {
    "innovation": "problem || ' ' || solution || ' ' || benefit || ' ' || uniqueness || ' '"
    " || partners",
    "programme": "description || ' ' || activity || ' ' || sub_dimension || ' ' || indicator"
    " || ' ' || partners || ' ' || place",
}


def upgrade() -> None:
    for table, body in BODIES.items():
        words = sa.Computed(NAME.format(body=body), persisted=True)
        op.add_column(table, sa.Column("search", postgresql.TSVECTOR(), words))
        op.create_index(
            op.f(f"ix_{table}_search"), table, ["search"], postgresql_using="gin", unique=False
        )
    create_tenant_table(
        op,
        "published_item",
        sa.Column("tenant_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("version_number", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "innovation",
                "programme",
                name="itemkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dimension_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit_name", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("replications", sa.Integer(), nullable=False),
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
        sa.Column(
            "search",
            postgresql.TSVECTOR(),
            sa.Computed(NAME.format(body="body"), persisted=True),
        ),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_published_item_dimension_id")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "publication_id"],
            ["publication.tenant_id", "publication.id"],
            name=op.f("fk_published_item_tenant_id_publication_id"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_published_item_tenant_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_published_item")),
        access=Access(
            city="SELECT, INSERT, UPDATE (replications, updated_at), DELETE", public=EVERY
        ),
    )
    op.create_index(
        op.f("ix_published_item_tenant_id_publication_id"),
        "published_item",
        ["tenant_id", "publication_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_published_item_search"),
        "published_item",
        ["search"],
        postgresql_using="gin",
        unique=False,
    )
