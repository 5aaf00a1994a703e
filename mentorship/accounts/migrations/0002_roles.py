"""What the web role may do, and the two people that every installation has."""

from django.db import migrations

GRANTS = """
grant select, insert, update, delete on all tables in schema public to web;
grant usage, select on all sequences in schema public to web;
alter default privileges in schema public
    grant select, insert, update, delete on tables to web;
alter default privileges in schema public grant usage, select on sequences to web;
revoke insert, update, delete on django_migrations from web;
-- History is appended to, never changed.
revoke update, delete on accounts_auditentry from web;
"""

# Whoever asks for confidential rows. Set by acting_as for one transaction only.
APP_USER = """
create function app_user() returns uuid language sql stable
    set search_path = public, pg_temp
    as $$ select nullif(current_setting('app.user_id', true), '')::uuid $$;
"""

NOBODIES = """
insert into accounts_user
    (id, email, password, given_name, family_name, called, language, zone, theme,
     manager_email, external_id, is_staff, is_active, is_superuser, joined_at)
values
    ('00000000-0000-4000-8000-000000000001', 'someone-who-has-left@invalid.invalid',
     '!', 'Someone who has left', '', '', 'en', 'UTC', '', '', '',
     false, false, false, now()),
    ('00000000-0000-4000-8000-000000000002', 'the-program-itself@invalid.invalid',
     '!', 'The program itself', '', '', 'en', 'UTC', '', '', '',
     false, false, false, now());
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(APP_USER, "drop function app_user()"),
        migrations.RunSQL(
            NOBODIES, "delete from accounts_user where email like '%@invalid.invalid'"
        ),
    ]
