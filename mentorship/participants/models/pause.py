import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from mentorship.accounts.fields import SealedTextField

from .participant import Participant


class PauseQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(participant__user=user)

    def open_on(self, day):
        """Pauses that have begun and are not over on `day`."""
        return self.filter(starts_on__lte=day).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day)
        )

    def not_over_on(self, day):
        """Pauses that are open on `day` or still to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))


class Pause(models.Model):
    """A break that somebody takes, without penalty. Why lies elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="pauses")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = PauseQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(ends_on__isnull=True),
                name="one_pause_without_an_end_per_place",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_pause_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on or '…'}"

    def covers(self, day) -> bool:
        """The same word as the queryset's open_on, for one row at hand."""
        return self.starts_on <= day and (not self.ends_on or day <= self.ends_on)


class PauseReason(models.Model):
    """Confidential: only its author reads it."""

    confidential = "author"

    pause = models.OneToOneField(
        Pause, models.CASCADE, primary_key=True, related_name="reason"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    words = SealedTextField(by="author_id", max_length=1000)

    def __str__(self):
        return "a reason for a break"
