import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant
from pairing.models import Pair


class PublicationRule(models.Model):
    """How small a group may be shown and how long a period lasts. A raised minimum
    takes effect only in periods not yet opened; it is never lowered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, related_name="publication_rules"
    )
    number = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField(
        _("Fewest pairs behind a figure"), default=5, validators=[MinValueValidator(5)]
    )
    months = models.PositiveSmallIntegerField(
        _("Months in a period"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"], name="one_number_per_publication_rule"
            ),
            models.CheckConstraint(
                condition=Q(minimum__gte=5), name="never_fewer_than_five_pairs"
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 12)),
                name="a_period_lasts_a_month_at_least",
            ),
        ]

    def __str__(self):
        return f"{self.program}, rule {self.number}"


class PeriodQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Period.State.OPEN)

    def over(self, now) -> list["Period"]:
        """Open periods whose last day has passed where their program is."""
        periods = self.open().select_related("program", "rule")
        return [each for each in periods if each.ends_on < each.program.today(now)]


class Period(models.Model):
    """A stretch of days reported once. Never reopened, never recomputed."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")
        AUDITED = "audited", _("Audited")
        PUBLISHED = "published", _("Published")
        WITHHELD = "withheld", _("Withheld")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="periods")
    rule = models.ForeignKey(PublicationRule, models.PROTECT, related_name="periods")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)

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


class FrozenPlace(models.Model):
    """Who belonged to a period when it opened. Deleted 90 days after it closed."""

    period = models.ForeignKey(Period, models.CASCADE, related_name="frozen_places")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="+")
    side = models.CharField(max_length=6)
    function = models.CharField(max_length=120, blank=True)
    site = models.CharField(max_length=120, blank=True)
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
