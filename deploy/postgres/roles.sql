-- The login roles of Kota Cerdas. Run once as superuser inside the product's own, empty database; running it
-- again changes nothing. It sets no passwords: give each login role one afterwards (\password app_city).
--
--   app_owner     owns every table; nobody logs in as it
--   app_migrator  may become the owner (SET ROLE), for `kotacerdas db migrate`
--   app_city      one city's own rows, by row-level security
--   app_ministry  reads every city; writes where the ministry may
--   app_identity  accounts, sessions, tokens, invitations
--   app_worker    like a city, for background work
--   app_relay     job rows of every tenant
--   backup        reads everything past row-level security; never used by the application
do $$
declare
  login text;
begin
  foreach login in array array['app_migrator', 'app_city', 'app_ministry', 'app_identity',
                               'app_worker', 'app_relay', 'backup'] loop
    if not exists (select from pg_roles where rolname = login) then
      execute format('create role %I login nosuperuser nocreatedb nocreaterole noinherit', login);
    end if;
  end loop;
  if not exists (select from pg_roles where rolname = 'app_owner') then
    create role app_owner nologin nosuperuser nocreatedb nocreaterole noinherit;
  end if;

  execute format('revoke all on database %I from public', current_database());
  execute format('alter database %I owner to app_owner', current_database());
  execute format('grant connect on database %I to app_migrator, app_city, app_ministry, app_identity, '
                 'app_worker, app_relay, backup', current_database());
end $$;

-- Policies apply by membership: an inheriting member of the owner would see every row without a context.
grant app_owner to app_migrator with inherit false, set true;
grant pg_read_all_data to backup with inherit true;
alter role backup bypassrls;

alter role app_city set statement_timeout = '5s';
alter role app_ministry set statement_timeout = '5s';
alter role app_identity set statement_timeout = '5s';
alter role app_worker set statement_timeout = '30s';
alter role app_relay set statement_timeout = '30s';
alter role app_city set lock_timeout = '3s';
alter role app_ministry set lock_timeout = '3s';
alter role app_identity set lock_timeout = '3s';
alter role app_worker set lock_timeout = '10s';
alter role app_relay set lock_timeout = '3s';
alter role app_city set idle_in_transaction_session_timeout = '30s';
alter role app_ministry set idle_in_transaction_session_timeout = '30s';
alter role app_identity set idle_in_transaction_session_timeout = '30s';
alter role app_worker set idle_in_transaction_session_timeout = '60s';
alter role app_relay set idle_in_transaction_session_timeout = '30s';

alter schema public owner to app_owner;
revoke all on schema public from public;
grant usage on schema public to app_migrator, app_city, app_ministry, app_identity, app_worker, app_relay, backup;
