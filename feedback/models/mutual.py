import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.participants.models import Participant
from pairing.models import Pair


class FeedbackRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """To the two of the pair."""
        return self.filter(pair__in=Pair.objects.of(user))

    def asked(self):
        return self.filter(state=FeedbackRequest.State.ASKED)


class FeedbackRequest(models.Model):
    """That one of a pair asked the other for feedback."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        GIVEN = "given", _("Given")
        SKIPPED = "skipped", _("Not this time")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="feedback_requests")
    asker = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    giver = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = FeedbackRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "asker"],
                condition=Q(state="asked"),
                name="one_open_request_for_feedback_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="answered_requests_for_feedback_say_when",
            ),
        ]

    def __str__(self):
        return "asked for feedback"


class FeedbackWords(models.Model):
    """Confidential: the pair reads it. One strength, one suggestion, one next step."""

    confidential = "pair"

    request = models.OneToOneField(
        FeedbackRequest, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    strength = SealedTextField(by="pair_id", max_length=1000)
    suggestion = SealedTextField(by="pair_id", max_length=1000)
    next_step = SealedTextField(by="pair_id", max_length=1000)

    def __str__(self):
        return "feedback words"
