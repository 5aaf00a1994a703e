from datetime import timedelta

from django.db import models
from django.db.models import Case, F, Q, When

FAILURES = 5  # in a row, after which nobody tries for a while
PAUSE = timedelta(seconds=60)


class GateQuerySet(models.QuerySet):
    def failed(self, at) -> None:
        """One more connection in a row could not be used; the last one closes it."""
        last = When(failures__gte=FAILURES - 1, then=at + PAUSE)
        self.update(
            closed_until=Case(last, default=F("closed_until")),
            failures=F("failures") + 1,
        )

    def worked(self) -> None:
        """A mail went out, so the server is there."""
        self.filter(failures__gt=0).update(failures=0, closed_until=None)


class Gate(models.Model):
    """What all senders pass: one row, locked while a few notices are claimed.

    It is shut by hand (`held_since`), for a minute after five failed connections in a
    row (`closed_until`), and opens at a pace (`free_at`).
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    held_since = models.DateTimeField(null=True)
    held_because = models.CharField(
        max_length=200, blank=True, default="", db_default=""
    )
    failures = models.PositiveIntegerField(default=0, db_default=0)
    closed_until = models.DateTimeField(null=True)
    free_at = models.DateTimeField(null=True)

    objects = GateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="there_is_one_gate"),
        ]

    def __str__(self):
        return "held" if self.held_since else "open"

    def is_closed(self, now) -> bool:
        """Whether the pause after failed connections goes on. A moment much further off
        than a pause lasts was written by a clock that has been put back."""
        until = self.closed_until
        return until is not None and now < until <= now + 2 * PAUSE

    @property
    def is_probing(self) -> bool:
        """After the pause one mail finds out whether the server is back."""
        return self.failures >= FAILURES


class DomainPace(models.Model):
    """From when on one mail domain may be written to again."""

    domain = models.CharField(max_length=254, primary_key=True)
    free_at = models.DateTimeField()

    def __str__(self):
        return self.domain
