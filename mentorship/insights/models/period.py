import uuid
from datetime import datetime, time, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant
from pairing.models import Pair

from .rule import PublicationRule


class PeriodQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Period.State.OPEN)

    def closed(self):
        """Closed, and not yet worked out."""
        return self.filter(state=Period.State.CLOSED)

    def audited(self):
        """Worked out and checked; waiting to be published."""
        return self.filter(state=Period.State.AUDITED)

    def unsettled(self):
        """Neither published nor withheld: what goes with it may still be written."""
        waiting = [Period.State.OPEN, Period.State.CLOSED, Period.State.AUDITED]
        return self.filter(state__in=waiting)

    def settled(self):
        return self.filter(state__in=[Period.State.PUBLISHED, Period.State.WITHHELD])

    def for_coordinators(self, since):
        """Checked and waiting, or withheld by its own checks at or after `since`."""
        by_itself = [Period.Withheld.AUDIT, Period.Withheld.FAILED]
        lately = Q(withheld_because__in=by_itself, audited_at__gte=since)
        return self.filter(Q(state=Period.State.AUDITED) | lately)

    def untold(self):
        """In a state that those whom it concerns have not heard of."""
        told = [Period.State.AUDITED, Period.State.PUBLISHED, Period.State.WITHHELD]
        return self.filter(state__in=told).exclude(told=F("state"))

    def over(self, now) -> list["Period"]:
        """Open periods whose last day has passed where their program is."""
        periods = self.open().select_related("program", "rule")
        return [each for each in periods if each.ends_on < each.program.today(now)]

    def visible_to(self, user):
        return self.filter(program__in=Program.objects.visible_to(user))


class Period(models.Model):
    """A stretch of days reported once. Never reopened, never recomputed: a trigger of
    the database lets its state go forward only."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        AUDITED = "audited", _("Checked")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Withheld")

    class Withheld(models.TextChoices):
        AUDIT = "audit", _("somebody could have been worked out from every version")
        FAILED = "failed", _("a figure broke a rule")
        COORDINATOR = "coordinator", _("a coordinator withheld it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="periods")
    rule = models.ForeignKey(PublicationRule, models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    audited_at = models.DateTimeField(null=True)
    audit_seconds = models.FloatField(null=True)
    # [[metric, breakdown]] that the audit took away; told to nobody on a page, because
    # what was taken away depends on what people did.
    dropped = models.JSONField(default=list, db_default=[])
    withheld_because = models.CharField(
        max_length=12, choices=Withheld, blank=True, db_default=""
    )
    # What the coordinator says first in the report.
    narrative = models.TextField(
        _("In your own words"), max_length=1200, blank=True, db_default=""
    )
    # The last state that those whom it concerns were told of.
    told = models.CharField(max_length=9, blank=True, db_default="")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["program"],
                condition=Q(state="open"),
                name="one_open_period_per_program",
            ),
            models.UniqueConstraint(
                fields=["program", "starts_on"], name="one_period_per_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="a_period_has_days"
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on}"

    @property
    def is_settled(self) -> bool:
        return self.state in (self.State.PUBLISHED, self.State.WITHHELD)

    @property
    def publishes_at(self) -> datetime | None:
        """When it is published by itself: the first midnight, where the program is,
        after it was checked. None before."""
        if self.audited_at is None:
            return None
        day = self.program.today(self.audited_at) + timedelta(days=1)
        return datetime.combine(day, time(), tzinfo=self.program.tz)


class FrozenPlace(models.Model):
    """Who belonged to a period when it opened, with what breakdowns look at. Deleted 90
    days after it closed."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="frozen_places")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    side = models.CharField(max_length=6)
    function = models.CharField(max_length=120, blank=True)
    site = models.CharField(max_length=120, blank=True)
    region = models.CharField(max_length=120, blank=True, db_default="")
    cohort_name = models.CharField(max_length=120, blank=True, db_default="")
    # Whether no period before this one counted the place.
    is_first = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["period", "pair", "participant"],
                name="a_place_is_frozen_once",
            ),
        ]

    def __str__(self):
        return f"{self.period}"
