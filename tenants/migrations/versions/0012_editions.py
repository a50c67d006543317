"""Guide editions as data: states, sub-dimensions, aliases; immutable once a cohort uses one."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"

READERS = "app_city, app_ministry, app_identity, app_worker"

USED = """
create function app.refuse_used_edition() returns trigger language plpgsql as $$
declare
  edition uuid;
  years text;
begin
  if tg_table_name = 'guide_edition' then
    if tg_op = 'UPDATE' and (new.code, new.rules, new.name, new.name_en, new.state)
        is not distinct from (old.code, old.rules, old.name, old.name_en, old.state) then
      return new;
    end if;
    edition := old.id;
  elsif tg_table_name = 'dimension' then
    edition := coalesce(new.edition_id, old.edition_id);
  else
    select d.edition_id into edition from public.dimension d
      where d.id = coalesce(new.dimension_id, old.dimension_id);
  end if;
  select string_agg(year::text, ', ' order by year) into years
    from public.cohort where edition_id = edition;
  if years is not null then
    raise exception 'cohorts % follow this edition: it cannot change', years;
  end if;
  return coalesce(new, old);
end $$
"""


def _aliases() -> sa.Column[list[str]]:
    return sa.Column(
        "aliases", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
    )


def upgrade() -> None:
    states = sa.Enum(
        "draft",
        "active",
        name="editionstate",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.add_column(
        "guide_edition", sa.Column("name_en", sa.Text(), server_default="", nullable=False)
    )
    op.add_column(
        "guide_edition", sa.Column("state", states, server_default="active", nullable=False)
    )
    for table in ("guide_edition", "cohort"):
        op.add_column(table, sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        op.alter_column(table, "version", server_default=None)
    op.add_column(
        "dimension", sa.Column("description_en", sa.Text(), server_default="", nullable=False)
    )
    op.add_column("dimension", _aliases())
    op.create_table(
        "sub_dimension",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("dimension_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        _aliases(),
        sa.ForeignKeyConstraint(
            ["dimension_id"], ["dimension.id"], name=op.f("fk_sub_dimension_dimension_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sub_dimension")),
        sa.UniqueConstraint(
            "dimension_id", "code", name=op.f("uq_sub_dimension_dimension_id_code")
        ),
    )
    op.execute(f"grant select on sub_dimension to {READERS}")
    op.execute("grant insert, update, delete on sub_dimension to app_ministry")
    op.execute("grant delete on dimension to app_ministry")
    _widen_shipped()
    _protect_used()


def _widen_shipped() -> None:
    """Give editions of the first form the codes that outputs lacked, and their own pillars' parts.

    Their rules held the pillars too, which are rows.
    """
    op.execute(
        """
        insert into sub_dimension (id, dimension_id, code, ordinal, name, name_en, aliases)
        select gen_random_uuid(), d.id, part.value ->> 'code', part.ordinality,
          part.value #>> '{name,id}', part.value #>> '{name,en}',
          array(select jsonb_array_elements_text(coalesce(part.value -> 'aliases', '[]')))
        from guide_edition e
        cross join lateral jsonb_array_elements(coalesce(e.rules -> 'dimensions', '[]')) pillar
        join dimension d on d.edition_id = e.id and d.code = pillar ->> 'code'
        cross join lateral jsonb_array_elements(pillar -> 'sub_dimensions')
          with ordinality part(value, ordinality)
        """
    )
    op.execute(
        """
        update dimension d set
          aliases = array(select jsonb_array_elements_text(pillar -> 'aliases')),
          description_en = coalesce(pillar #>> '{description,en}', '')
        from guide_edition e
        cross join lateral jsonb_array_elements(coalesce(e.rules -> 'dimensions', '[]')) pillar
        where d.edition_id = e.id and d.code = pillar ->> 'code'
        """
    )
    op.execute("update guide_edition set name_en = name")
    op.execute(
        """
        update guide_edition set rules = jsonb_set(rules - 'dimensions', '{bimtek}', (
          select coalesce(jsonb_agg(jsonb_set(stage, '{outputs}', (
            select coalesce(jsonb_agg(case when output.value ? 'code' then output.value else
              jsonb_build_object('code', concat('output-', output.ordinality), 'name', output.value)
            end order by output.ordinality), '[]')
            from jsonb_array_elements(stage -> 'outputs')
              with ordinality output(value, ordinality)
          ))), '[]')
          from jsonb_array_elements(coalesce(rules -> 'bimtek', '[]')) stage
        ))
        where rules ? 'dimensions'
        """
    )


def _protect_used() -> None:
    op.execute(USED)
    events = {
        "guide_edition": "update or delete",
        "dimension": "insert or update or delete",
        "sub_dimension": "insert or update or delete",
    }
    for table, event in events.items():
        op.execute(
            f"create trigger refuse_used_edition before {event} on {table}"
            " for each row execute function app.refuse_used_edition()"
        )
