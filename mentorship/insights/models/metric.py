from datetime import timedelta

from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Coalesce

from mentorship.charter.models import Cohort, Program


class DailyMetricQuerySet(models.QuerySet):
    def of(self, whose: Cohort | Program):
        """Figures of a cohort, or those of a program as a whole."""
        if isinstance(whose, Cohort):
            return self.filter(cohort=whose)
        return self.filter(cohort=None, program=whose)

    def trend(self, whose: Cohort | Program, name: str, days: int):
        """A metric's last `days` days up to its newest, the oldest first."""
        rows = self.of(whose).filter(name=name)
        return rows.filter(as_of__gt=rows.newest_day() - timedelta(days=days))

    def newest(self, whose: Cohort | Program):
        """All figures of the newest day. What had no figure that day has none."""
        rows = self.of(whose)
        return rows.filter(as_of=rows.newest_day()).order_by("name", "part")

    def programs_of(self, day) -> set:
        """Ids of the programs whose figures of a day have been worked out."""
        whose = Coalesce("program", "cohort__program")
        there = self.filter(as_of=day).order_by()
        return set(there.values_list(whose, flat=True).distinct())

    def newest_day(self):
        """The newest day of these rows, as a subquery."""
        return Subquery(self.order_by("-as_of").values("as_of")[:1])


class DailyMetric(models.Model):
    """A figure of a cohort, or of a program as a whole, as of a day: `value` and
    `count` as the metric's unit says. Facts only.

    `part` is what a figure is broken down to: a core outcome's slug, or "function:" or
    "site:" with its name. A restated row keeps what it said first.
    """

    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, related_name="metrics"
    )
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, related_name="metrics"
    )
    name = models.CharField(max_length=40)
    part = models.CharField(max_length=160, default="", db_default="")
    as_of = models.DateField()
    value = models.FloatField()
    count = models.PositiveIntegerField()
    definition = models.PositiveSmallIntegerField(default=1)
    restated_at = models.DateTimeField(null=True)
    was_value = models.FloatField(null=True)
    was_count = models.PositiveIntegerField(null=True)
    was_definition = models.PositiveSmallIntegerField(null=True)

    objects = DailyMetricQuerySet.as_manager()

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name", "as_of"], name="one_metric_per_cohort_and_day"
            ),
            models.UniqueConstraint(
                fields=["cohort", "program", "name", "part", "as_of"],
                nulls_distinct=False,
                name="one_metric_per_subject_part_and_day",
            ),
            models.CheckConstraint(
                condition=Q(cohort__isnull=False, program__isnull=True, part="")
                | Q(cohort__isnull=True, program__isnull=False),
                name="a_metric_is_of_a_cohort_or_a_program",
            ),
            models.CheckConstraint(
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
        ]
        indexes = [
            models.Index(
                fields=["cohort", "as_of"], name="metrics_of_a_cohort_and_day"
            ),
            models.Index(
                fields=["program", "as_of"], name="metrics_of_a_program_and_day"
            ),
            # For the night, which looks for one day's figures among all of them.
            models.Index(fields=["as_of", "name"], name="metrics_of_a_day"),
        ]

    def __str__(self):
        return f"{self.name} {self.as_of}"
