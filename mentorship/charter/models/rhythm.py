import uuid
from datetime import time

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .cohort import Cohort
from .program import Program


class Rhythm(models.Model):
    """When one kind of reminder goes out, and in which words: a weekday or some days
    before or after its subject, at a wall time in each reader's zone."""

    class Kind(models.TextChoices):
        SESSION = "session", _("Sessions")
        CHECK_IN = "check-in", _("Check-ins")
        MILESTONE = "milestone", _("Steps on the road")
        REFLECTION = "reflection", _("Reflections")
        PILOT = "pilot", _("The pilot question")
        ACKNOWLEDGMENT = "acknowledgment", _("Agreeing to the charter")
        DIGEST = "digest", _("One mail a week instead")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, null=True, blank=True, related_name="rhythms"
    )
    cohort = models.ForeignKey(
        Cohort, models.CASCADE, null=True, blank=True, related_name="rhythms"
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.CHECK_IN)
    is_on = models.BooleanField(_("Send these"), default=True, db_default=True)
    every_weeks = models.PositiveSmallIntegerField(_("Every how many weeks"), default=4)
    weekday = models.PositiveSmallIntegerField(_("Day"), default=1)
    # From the day of a session, a step, an asking … to its reminder.
    days = models.PositiveSmallIntegerField(default=1, db_default=1)
    at = models.TimeField(_("Time"), default=time(9))
    # {language: {"subject", "opening", "button"}}; ours where there is nothing.
    words = models.JSONField(default=dict, db_default={})
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(program__isnull=False, cohort__isnull=True)
                | Q(program__isnull=True, cohort__isnull=False),
                name="a_rhythm_is_of_a_program_or_a_cohort",
            ),
            models.UniqueConstraint(
                fields=["program", "kind"], name="one_rhythm_per_program_and_kind"
            ),
            models.UniqueConstraint(
                fields=["cohort", "kind"], name="one_rhythm_per_cohort_and_kind"
            ),
            models.CheckConstraint(
                condition=Q(every_weeks__gte=1, every_weeks__lte=12)
                & Q(weekday__gte=0, weekday__lte=6),
                name="a_rhythm_is_a_weekday_and_some_weeks",
            ),
            models.CheckConstraint(
                condition=Q(days__lte=30), name="a_reminder_is_within_thirty_days"
            ),
        ]

    def __str__(self):
        return self.kind

    @property
    def is_weekly(self) -> bool:
        """Whether it comes by itself every so many weeks, not with a subject's day."""
        return self.kind in WEEKLY

    @property
    def shift(self) -> int:
        """Days from the subject's day to the reminder; negative before it."""
        return 0 if self.is_weekly else -self.days if self.kind in BEFORE else self.days

    @classmethod
    def usual(cls, kind: str) -> "Rhythm":
        """What counts, unsaved, until a program or cohort has its own."""
        return cls(kind=kind, **USUAL[kind])


WEEKLY = {Rhythm.Kind.CHECK_IN, Rhythm.Kind.DIGEST}
BEFORE = {Rhythm.Kind.SESSION, Rhythm.Kind.MILESTONE}
# Nobody is asked how it is going before a coordinator has said how often, and nobody is
# chased for a reflection, which is voluntary, unless a coordinator wants one reminder.
USUAL: dict[str, dict] = {
    Rhythm.Kind.SESSION: {"days": 1},
    Rhythm.Kind.CHECK_IN: {"is_on": False},
    Rhythm.Kind.MILESTONE: {"days": 3},
    Rhythm.Kind.REFLECTION: {"is_on": False, "days": 2},
    Rhythm.Kind.PILOT: {"days": 1},
    Rhythm.Kind.ACKNOWLEDGMENT: {"days": 3},
    Rhythm.Kind.DIGEST: {"every_weeks": 1, "weekday": 0},
}
