"""Themes of shared lessons: written in public, told in the published schema."""

import uuid

import django.db.models.deletion
from django.db import migrations, models

THEMES = """
create table published.theme (
    id uuid primary key,
    period_id uuid not null references published.period,
    text text not null
);
create index themes_of_a_period on published.theme (period_id);
grant select on published.theme to publisher, steer;

-- The period of a draft and its words may change; that it was told is said below.
revoke update on insights_theme from web;
grant update (period_id, text) on insights_theme to web;
"""

# The only way into published.theme, for a period that is just being published: themes
# of ten lessons or more, that ten pairs and ten people gave; of more where the period's
# rule asks for more behind a figure. A lesson counts while it is shared and says what
# the coordinator read. What is told has an id drawn at random and no trace of its
# sources.
RELEASE = """
create function release_themes(asked uuid) returns void
    language sql security definer set search_path = public, pg_temp
as $$
    with ready as (
        select t.id, t.text
        from insights_period p
        join insights_publicationrule r on r.id = p.rule_id
        join insights_theme t on t.period_id = p.id and not t.is_told
        join insights_themesource s on s.theme_id = t.id
        join milestones_sharedlesson shared on shared.id = s.lesson_id
            and shared.program_id = p.program_id
            and encode(sha256(convert_to(shared.text, 'UTF8')), 'hex') = s.words_read
        join milestones_lesson l on l.id = shared.lesson_id
        join milestones_milestone m on m.id = l.milestone_id
        join participants_participant place on place.id = l.author_id
        where p.id = asked and p.state = 'audited'
        group by t.id, t.text, r.id
        having least(count(distinct m.pair_id),
                count(distinct coalesce(place.user_id, place.id)))
            >= greatest(10, r.minimum, r.minimum_answers)
    ),
    marked as (
        update insights_theme t set is_told = true from ready where t.id = ready.id
    )
    insert into published.theme (id, period_id, text)
        select gen_random_uuid(), asked, ready.text from ready order by random();
$$;
revoke execute on function release_themes(uuid) from public;
grant execute on function release_themes(uuid) to publisher;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0005_stories"),
        ("milestones", "0002_private"),
        ("participants", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublishedTheme",
            fields=[
                (
                    "id",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                ("text", models.TextField()),
            ],
            options={
                "db_table": 'published"."theme',
                "ordering": ["id"],
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        max_length=600,
                        verbose_name="What do these lessons have in common?",
                    ),
                ),
                ("is_told", models.BooleanField(db_default=False, default=False)),
                (
                    "period",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="themes",
                        to="insights.period",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ThemeSource",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("words_read", models.CharField(max_length=64)),
                (
                    "lesson",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="milestones.sharedlesson",
                    ),
                ),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sources",
                        to="insights.theme",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("theme", "lesson"),
                        name="a_theme_draws_on_a_lesson_once",
                    )
                ],
            },
        ),
        migrations.RunSQL(THEMES, "drop table published.theme"),
        migrations.RunSQL(RELEASE, "drop function release_themes(uuid)"),
    ]
