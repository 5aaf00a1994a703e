"""The pilot question, and where its answers lie."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import Participant


class PilotQuestionQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(participant__user=user)

    def newest_of(self, pair, user):
        """The question that still counts for this person, or None."""
        return self.of(user).filter(pair=pair).order_by("-number").first()


class PilotQuestion(models.Model):
    """The pilot question put to one of the two; what was answered lies elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(
        "pairing.Pair", models.CASCADE, related_name="pilot_questions"
    )
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = PilotQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant", "number"],
                name="one_pilot_answer_per_person_and_asking",
            ),
        ]

    def __str__(self):
        return f"{self.pair}, asked {self.number}"


class PilotAnswer(models.Model):
    """Confidential: only its author reads it; the night learns a decision, not this."""

    confidential = "author"

    class Choice(models.TextChoices):
        CONTINUE = "continue", _("Yes, let us go on")
        UNSURE = "unsure", _("Not sure yet")
        SWITCH = "switch", _("I would rather be paired anew")

    question = models.OneToOneField(
        PilotQuestion, models.CASCADE, primary_key=True, related_name="answer"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    choice = models.CharField(max_length=8, choices=Choice)

    def __str__(self):
        return "a pilot answer"
