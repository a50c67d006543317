-- What the peer needs beside the product's tables: a login that may act as a city or the ministry,
-- counts by GROUP BY as views, and its outbox, written by a trigger that only its requests set off.
create schema bench;
create role bench_graphile login noinherit;
grant app_city, app_ministry to bench_graphile with inherit false, set true;
-- As for every contender: with partitions, planning each time costs more than a generic plan.
alter role bench_graphile set plan_cache_mode = 'force_generic_plan';
grant usage on schema bench, public to app_city, app_ministry, bench_graphile;
grant connect on database kotacerdas to bench_graphile;

create view bench.innovation_state_count with (security_invoker = true) as
  select tenant_id, state, count(*)::int as count from public.innovation group by tenant_id, state;
create view bench.innovation_dimension_count with (security_invoker = true) as
  select tenant_id, dimension_id, count(*)::int as count
  from public.innovation group by tenant_id, dimension_id;
grant select on bench.innovation_state_count, bench.innovation_dimension_count
  to app_city, app_ministry;

create table bench.outbox (
  id bigint generated always as identity primary key,
  tenant_id int not null,
  topic text not null,
  payload jsonb not null,
  created_at timestamptz not null default now()
);
grant insert on bench.outbox to app_city;

create function bench.note_innovation() returns trigger language plpgsql as $$
begin
  insert into bench.outbox (tenant_id, topic, payload)
  values (new.tenant_id, 'innovation.created', jsonb_build_object('id', new.id, 'name', new.name));
  return null;
end $$;
create trigger bench_outbox after insert on public.innovation for each row
  when (current_setting('bench.outbox', true) = '1') execute function bench.note_innovation();
