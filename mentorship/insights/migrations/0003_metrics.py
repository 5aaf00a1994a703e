"""Figures of programs, what a restated one said first, totals of the workforce, and
how many concerns of a year were answered in time."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

# Two numbers of a whole year that is over, or nothing below ten: no row of a concern,
# not that there is one, and nothing that moves overnight. Answered in time means by
# the first person asked: nobody else was brought in after it was raised. Which years
# are over is for the database's own clock to say, not for whoever asks.
CONCERNS = """
create policy the_year on feedback_concern for select to owner
    using (current_setting('app.counting_concerns', true) = 'on');
create policy the_year on feedback_concernowner for select to owner
    using (current_setting('app.counting_concerns', true) = 'on');

create function concerns_answered(asked uuid, of_year integer)
    returns table (raised integer, in_time integer)
    language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform set_config('app.counting_concerns', 'on', true);
    return query
    with told as (
        select c.acknowledged_at <= c.reply_by and not exists (
            select from feedback_concernowner o
            where o.concern_id = c.id and o.since > c.raised_at
        ) as is_in_time
        from feedback_concern c join charter_program p on p.id = c.program_id
        where p.id = asked
        and extract(year from c.raised_at at time zone p.zone) = of_year
        and extract(year from now() at time zone p.zone) > of_year
        and not (c.state = 'withdrawn' and c.acknowledged_at is null)
    )
    select count(*)::integer, (count(*) filter (where is_in_time))::integer
    from told having count(*) >= 10;
    perform set_config('app.counting_concerns', '', true);
end $$;
revoke execute on function concerns_answered(uuid, integer) from public;
grant execute on function concerns_answered(uuid, integer) to web, publisher;
"""

NO_CONCERNS = """
drop function concerns_answered(uuid, integer);
drop policy the_year on feedback_concern;
drop policy the_year on feedback_concernowner;
"""

CASCADE = django.db.models.deletion.CASCADE
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("insights", "0002_published"),
        ("feedback", "0002_private"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dailymetric",
            name="part",
            field=models.CharField(db_default="", default="", max_length=160),
        ),
        migrations.AddField(
            model_name="dailymetric",
            name="program",
            field=models.ForeignKey(
                null=True,
                on_delete=CASCADE,
                related_name="metrics",
                to="charter.program",
            ),
        ),
        migrations.AddField(
            model_name="dailymetric",
            name="was_value",
            field=models.FloatField(null=True),
        ),
        migrations.AddField(
            model_name="dailymetric",
            name="was_count",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="dailymetric",
            name="was_definition",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name="dailymetric",
            name="cohort",
            field=models.ForeignKey(
                null=True,
                on_delete=CASCADE,
                related_name="metrics",
                to="charter.cohort",
            ),
        ),
        migrations.AddConstraint(
            model_name="dailymetric",
            constraint=models.UniqueConstraint(
                fields=("cohort", "program", "name", "part", "as_of"),
                nulls_distinct=False,
                name="one_metric_per_subject_part_and_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="dailymetric",
            constraint=models.CheckConstraint(
                condition=Q(cohort__isnull=False, program__isnull=True, part="")
                | Q(cohort__isnull=True, program__isnull=False),
                name="a_metric_is_of_a_cohort_or_a_program",
            ),
        ),
        migrations.AddConstraint(
            model_name="dailymetric",
            constraint=models.CheckConstraint(
                condition=Q(
                    was_value__isnull=True,
                    was_count__isnull=True,
                    was_definition__isnull=True,
                )
                | Q(
                    restated_at__isnull=False,
                    was_value__isnull=False,
                    was_count__isnull=False,
                    was_definition__isnull=False,
                ),
                name="a_restated_metric_says_what_it_said_first",
            ),
        ),
        migrations.AddIndex(
            model_name="dailymetric",
            index=models.Index(
                fields=["cohort", "as_of"], name="metrics_of_a_cohort_and_day"
            ),
        ),
        migrations.AddIndex(
            model_name="dailymetric",
            index=models.Index(
                fields=["program", "as_of"], name="metrics_of_a_program_and_day"
            ),
        ),
        migrations.CreateModel(
            name="WorkforceTotal",
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
                    "kind",
                    models.CharField(
                        choices=[("function", "Function"), ("site", "Site")],
                        max_length=8,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("people", models.PositiveIntegerField()),
                ("counted_on", models.DateField()),
                (
                    "imported_at",
                    models.DateTimeField(default=django.utils.timezone.now),
                ),
                (
                    "imported_by",
                    models.ForeignKey(
                        on_delete=PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        on_delete=CASCADE,
                        related_name="workforce_totals",
                        to="charter.program",
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "name", "-counted_on"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("program"),
                        models.F("kind"),
                        Lower("name"),
                        models.F("counted_on"),
                        name="one_workforce_total_per_group_and_day",
                    ),
                    models.CheckConstraint(
                        condition=Q(people__gte=1),
                        name="a_workforce_total_counts_somebody",
                    ),
                ],
            },
        ),
        migrations.RunSQL(CONCERNS, NO_CONCERNS),
    ]
