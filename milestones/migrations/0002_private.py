"""What was promised is read by the pair alone."""

from django.db import migrations

ACTION_WORDS = """
alter table milestones_actionwords enable row level security;
alter table milestones_actionwords force row level security;
create policy the_pair on milestones_actionwords
    using (pair_id = any (array(select my_pairs())))
    with check (pair_id = any (array(select my_pairs())));
"""


class Migration(migrations.Migration):
    dependencies = [("milestones", "0001_initial"), ("pairing", "0002_private")]

    operations = [migrations.RunSQL(ACTION_WORDS, migrations.RunSQL.noop)]
