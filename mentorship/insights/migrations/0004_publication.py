"""Declared breakdowns, drafts of checked periods, and answers as numbers."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import mentorship.insights.models.rule

# What was open or settled before: nobody is told of it again, and a site is its own
# region.
BEFORE = """
update insights_period set told = state where state in ('published', 'withheld');
update insights_frozenplace f set region = f.site, cohort_name = c.name
    from charter_cohort c where c.id = f.cohort_id and f.cohort_name = '';
"""

PERIODS = """
-- A period only goes forward, and its days stand once it is closed.
create function a_period_goes_forward() returns trigger
    language plpgsql set search_path = public, pg_temp
as $$
begin
    if new.state <> old.state and (old.state, new.state) not in (
        ('open', 'closed'), ('closed', 'audited'), ('closed', 'withheld'),
        ('audited', 'published'), ('audited', 'withheld'))
    then
        raise exception 'a period goes forward' using errcode = 'check_violation';
    end if;
    if old.state <> 'open' and (new.starts_on, new.ends_on, new.rule_id)
        is distinct from (old.starts_on, old.ends_on, old.rule_id)
    then
        raise exception 'the days of a closed period stand'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger a_period_goes_forward before update on insights_period
    for each row execute function a_period_goes_forward();
"""

RULES = """
-- Minimums are raised, never lowered, and no rule changes once it is there.
create function minimums_are_never_lowered() returns trigger
    language plpgsql set search_path = public, pg_temp
as $$
begin
    if exists (select from insights_publicationrule r
        where r.program_id = new.program_id and r.number < new.number
        and (r.minimum > new.minimum or r.minimum_answers > new.minimum_answers))
    then
        raise exception 'minimums are never lowered'
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger minimums_are_never_lowered before insert on insights_publicationrule
    for each row execute function minimums_are_never_lowered();
revoke update on insights_publicationrule from web;
"""

PUBLISHED = """
alter table published.period
    add column minimum_answers smallint not null default 8,
    add column narrative text not null default '';

grant select, insert, delete on insights_draftfigure to publisher;
revoke insert, update on insights_draftfigure from web;
grant select on charter_coreoutcome to publisher;
grant update (audited_at, audit_seconds, dropped, withheld_because)
    on insights_period to publisher;
"""

# What people answered for themselves alone, as numbers without an item, for the
# publisher and only while a period is closed and not yet worked out. Every answer
# counts in one period: what is asked once, in the first that counts the place; a change
# since the start, in the one in which the first later answer came; a look back, in the
# one in which it was given. An end that already counted as the later answer is not
# compared with a look back too.
ANSWERS = """
create policy the_count on participants_traininganswer for select to owner
    using (current_setting('app.counting_answers', true) = 'on');
create policy the_period on pairing_sayanswer for select to owner
    using (current_setting('app.counting_answers', true) = 'on');
create policy the_period on feedback_answer for select to owner
    using (current_setting('app.counting_answers', true) = 'on');

create function answers_of_period(asked uuid)
    returns table (metric text, person uuid, value double precision)
    language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.counting_answers', 'on', true);
    return query
    with roster as (
        select distinct f.participant_id as place, f.is_first,
            coalesce(pp.user_id, pp.id) as who,
            p.starts_on::timestamp at time zone program.zone as since,
            (p.ends_on + 1)::timestamp at time zone program.zone as until
        from insights_period p
        join charter_program program on program.id = p.program_id
        join insights_frozenplace f on f.period_id = p.id
        join participants_participant pp on pp.id = f.participant_id
        where p.id = asked and p.state = 'closed'
    ),
    later as (
        select distinct on (r.place) r.who, r.since, r.until, started.id as start_id,
            r.place, k.id as later_id, k.answered_at
        from roster r
        join feedback_asking started on started.participant_id = r.place
            and started.moment = 'start' and started.state = 'answered'
        join feedback_asking k on k.participant_id = r.place
            and k.moment in ('middle', 'end') and k.state = 'answered'
        order by r.place, k.answered_at, k.moment desc
    ),
    matched as (
        select l.who, l.start_id as before_id, l.later_id as after_id,
            '_then' as told_before, '_now' as told_after
        from later l where l.answered_at >= l.since and l.answered_at < l.until
        union all
        select r.who, b.id, e.id, '_recalled', '_after'
        from roster r
        join feedback_asking b on b.participant_id = r.place
            and b.moment = 'looking back' and b.state = 'answered'
        join feedback_asking e on e.participant_id = r.place
            and e.moment = 'end' and e.state = 'answered'
        where b.answered_at >= r.since and b.answered_at < r.until
        and not exists (select from later l where l.later_id = e.id)
    ),
    themes (item, theme) as (values
        ('sure-way-on', 'confidence'), ('sure-new', 'confidence'),
        ('sure-speak', 'confidence'), ('with-ask', 'collaboration'),
        ('with-reach', 'collaboration'), ('clear-next', 'clarity')
    ),
    grown as (
        select m.who, t.theme, m.told_before, m.told_after,
            avg(a.value)::double precision as value_before,
            avg(b.value)::double precision as value_after
        from matched m
        join feedback_answer a on a.asking_id = m.before_id
        join feedback_answer b on b.asking_id = m.after_id and b.item = a.item
        join themes t on t.item = a.item
        group by m.who, t.theme, m.told_before, m.told_after
    ),
    said as (
        select 'had_a_say' as name, r.who, a.value::double precision as value
        from roster r
        join pairing_sayquestion q on q.participant_id = r.place
        join pairing_sayanswer a on a.question_id = q.id
        where r.is_first and q.answered_at < r.until
        union all
        select 'training_helped', r.who, t.value
        from roster r
        join participants_traininganswer t on t.participant_id = r.place
        where r.is_first and t.at < r.until
        union all
        select g.theme || g.told_before, g.who, g.value_before from grown g
        union all
        select g.theme || g.told_after, g.who, g.value_after from grown g
    )
    select said.name, said.who, avg(said.value) from said
    group by said.name, said.who;
    perform set_config('app.counting_answers', '', true);
