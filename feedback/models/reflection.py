import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedJSONField, SealedTextField
from mentorship.participants.models import Participant
from pairing.models import Session


class ReflectionQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(author__user=user)

    def visible_to(self, user):
        """Only to whoever was asked; coordinators have no way in."""
        return self.of(user)

    def asked(self):
        return self.filter(state=Reflection.State.ASKED)

    def written(self):
        return self.filter(state=Reflection.State.WRITTEN)


class Reflection(models.Model):
    """That one side was asked to look back on a session, and whether they did."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        WRITTEN = "written", _("Written")
        SKIPPED = "skipped", _("Skipped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="reflections")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="reflections")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author"],
                name="one_reflection_per_person_and_session",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="answered_reflections_say_when",
            ),
        ]

    def __str__(self):
        return self.get_state_display()


class ReflectionWords(models.Model):
    """Confidential: only its author reads it. A private thought."""

    confidential = "author"

    reflection = models.OneToOneField(
        Reflection, models.CASCADE, primary_key=True, related_name="words"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    thought = SealedTextField(by="author_id", max_length=4000, blank=True)
    # What a guided reflection asked: {the question: the answer}.
    answers = SealedJSONField(by="author_id", default=dict, blank=True)

    def __str__(self):
        return "a private thought"


class Pulse(models.Model):
    """Confidential: only its author reads it. Three optional scales, 1 to 5."""

    confidential = "author"

    reflection = models.OneToOneField(
        Reflection, models.CASCADE, primary_key=True, related_name="pulse"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    confidence = models.PositiveSmallIntegerField(null=True)
    together = models.PositiveSmallIntegerField(null=True)
    clarity = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(confidence__isnull=True) | Q(confidence__range=(1, 5)))
                & (Q(together__isnull=True) | Q(together__range=(1, 5)))
                & (Q(clarity__isnull=True) | Q(clarity__range=(1, 5))),
                name="pulse_answers_are_one_to_five",
            ),
        ]

    def __str__(self):
        return "a pulse"
