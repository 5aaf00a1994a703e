"""Why somebody takes a break, and what they said about themselves, is theirs alone."""

from django.db import migrations

AUTHOR_ONLY = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_author on {table} to web
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
"""
    for table in ("participants_pausereason", "participants_selfdeclared")
)


# Whoever ends a break removes its reason too, without being able to read it.
GOES_ALONG = """
alter table participants_pausereason
    add constraint a_reason_goes_with_its_break
    foreign key (pause_id) references participants_pause (id) on delete cascade;
"""


class Migration(migrations.Migration):
    dependencies = [("participants", "0001_initial"), ("accounts", "0002_roles")]

    operations = [
        migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(GOES_ALONG, migrations.RunSQL.noop),
    ]
