-- A nation at work, made by one seed: a city for each of 514 regions, 198 participations over the
-- cohorts, 6,000 programmes with budgets, 4,000 innovations, what is published of a third of them.
select setseed(0.2026);

-- `sentence` and `word` are temporary tables of the demo's own texts, so that words are as frequent
-- as they are in real life.
create temp table sentences as select array_agg(sentence) as every from sentence;
create temp table words as select array_agg(word) as every from word;
create function pg_temp.said(salt int, length int) returns text language sql volatile as $$
  select string_agg(every[1 + floor(random() * array_length(every, 1))::int], ' ')
  from sentences, generate_series(1, length) where salt is not null $$;
create function pg_temp.named(salt int, length int) returns text language sql volatile as $$
  select string_agg(every[1 + floor(random() * array_length(every, 1))::int], ' ')
  from words, generate_series(1, length) where salt is not null $$;

create temp table place as
  select row_number() over (order by code)::int as tenant_id, code, name, zone,
    row_number() over (order by code)::int as number
  from region where longitude is not null;
insert into tenant (id) select tenant_id from place;
insert into city (id, region_code, slug, name, zone, unit_label, is_demo)
  select tenant_id, code, 'uji-' || replace(code, '.', '-'), name, zone, 'PD', true from place;
insert into person (id, name) values ('00000000-0000-7000-8000-000000000001', 'Pengisi');

insert into unit (tenant_id, id, name, short_name, kind, version)
  select tenant_id, gen_random_uuid(), 'Dinas ' || n, 'D' || n, 'dinas', 1
  from place, generate_series(1, 3) n;

create temp table year_of as
  select id, year, row_number() over (order by year)::int as number, edition_id from cohort
  where year between 2017 and 2022;
create temp table part as
  select p.tenant_id, gen_random_uuid() as id, y.id as cohort_id, y.edition_id, y.year,
    (array['invited','assessed','selected','committed','instituted','mentored','presented',
      'accepted','adopted','implementing','withdrawn'])[1 + (random() * 10)::int] as stage
  from place p join year_of y on p.number % 13 = y.number or (y.number = 5 and p.number <= 1)
  limit 198;
insert into participation (tenant_id, id, cohort_id, stage, mode, version)
  select tenant_id, id, cohort_id, stage, 'invitation', 1 from part;
insert into participation_step (tenant_id, id, participation_id, stage, occurred_on)
  select tenant_id, gen_random_uuid(), id, stage, current_date - (random() * 400)::int
  from part, generate_series(1, 5);
insert into deadline (tenant_id, id, participation_id, name, due_at, set_by_nation, done_at, version)
  select tenant_id, gen_random_uuid(), id, 'Buku ' || n, now() - ((random() * 60 - 40) || ' days')::interval,
    true, case when random() < 0.6 then now() end, 1
  from part, generate_series(1, 3) n;
insert into masterplan (tenant_id, id, participation_id, title, period_start, period_end, vision, version)
  select tenant_id, gen_random_uuid(), id, 'Masterplan', 2022, 2026, 'Visi', 1 from part;

insert into innovation (tenant_id, id, participation_id, unit_id, dimension_id, state, revision, name,
    kind, maturity, problem, solution, benefit, uniqueness, partners, replication, sustainability,
    risks, resources, budget_rupiah, created_by, version)
  select p.tenant_id, gen_random_uuid(), p.id,
    (select u.id from unit u where u.tenant_id = p.tenant_id offset n % 3 limit 1),
    (select d.id from dimension d where d.edition_id = p.edition_id offset n % 6 limit 1),
    (array['draft','submitted','endorsed','in_review','returned','accepted','rejected'])[1 + (random() * 6)::int],
    1, case when n % 40 = 0 then 'E-Parkir ' else initcap(pg_temp.named(n, 1)) || ' ' end
      || pg_temp.named(n, 5), 'digital', 'trial', pg_temp.said(n, 3), pg_temp.said(n, 3),
    pg_temp.said(n, 2), pg_temp.said(n, 2), pg_temp.said(n, 1), pg_temp.said(n, 1), pg_temp.said(n, 1), '', '',
    (random() * 1e9)::numeric(20, 2), '00000000-0000-7000-8000-000000000001', 1
  from generate_series(1, 4000) n
  join (select *, row_number() over () as number from part) p on p.number = 1 + n % 198;

