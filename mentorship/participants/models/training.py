from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .participant import Participant


class TrainingAnswer(models.Model):
    """Confidential: only its author reads it. "Orientation helped me to begin", from 1
    (not at all) to 5 (fully)."""

    confidential = "author"

    class Value(models.IntegerChoices):
        NOT_AT_ALL = 1, _("Not at all")
        A_LITTLE = 2, _("A little")
        PARTLY = 3, _("Partly")
        MOSTLY = 4, _("Mostly")
        FULLY = 5, _("Fully")

    participant = models.OneToOneField(
        Participant, models.CASCADE, primary_key=True, related_name="+"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    value = models.PositiveSmallIntegerField(choices=Value)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(value__range=(1, 5)), name="training_helped_one_to_five"
            ),
        ]

    def __str__(self):
        return "whether orientation helped"
