"""What was promised, shown, seen and learned is read by the pair alone."""

from django.db import migrations

WORDS_OF_A_PAIR = "\n".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy the_pair on {table} to web
    using (pair_id = any (array(select my_pairs())))
    with check (pair_id = any (array(select my_pairs())));
"""
    for table in (
        "milestones_actionwords",
        "milestones_progress",
        "milestones_evidence",
        "milestones_lessonwords",
    )
)


class Migration(migrations.Migration):
    dependencies = [("milestones", "0001_initial"), ("pairing", "0002_private")]

    operations = [migrations.RunSQL(WORDS_OF_A_PAIR, migrations.RunSQL.noop)]
