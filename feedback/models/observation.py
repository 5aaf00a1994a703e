import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.participants.models import Participant


class ObservationRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Only to the person who is observed."""
        return self.filter(participant__user=user)

    def open(self, now):
        return self.filter(answered_at__isnull=True, expires_at__gt=now)


class ObservationRequest(models.Model):
    """That somebody asks themself, a manager or a colleague what they see at work. A
    colleague answers through a link that works once; only its digest is kept."""

    class By(models.TextChoices):
        SELF = "self", _("Yourself")
        MANAGER = "manager", _("Your manager")
        PEER = "peer", _("A colleague")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="observation_requests"
    )
    by = models.CharField(max_length=8, choices=By)
    # The behavior that is looked at, as the observer reads it.
    behavior = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    objects = ObservationRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest"],
                condition=~Q(digest=""),
                name="one_request_to_observe_per_link",
            ),
        ]

    def __str__(self):
        return "asked what others see"


class Observation(models.Model):
    """Confidential: only the person observed reads it."""

    confidential = "author"

    class Seen(models.IntegerChoices):
        NEVER = 1, _("Not yet")
        ONCE = 2, _("Now and then")
        OFTEN = 3, _("Often")
        USUALLY = 4, _("Nearly always")

    request = models.OneToOneField(
        ObservationRequest,
        models.CASCADE,
        primary_key=True,
        related_name="observation",
    )
    # Whom it is about: the only reader.
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    seen = models.PositiveSmallIntegerField(choices=Seen)
    example = SealedTextField(by="author_id", max_length=1000, blank=True)

    def __str__(self):
        return "an observation"
