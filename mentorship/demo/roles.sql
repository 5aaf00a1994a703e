-- The four database roles, and who may enter this database.
--
-- Run as superuser inside the database to be used; running it again changes nothing.
-- Rights on tables come with the migrations, which `owner` runs.
--
--   owner      runs migrations, owns every table, serves nobody
--   web        serves pages and workers; row security applies to it
--   publisher  reads facts and numeric answers, writes the schema `published`
--   steer      reads the schema `published` and nothing else

do $$
declare
    role text;
    here text := current_database();
begin
    foreach role in array array['owner', 'web', 'publisher', 'steer'] loop
        if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I', role);
        end if;
        execute format(
            'alter role %I with login nosuperuser nobypassrls nocreatedb'
            ' nocreaterole noreplication noinherit', role);
        -- A statement that fails holds people's words; the server's log must not.
        execute format('alter role %I set log_min_error_statement = panic', role);
        execute format('alter role %I set log_error_verbosity = terse', role);
    end loop;

    execute format('alter database %I owner to owner', here);
    execute format('revoke all on database %I from public', here);
    execute format('grant connect on database %I to web, publisher, steer', here);
end $$;

-- The database's owner keeps the right to create tables and schemas. `steer` may not
-- even look into `public`.
revoke all on schema public from public;
grant usage on schema public to web, publisher;
