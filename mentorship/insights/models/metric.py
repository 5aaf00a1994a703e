from django.db import models

from mentorship.charter.models import Cohort


class DailyMetric(models.Model):
    """A cohort's figure as of a day: `value` out of `count`. Facts only."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="metrics")
    name = models.CharField(max_length=40)
    as_of = models.DateField()
    value = models.FloatField()
    count = models.PositiveIntegerField()
    definition = models.PositiveSmallIntegerField(default=1)
    restated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "name", "as_of"], name="one_metric_per_cohort_and_day"
            ),
        ]

    def __str__(self):
        return f"{self.name} {self.as_of}"
