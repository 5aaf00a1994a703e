from django.db import models
from django.db.models import Q
from django.utils import timezone


class HeartbeatQuerySet(models.QuerySet):
    def beat(self, name, at=None, **facts) -> None:
        """Say that `name` has just happened, with facts about it that name nobody."""
        self.bulk_create(
            [self.model(name=name, at=at or timezone.now(), facts=facts)],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["at", "facts"],
        )


class Heartbeat(models.Model):
    """When something that happens by itself, or should, last happened."""

    class Name(models.TextChoices):
        BEAT = "beat"
        SWEEP = "sweep"
        NIGHT = "night"
        BACKUP = "backup"
        DRILL = "drill"

    name = models.CharField(max_length=20, primary_key=True, choices=Name)
    at = models.DateTimeField()
    facts = models.JSONField(default=dict)

    objects = HeartbeatQuerySet.as_manager()

    def __str__(self):
        return f"{self.name}: {self.at:%Y-%m-%d %H:%M}"


class Answered(models.Model):
    """How many requests to one page were answered with one status within a time. Every
    web process adds to the same rows, so they are sums over all machines."""

    route = models.CharField(max_length=80)
    status = models.PositiveSmallIntegerField()
    within = models.FloatField()  # seconds; infinity for the slowest
    requests = models.BigIntegerField(default=0)
    seconds = models.FloatField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["route", "status", "within"], name="one_sum_per_page_and_time"
            ),
            models.CheckConstraint(
                condition=Q(requests__gte=0), name="sums_of_requests_only_grow"
            ),
        ]

    def __str__(self):
        return f"{self.route} {self.status}: {self.requests}"
