"""Editions that rounds use, retired ones, cohorts planned first, and rules written out."""

import sqlalchemy as sa
from alembic import op

from kotacerdas.migration import widen_enum

revision = "0028"
down_revision = "0027"

USES = """
create function app.edition_uses(edition uuid) returns table (kind text, year int)
language sql stable as $$
  select 'cohort', c.year from public.cohort c where c.edition_id = edition
  union all
  select 'round', r.year from public.evaluation_round r where r.edition_id = edition
  order by 1, 2
$$
"""
USED = """
create or replace function app.refuse_used_edition() returns trigger language plpgsql as $$
declare
  edition uuid;
  uses text;
begin
  if tg_table_name = 'guide_edition' then
    if tg_op = 'UPDATE' and new.state <> 'draft' and (new.code, new.rules, new.name, new.name_en)
        is not distinct from (old.code, old.rules, old.name, old.name_en) then
      return new;
    end if;
    edition := old.id;
  elsif tg_table_name = 'dimension' then
    edition := coalesce(new.edition_id, old.edition_id);
  else
    select d.edition_id into edition from public.dimension d
      where d.id = coalesce(new.dimension_id, old.dimension_id);
  end if;
  select string_agg(u.kind || ' ' || u.year, ', ') into uses from app.edition_uses(edition) u;
  if uses is not null then
    raise exception 'this edition is followed by % and cannot change', uses;
  end if;
  return coalesce(new, old);
end $$
"""
RULES = """
update guide_edition set rules = rules || jsonb_build_object(
  'institutions', jsonb_build_object(
    'bodies', jsonb_build_array('dewan', 'tim_pelaksana'),
    'elements', jsonb_build_array('government', 'academia', 'business', 'community', 'media')
  ),
  'certificates', jsonb_build_object('attendance_percent', 75)
) || case when rules ? 'horizons' then '{}' else
  jsonb_build_object('horizons', jsonb_build_object('short', 1, 'medium', 5, 'long', 10))
end
"""


def upgrade() -> None:
    widen_enum(op, "guide_edition", "state", "retired")
    widen_enum(op, "instrument", "state", "retired")
    states = sa.Enum(
        "planned",
        "open",
        name="cohortstate",
        native_enum=False,
        create_constraint=True,
        length=40,
    )
    op.add_column("cohort", sa.Column("state", states, server_default="open", nullable=False))
    op.execute(USES)
    op.execute(USED)
    # What every edition has meant until now, written down: those in use too keep their meaning.
    op.execute("alter table guide_edition disable trigger refuse_used_edition")
    op.execute(RULES)
    op.execute("alter table guide_edition enable trigger refuse_used_edition")