end $$;
revoke execute on function answers_of_period(uuid) from public;
grant execute on function answers_of_period(uuid) to publisher;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0003_metrics"),
        ("accounts", "0002_roles"),
        ("charter", "0001_initial"),
        ("feedback", "0002_private"),
        ("pairing", "0002_private"),
        ("participants", "0003_training"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftFigure",
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
                ("metric", models.CharField(max_length=60)),
                ("breakdown", models.CharField(default="all", max_length=20)),
                ("part", models.CharField(blank=True, max_length=260)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("size_low", models.PositiveIntegerField(null=True)),
                ("size_high", models.PositiveIntegerField(null=True)),
                ("low", models.FloatField(null=True)),
                ("high", models.FloatField(null=True)),
                ("definition", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Region",
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
                ("site", models.CharField(max_length=120, verbose_name="Site")),
                ("name", models.CharField(max_length=120, verbose_name="Region")),
            ],
            options={
                "ordering": ["site"],
            },
        ),
        migrations.AddField(
            model_name="frozenplace",
            name="cohort_name",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="frozenplace",
            name="region",
            field=models.CharField(blank=True, db_default="", max_length=120),
        ),
        migrations.AddField(
            model_name="period",
            name="audit_seconds",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="period",
            name="audited_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="period",
            name="dropped",
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddField(
            model_name="period",
            name="narrative",
            field=models.TextField(
                blank=True,
                db_default="",
                max_length=1200,
                verbose_name="In your own words",
            ),
        ),
        migrations.AddField(
            model_name="period",
            name="told",
            field=models.CharField(blank=True, db_default="", max_length=9),
        ),
        migrations.AddField(
            model_name="period",
            name="withheld_because",
            field=models.CharField(
                blank=True,
                choices=[
                    ("audit", "somebody could have been worked out from every version"),
                    ("failed", "a figure broke a rule"),
                    ("coordinator", "a coordinator withheld it"),
                ],
                db_default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="publicationrule",
            name="breakdowns",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=[
                    "all",
                    "cohort",
                    "role",
                    "function",
                    "region",
                    "cohort, role",
                    "cohort, function",
                    "cohort, region",
                    "function, region",
                    "role, function",
                    "role, region",
                ],
                default=mentorship.insights.models.rule.every_breakdown,
                size=None,
                verbose_name="Breakdowns",
            ),
        ),
        migrations.AddField(
            model_name="publicationrule",
            name="minimum_answers",
            field=models.PositiveSmallIntegerField(
                db_default=8,
                default=8,
                validators=[django.core.validators.MinValueValidator(8)],
                verbose_name="Fewest answers behind an average",
            ),
        ),
        migrations.AlterField(
            model_name="period",
            name="state",
            field=models.CharField(
                choices=[
                    ("open", "Open"),
                    ("closed", "Closed"),
                    ("audited", "Checked"),
                    ("published", "Published"),
                    ("withheld", "Withheld"),
                ],
                default="open",
                max_length=9,
            ),
        ),
        migrations.AddConstraint(
            model_name="publicationrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum_answers__gte", 8)),
                name="never_fewer_than_eight_answers",
            ),
        ),
        migrations.AddConstraint(
            model_name="publicationrule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("breakdowns__0", "all"),
                    (
                        "breakdowns__contained_by",
                        [
                            "all",
                            "cohort",
                            "role",
                            "function",
                            "region",
                            "cohort, role",
                            "cohort, function",
                            "cohort, region",
                            "function, region",
                            "role, function",
                            "role, region",
                        ],
                    ),
                    ("breakdowns__len__gte", 1),
                ),
                name="breakdowns_begin_with_the_whole_program",
            ),
        ),
        migrations.AddField(
            model_name="draftfigure",
            name="period",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="drafts",
                to="insights.period",
            ),
        ),
        migrations.AddField(
            model_name="region",
            name="program",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="regions",
                to="charter.program",
            ),
        ),
        migrations.AddConstraint(
            model_name="draftfigure",
            constraint=models.UniqueConstraint(
                fields=("period", "metric", "breakdown", "part"),
                name="a_figure_is_drafted_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="region",
            constraint=models.UniqueConstraint(
                fields=("program", "site"), name="one_region_per_site"
            ),
        ),
        migrations.RunSQL(BEFORE, migrations.RunSQL.noop),
        migrations.RunSQL(PERIODS, migrations.RunSQL.noop),
        migrations.RunSQL(RULES, migrations.RunSQL.noop),
        migrations.RunSQL(PUBLISHED, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS, "drop function answers_of_period(uuid)"),
    ]
