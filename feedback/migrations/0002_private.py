"""A private thought and a pulse are read by their author alone."""

from django.db import migrations

AUTHOR_ONLY = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_author on {table}
    using (author_id = (select app_user()))
    with check (author_id = (select app_user()));
"""
    for table in ("feedback_reflectionwords", "feedback_pulse")
)


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial"), ("accounts", "0002_roles")]

    operations = [migrations.RunSQL(AUTHOR_ONLY, migrations.RunSQL.noop)]
