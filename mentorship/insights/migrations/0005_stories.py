"""Stories as the steering group reads them: inserted and deleted, never changed."""

import django.utils.timezone
from django.db import migrations, models

STORY = """
create table published.story (
    id uuid primary key,
    program_id uuid not null,
    kind text not null,
    side text not null,
    title text not null default '',
    words text not null,
    url text not null default '',
    function text not null default '',
    audience text not null,
    shared_on date not null,
    expires_on date not null,
    measure text not null default '',
    unit text not null default '',
    source text not null default '',
    before_value numeric(12, 3),
    before_people integer,
    before_on date,
    now_value numeric(12, 3),
    now_people integer,
    now_on date,
    others_value numeric(12, 3),
    others_people integer,
    others_on date,
    constraint a_measure_has_both_ends_and_a_source check (
        case when measure = ''
        then num_nonnulls(before_value, before_people, before_on,
            now_value, now_people, now_on,
            others_value, others_people, others_on) = 0
        else num_nulls(before_value, before_people, before_on,
            now_value, now_people, now_on) = 0 and source <> '' end),
    constraint ten_people_stand_behind_a_measure check (
        least(before_people, now_people, others_people) >= 10),
    constraint others_are_told_whole_or_not_at_all check (
        num_nulls(others_value, others_people, others_on) in (0, 3))
);
create index stories_of_a_program on published.story (program_id, expires_on);

grant select on published.story to steer;
grant select, insert, delete on published.story to publisher;
revoke update on published.story from publisher;

-- Whether a story still stands: its state, never its words.
grant select (id, state) on feedback_story to publisher;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0004_publication"),
        ("feedback", "0003_stories"),
        ("milestones", "0002_private"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedStory",
            fields=[
                (
                    "id",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                ("program_id", models.UUIDField()),
                ("kind", models.TextField()),
                ("side", models.TextField()),
                ("title", models.TextField(default="")),
                ("words", models.TextField()),
                ("url", models.TextField(default="")),
                ("function", models.TextField(default="")),
                ("audience", models.TextField()),
                (
                    "shared_on",
                    models.DateField(default=django.utils.timezone.localdate),
                ),
                ("expires_on", models.DateField()),
                ("measure", models.TextField(default="")),
                ("unit", models.TextField(default="")),
                ("source", models.TextField(default="")),
                (
                    "before_value",
                    models.DecimalField(decimal_places=3, max_digits=12, null=True),
                ),
                ("before_people", models.IntegerField(null=True)),
                ("before_on", models.DateField(null=True)),
                (
                    "now_value",
                    models.DecimalField(decimal_places=3, max_digits=12, null=True),
                ),
                ("now_people", models.IntegerField(null=True)),
                ("now_on", models.DateField(null=True)),
                (
                    "others_value",
                    models.DecimalField(decimal_places=3, max_digits=12, null=True),
                ),
                ("others_people", models.IntegerField(null=True)),
                ("others_on", models.DateField(null=True)),
            ],
            options={
                "db_table": 'published"."story',
                "ordering": ["-shared_on"],
                "managed": False,
            },
        ),
        migrations.RunSQL(STORY, "drop table published.story"),
    ]
