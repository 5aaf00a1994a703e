import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import Participant

from .pair import Pair


class HealthReasonQuerySet(models.QuerySet):
    def open(self):
        return self.filter(over_at__isnull=True)

    def told_to_pair(self):
        return self.filter(pair_told_at__isnull=False)

    def told_to_coordinator(self):
        return self.filter(coordinator_told_at__isnull=False)


class HealthReason(models.Model):
    """One named reason why a pair may need a hand, from facts and check-ins only. The
    pair hears first; of a check-in, its writer alone (`participant`)."""

    class Reason(models.TextChoices):
        FIRST_LATE = "first session late", _("The first session is late")
        QUIET = "quiet", _("One and a half rhythms without a session")
        CANCELED = "canceled", _("Two sessions called off in a row")
        NO_AGREEMENT = "no agreement", _("No agreement after two sessions")
        ONE_SIDED = "one-sided", _("Three sessions for one side only")
        OVERLOADED = "overloaded", _("A mentor carries more than they offered")
        STUCK = "stuck", _("Two check-ins “a bit stuck”")
        EXIT = "exit", _("An exit criterion of the charter is met")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="health_reasons")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=Reason)
    since_on = models.DateField()
    pair_told_at = models.DateTimeField(null=True)
    coordinator_told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    objects = HealthReasonQuerySet.as_manager()

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant", "reason"],
                condition=Q(over_at__isnull=True),
                name="one_open_reason_of_a_kind_per_pair",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return self.get_reason_display()