insert into programme (tenant_id, id, masterplan_id, dimension_id, lead_unit_id, code, name,
    description, sub_dimension, activity, partners, place, indicator, indicator_unit, horizon,
    is_new, is_quick_win, sdgs, version)
  select p.tenant_id, gen_random_uuid(), m.id,
    (select d.id from dimension d where d.edition_id = p.edition_id offset n % 6 limit 1),
    (select u.id from unit u where u.tenant_id = p.tenant_id offset n % 3 limit 1),
    'P-' || n, case when n % 50 = 0 then 'Perluasan e-parkir ' else initcap(pg_temp.named(n, 1)) || ' ' end
      || pg_temp.named(n, 5), pg_temp.said(n, 3), '', pg_temp.said(n, 2), pg_temp.said(n, 1), '',
    pg_temp.named(n, 5), 'persen', 'medium', true, n % 7 = 0, '{9}', 1
  from generate_series(1, 6000) n
  join (select *, row_number() over () as number from part) p on p.number = 1 + n % 198
  join masterplan m on m.tenant_id = p.tenant_id and m.participation_id = p.id;
insert into budget (tenant_id, id, programme_id, year, source, amount_rupiah)
  select tenant_id, gen_random_uuid(), id, 2022 + n,
    (array['apbd','apbn','dak','csr'])[1 + n % 4], (random() * 1e9)::numeric(20, 2)
  from programme, generate_series(0, 2) n where tenant_id <= 514;

insert into masterplan_version (tenant_id, id, masterplan_id, number, content, content_hash, frozen_by)
  select tenant_id, gen_random_uuid(), id, 1, '{}', '\x00', '00000000-0000-7000-8000-000000000001'
  from masterplan where tenant_id <= 514 and tenant_id % 3 = 0;
insert into publication (tenant_id, id, masterplan_version_id, title, content, content_hash, published_at)
  select tenant_id, gen_random_uuid(), id, 'Masterplan', '{}', '\x00', now()
  from masterplan_version where tenant_id <= 514;
insert into published_item (tenant_id, id, publication_id, version_number, kind, dimension_id, name,
    unit_name, body, content, replications)
  select r.tenant_id, r.id, b.id, 1, 'programme', r.dimension_id, r.name, 'Dinas', r.description || ' '
    || r.activity, '{}'::jsonb, 0
  from programme r join masterplan_version v using (tenant_id, masterplan_id)
  join publication b on b.tenant_id = v.tenant_id and b.masterplan_version_id = v.id
  where r.tenant_id <= 514
  union all
  select i.tenant_id, i.id, b.id, 1, 'innovation', i.dimension_id, i.name, 'Dinas', i.problem || ' '
    || i.solution, '{}', 0
  from innovation i join masterplan m using (tenant_id, participation_id)
  join masterplan_version v on v.tenant_id = m.tenant_id and v.masterplan_id = m.id
  join publication b on b.tenant_id = v.tenant_id and b.masterplan_version_id = v.id
  where i.tenant_id <= 514;

insert into audit_entry (tenant_id, id, sequence, at, action, entity, previous_hash, hash)
  select tenant_id, gen_random_uuid(), n, now() - (random() * 200 || ' days')::interval,
    'innovation.update', 'innovation', '\x00', '\x00'
  from part, generate_series(1, 100) n on conflict do nothing;
insert into audit_head (tenant_id, sequence, hash)
  select tenant_id, max(sequence), '\x00' from audit_entry where tenant_id between 1 and 514
  group by tenant_id on conflict do nothing;
