"""The published schema: protected rows that the `steer` role reads, and nothing else.

Rows name no person, pair or cohort member. They are inserted by `publisher` and
never changed: nobody holds the grant. Until a checked period is published its rows wait
as drafts, in our own schema.
"""

import uuid

from django.db import models

from .period import Period

BETWEEN = "\x1f"  # the words of a part, where a breakdown has two


class PublishedPeriod(models.Model):
    """A period whose figures the steering group may read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program_id = models.UUIDField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    rule_number = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField()
    minimum_answers = models.PositiveSmallIntegerField(default=8)
    narrative = models.TextField(blank=True, default="")
    published_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = 'published"."period'
        ordering = ["-starts_on"]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on}"


class Figure(models.Model):
    """One figure of a period: a range `low` to `high` out of a range of sizes, as
    words for people to read; or none of them when too few stand behind it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    metric = models.CharField(max_length=60)
    breakdown = models.CharField(max_length=20, default="all")
    part = models.CharField(max_length=260, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    size_low = models.PositiveIntegerField(null=True)
    size_high = models.PositiveIntegerField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    definition = models.PositiveSmallIntegerField(default=1)

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.metric} {self.part}"

    @property
    def parts(self) -> list[str]:
        """The words of its part; none for everybody."""
        return self.part.split(BETWEEN) if self.part else []


class DraftFigure(Figure):
    """A figure of a checked period that is not published yet. It becomes the published
    row as it is, with its id."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="drafts")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["period", "metric", "breakdown", "part"],
                name="a_figure_is_drafted_once",
            ),
        ]


class PublishedFigure(Figure):
    """A figure as the steering group reads it."""

    period = models.ForeignKey(
        PublishedPeriod, models.DO_NOTHING, related_name="figures"
    )

    class Meta:
        managed = False
        db_table = 'published"."figure'
        ordering = ["metric", "breakdown", "position"]
