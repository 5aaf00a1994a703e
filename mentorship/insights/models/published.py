"""The published schema: protected rows that the `steer` role reads, and nothing else.

Rows name no person, pair or cohort member. They are inserted by `publisher` and
never changed: nobody holds the grant.
"""

import uuid

from django.db import models


class PublishedPeriod(models.Model):
    """A period whose figures the steering group may read."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program_id = models.UUIDField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    rule_number = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = 'published"."period'
        ordering = ["-starts_on"]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on}"


class PublishedFigure(models.Model):
    """One figure of a period: a range `low` to `high` out of a range of sizes, as
    words for people to read; or none of them when too few stand behind it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    period = models.ForeignKey(
        PublishedPeriod, models.DO_NOTHING, related_name="figures"
    )
    metric = models.CharField(max_length=40)
    breakdown = models.CharField(max_length=20, default="all")
    part = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    size_low = models.PositiveIntegerField(null=True)
    size_high = models.PositiveIntegerField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    definition = models.PositiveSmallIntegerField(default=1)

    class Meta:
        managed = False
        db_table = 'published"."figure'
        ordering = ["metric", "breakdown", "position"]

    def __str__(self):
        return f"{self.metric} {self.part}"
