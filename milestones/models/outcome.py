import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.charter.models import CoreOutcome, Side
from mentorship.participants.models import Participant
from pairing.models import Pair


class OutcomeQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def current(self):
        """What the pair works towards or has reached; not what was let go."""
        return self.filter(state__in=["draft", "agreed", "reached"])


class Outcome(models.Model):
    """What one side wants to be different at the end, and how both will see it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        AGREED = "agreed", _("Agreed")
        REACHED = "reached", _("Reached")
        CHANGED = "changed", _("Changed")
        LET_GO = "let go", _("Let go")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="outcomes")
    side = models.CharField(_("for"), max_length=6, choices=Side)
    core_outcome = models.ForeignKey(
        CoreOutcome,
        models.PROTECT,
        verbose_name=_("part of the program's aim"),
        related_name="+",
    )
    title = models.CharField(_("What should be different"), max_length=200)
    observable = models.CharField(_("How you will both see it"), max_length=300)
    measure = models.CharField(_("What you count or compare"), max_length=200)
    baseline = models.CharField(_("Where it stands now"), max_length=120)
    target = models.CharField(_("Where it should be"), max_length=120)
    due_on = models.DateField(_("By when"))
    state = models.CharField(max_length=8, choices=State, default=State.AGREED)
    successor = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    reached_on = models.DateField(null=True)
    written_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["side", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=Side.values),
                name="an_outcome_belongs_to_one_side",
            ),
            models.CheckConstraint(
                condition=Q(state="reached", reached_on__isnull=False)
                | ~Q(state="reached") & Q(reached_on__isnull=True),
                name="reached_outcomes_say_when",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in {"draft", "agreed"}

    @property
    def is_current(self) -> bool:
        """Worked towards, or reached; not let go or changed into another."""
        return self.state in {"draft", "agreed", "reached"}


class Progress(models.Model):
    """Confidential: the pair reads it. How one of the two sees an outcome at a day."""

    confidential = "pair"

    class How(models.TextChoices):
        NOT_YET = "not yet", _("Not yet")
        ON_THE_WAY = "on the way", _("Getting there")
        THERE = "there", _("There")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    outcome = models.ForeignKey(Outcome, models.CASCADE, related_name="progress")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=How)
    words = SealedTextField(by="pair_id", max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return "progress words"
