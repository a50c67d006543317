"""Planted holes: ways in which tenants could see one another, and which check sees each."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

SET_CONTEXT = import_module("tenants.migrations.versions.0001_tenancy").SET_CONTEXT
OWN = "tenant_id = nullif(current_setting('app.tenant_id', true), '')::int"
CATALOGUE, BEHAVIOUR, START = "catalogue", "behaviour", "start-up"


@dataclass(frozen=True)
class Hole:
    """How it is made and filled, which table shows it, and which checks must see it."""

    name: str
    plant: str
    fill: str
    caught_by: tuple[str, ...]
    table: str = "unit"


HOLES = [
    Hole(
        "a policy with OR true",
        f"alter policy app_city on unit using ({OWN} or true)",
        f"alter policy app_city on unit using ({OWN})",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "a second, permissive policy",
        "create policy helpful on unit for select to app_worker using (true)",
        "drop policy helpful on unit",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "a policy for everybody",
        "create policy helpful on unit for select to public using (true)",
        "drop policy helpful on unit",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "a policy without WITH CHECK",
        f"drop policy app_city on unit; create policy app_city on unit to app_city using ({OWN})",
        f"alter policy app_city on unit with check ({OWN})",
        (CATALOGUE,),
    ),
    Hole(
        "a policy whose WITH CHECK lets everything in",
        f"alter policy app_city on unit using ({OWN}) with check (true)",
        f"alter policy app_city on unit using ({OWN}) with check ({OWN})",
        (CATALOGUE, BEHAVIOUR),
    ),
    Hole(
        "a policy that is open where no context is set",
        "alter policy app_city on unit using (tenant_id = coalesce("
        "nullif(current_setting('app.tenant_id', true), '')::int, tenant_id))",
        f"alter policy app_city on unit using ({OWN})",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "a policy that is open only on a reused connection",
        f"alter policy app_city on unit using (current_setting('app.tenant_id', true) = ''"
        f" or {OWN})",
        f"alter policy app_city on unit using ({OWN})",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "a policy with a subquery",
        f"alter policy app_city on unit using ({OWN} and exists (select from tenant))",
        f"alter policy app_city on unit using ({OWN})",
        (CATALOGUE,),
    ),
    Hole(
        "row-level security not enabled",
        "alter table unit disable row level security",
        "alter table unit enable row level security",
        (CATALOGUE, BEHAVIOUR, START),
    ),
    Hole(
        "row-level security not forced",
        "alter table unit no force row level security",
        "alter table unit force row level security",
        (CATALOGUE, START),
    ),
    Hole(
        "a grant on a partition",
        "grant select on unit_p0 to app_city",
        "revoke select on unit_p0 from app_city",
        (CATALOGUE, START),
    ),
    Hole(
        "a right too many",
        "grant delete on unit to app_city",
        "revoke delete on unit from app_city",
        (CATALOGUE, BEHAVIOUR),
    ),
    Hole(
        "an update of tenant_id where rows of all tenants are reached",
        "grant update on job to app_relay",
        "revoke update on job from app_relay; grant update (announced_at, available_at, error,"
        " finished_at, lease_until, run_id, state, updated_at) on job to app_relay",
        (CATALOGUE, BEHAVIOUR),
        "job",
    ),
    Hole(
        "a foreign key that names another tenant",
        "alter table review add other_tenant int, add other_unit uuid, add constraint hole"
        " foreign key (other_tenant, other_unit) references unit (tenant_id, id)",
        "alter table review drop other_tenant, drop other_unit",
        (CATALOGUE,),
        "review",
    ),
    Hole(
        "a foreign key from a national to a tenant table",
        "alter table participant add tenant_id_of_unit int, add unit_id uuid, add constraint hole"
        " foreign key (tenant_id_of_unit, unit_id) references unit (tenant_id, id)",
        "alter table participant drop tenant_id_of_unit, drop unit_id",
        (CATALOGUE,),
        "participant",
    ),
    Hole(
        "a foreign key that sets null",
        "alter table review add unit_id uuid, add constraint hole foreign key (tenant_id, unit_id)"
        " references unit (tenant_id, id) on delete set null (unit_id)",
        "alter table review drop unit_id",
        (CATALOGUE,),
        "hole",
    ),
    Hole(
        "a unique constraint that begins without tenant_id",
        "alter table unit add constraint hole unique (name, tenant_id)",
        "alter table unit drop constraint hole",
        (CATALOGUE,),
    ),
    Hole(
        "a unique index without tenant_id on a partition",
        "create unique index hole on unit_p0 (short_name)",
        "drop index hole",
        (CATALOGUE,),
    ),
    Hole(
        "a context that outlives its transaction",
        """create or replace function app.set_context(tenant int, person uuid) returns void
        language plpgsql as $$ begin
          perform set_config('app.tenant_id', coalesce(tenant::text, ''), false);
          perform set_config('app.person_id', coalesce(person::text, ''), false);
        end $$""",
        f"drop function app.set_context(int, uuid); {SET_CONTEXT}",
        (CATALOGUE, BEHAVIOUR),
        "",
    ),
    Hole(
        "a trigger that copies rows to another table",
        """create table copied (like unit); grant select on copied to app_worker;
        create function copy_unit() returns trigger language plpgsql security definer as $$
        begin insert into copied select new.*; return null; end $$;
        create trigger copies after insert on unit for each row execute function copy_unit()""",
        "drop trigger copies on unit; drop function copy_unit(); drop table copied",
        (CATALOGUE, START),
        "copied",
    ),
    Hole(
        "a view with its owner's rights",
        "create view units as select * from unit; grant select on units to app_city",
        "drop view units",
        (CATALOGUE,),
        "units",
    ),
]


@dataclass(frozen=True)
class RoleHole:
    """What is done to `app_city`, and how start-up tells it."""

    name: str
    plant: str
    told: str


ROLE_HOLES = [
    RoleHole("bypasses", "alter role app_city bypassrls", "bypasses row-level security"),
    RoleHole("superuser", "alter role app_city superuser", "is a superuser"),
    RoleHole("owner", "alter table unit owner to app_city", "owns unit"),
    RoleHole(
        "inherits from the owner",
        "grant app_owner to app_city with inherit true",
        "inherits the rights of app_owner, which owns tables",
    ),
    RoleHole(
        "may become the owner",
        "grant app_owner to app_city with inherit false, set true",
        "may take the role of app_owner, which owns tables",
    ),
    RoleHole(
        "inherits from the ministry",
        "grant app_ministry to app_city with inherit true",
        "inherits the rights of app_ministry",
    ),
    RoleHole(
        "reads all data",
        "grant pg_read_all_data to app_city with inherit true",
        "inherits the rights of pg_read_all_data",
    ),
]
