import uuid

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import CoreOutcome, Side
from mentorship.participants.models import Participant
from pairing.models import Pair, Session


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


class MilestoneQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def on_the_road(self):
        return self.exclude(state=Milestone.State.DROPPED)

    def done(self):
        """Reached, or tried and learned from: both count."""
        return self.filter(state__in=["reached", "tried"])

    def overdue(self, today):
        return self.filter(state=Milestone.State.PLANNED, due_on__lt=today)

    def with_overdue(self, today):
        """Annotate `is_overdue` as of `today`."""
        late = Exists(Milestone.objects.overdue(today).filter(pk=OuterRef("pk")))
        return self.annotate(is_overdue=late)


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


class ActionItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)

    def visible_to(self, user):
        """Promises belong to the pair; coordinators see none of them one by one."""
        return self.filter(pair__in=Pair.objects.of(user))


class ActionItem(models.Model):
    """That somebody promised something small; the words lie elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="promises")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, related_name="promises"
    )
    owner = models.ForeignKey(Participant, models.CASCADE, related_name="promises")
    for_side = models.CharField(max_length=6, choices=Side)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = [F("done_at").asc(nulls_first=True), "created_at"]

    def __str__(self):
        return "a promise"


class ActionWords(models.Model):
    """Confidential: the pair reads it. What was promised."""

    confidential = "pair"

    item = models.OneToOneField(
        ActionItem, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE)
    text = models.CharField(max_length=300)

    def __str__(self):
        return "a promise's words"


def fetch_work(pairs: list[Pair], *kinds: str) -> None:
    """Fetch `outcomes`, `milestones` or `promises` of `pairs`, one query each, unless
    they are there already. Promises bring their words inside acting_as only."""
    querysets = {
        "outcomes": Outcome.objects.select_related("core_outcome"),
        "milestones": Milestone.objects.all(),
        "promises": ActionItem.objects.select_related("words", "owner__user"),
    }
    lookups = [Prefetch(kind, querysets[kind]) for kind in kinds or querysets]
    prefetch_related_objects(pairs, *lookups)
