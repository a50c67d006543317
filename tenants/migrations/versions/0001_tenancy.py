"""The anchor of tenants and the context of a transaction."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

SET_CONTEXT = """
create function app.set_context(tenant int, person uuid) returns void language plpgsql as $$
declare
  held text := nullif(current_setting('app.tenant_id', true), '');
begin
  if held is not null and held is distinct from tenant::text then
    raise exception 'this transaction works for tenant %, it cannot turn to %', held, tenant
      using errcode = 'insufficient_privilege',
        hint = 'open a transaction of its own for each tenant';
  end if;
  execute format('set local app.tenant_id = %L', coalesce(tenant::text, ''));
  execute format('set local app.person_id = %L', coalesce(person::text, ''));
end $$
"""


def upgrade() -> None:
    op.execute(
        "grant select on alembic_version"
        " to app_city, app_ministry, app_identity, app_worker, app_relay"
    )
    op.execute("create schema app")
    op.execute(SET_CONTEXT)
    op.execute("grant usage on schema app to public")
    op.create_table(
        "tenant",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
    )
    op.execute("grant select on tenant to app_city, app_ministry, app_identity, app_worker")
    op.execute("grant insert on tenant to app_ministry")
    op.execute("insert into tenant (id) values (0)")
