import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .program import Program


class CohortQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cohorts of programs in which the person holds a staff role."""
        return self.filter(program__in=Program.objects.visible_to(user))

    def coordinated_by(self, user):
        return self.filter(program__in=Program.objects.coordinated_by(user))

    def running(self):
        """From the first pair to the end of closing."""
        return self.filter(stage__in=Cohort.RUNNING)

    def begun_by(self, day):
        """Past pairing, with a pilot that began on `day` or before."""
        before = ["charter", "onboarding", "pairing"]
        return self.filter(pilot_on__lte=day).exclude(stage__in=before)

    def not_over(self):
        return self.exclude(stage=Cohort.Stage.ALUMNI)


class Cohort(models.Model):
    """One round of a program, with its stage and the days on which stages begin."""

    class Stage(models.TextChoices):
        CHARTER = "charter", _("Charter")
        ONBOARDING = "onboarding", _("Onboarding")
        PAIRING = "pairing", _("Pairing")
        PILOT = "pilot", _("Pilot")
        ACTIVE = "active", _("Active")
        CLOSING = "closing", _("Closing")
        ALUMNI = "alumni", _("Alumni")

    RUNNING = (Stage.PILOT, Stage.ACTIVE, Stage.CLOSING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="cohorts")
    name = models.CharField(_("name"), max_length=120)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.CHARTER)
    onboarding_on = models.DateField(_("Onboarding starts"), null=True, blank=True)
    pairing_on = models.DateField(_("Pairing starts"), null=True, blank=True)
    pilot_on = models.DateField(_("Pilot starts"), null=True, blank=True)
    active_on = models.DateField(_("Active from"), null=True, blank=True)
    closing_on = models.DateField(_("Closing from"), null=True, blank=True)
    alumni_on = models.DateField(_("Ends"), null=True, blank=True)
    wishes_until = models.DateField(
        _("Wishes until"),
        null=True,
        blank=True,
        help_text=_("The last day on which people say whom they would like."),
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = CohortQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="one_cohort_per_name_and_program",
                violation_error_message=_("This program has a cohort of that name."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_running(self) -> bool:
        return self.stage in self.RUNNING

    def day_of(self, stage: str):
        """The day on which `stage` begins or began, or None."""
        return getattr(self, f"{stage}_on", None)


class BusyTime(models.Model):
    """Days on which a whole cohort has its hands full; reminders wait until after."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="busy_times")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("Until"))

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "starts_on"], name="one_busy_time_per_start"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")),
                name="a_busy_time_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return f"{self.starts_on} to {self.ends_on}"


class StageChange(models.Model):
    """A cohort moved one step, by whom, and what was waived to do so."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="stage_changes")
    from_stage = models.CharField(max_length=10, choices=Cohort.Stage)
    to_stage = models.CharField(max_length=10, choices=Cohort.Stage)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    waived_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return f"{self.from_stage} to {self.to_stage}"
