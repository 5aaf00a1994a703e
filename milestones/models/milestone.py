import uuid

from django.db import models
from django.db.models import ExpressionWrapper, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.participants.models import Participant
from pairing.models import File, Pair

from .measure import BusinessMeasure
from .outcome import Outcome


class MilestoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def on_the_road(self):
        return self.exclude(state=Milestone.State.DROPPED)

    def done(self):
        """Reached, or tried and learned from: both count."""
        return self.filter(state__in=["reached", "tried"])

    def overdue(self, today):
        return self.filter(late(today))

    def with_overdue(self, today):
        """Annotate `is_overdue` as of `today`."""
        is_late = ExpressionWrapper(late(today), models.BooleanField())
        return self.annotate(is_overdue=is_late)


def late(today) -> Q:
    """Planned for a day before `today`."""
    return Q(state="planned", due_on__lt=today)


class Milestone(models.Model):
    """A step on the pair's shared roadmap, confirmed by both."""

    class Kind(models.TextChoices):
        LEARNING = "formal learning", _("Learning")
        WORK = "real work", _("Real work")
        REFLECTION = "reflection", _("Reflection")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        REACHED = "reached", _("Reached")
        TRIED = "tried", _("Tried, and learned from it")
        DROPPED = "dropped", _("Dropped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="milestones")
    outcome = models.ForeignKey(
        Outcome,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("towards"),
        related_name="milestones",
    )
    measure = models.ForeignKey(
        BusinessMeasure,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("A figure of the organization that it may move"),
        related_name="milestones",
    )
    title = models.CharField(_("Step"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.WORK)
    due_on = models.DateField(_("By when"))
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    done_on = models.DateField(null=True)
    mentor_confirmed_at = models.DateTimeField(null=True)
    mentee_confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="reached")
                | Q(
                    mentor_confirmed_at__isnull=False,
                    mentee_confirmed_at__isnull=False,
                ),
                name="reached_milestones_are_confirmed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["reached", "tried"], done_on__isnull=False)
                | ~Q(state__in=["reached", "tried"]) & Q(done_on__isnull=True),
                name="done_milestones_say_when",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_done(self) -> bool:
        return self.state in {self.State.REACHED, self.State.TRIED}


class Evidence(models.Model):
    """Confidential: the pair reads it. A link, a file or words for a milestone."""

    confidential = "pair"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="evidence")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    words = SealedTextField(by="pair_id", max_length=1000, blank=True)
    url = SealedTextField(by="pair_id", max_length=1000, blank=True)
    file = models.ForeignKey(File, models.SET_NULL, null=True, related_name="+")
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["author", "form_id"], name="evidence_is_sent_once"
            ),
        ]

    def __str__(self):
        return "evidence"
