import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Cohort, Program

# A figure of fewer would say something about single people.
FEWEST_PEOPLE = 10


class BusinessMeasureQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of programs in which the person holds a staff role."""
        return self.filter(program__in=Program.objects.visible_to(user))


class BusinessMeasure(models.Model):
    """A figure of the organization, like delivery rate, that milestones may serve."""

    class Better(models.TextChoices):
        HIGHER = "higher", _("Higher is better")
        LOWER = "lower", _("Lower is better")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="measures")
    slug = models.SlugField(max_length=60, allow_unicode=True)
    name = models.CharField(_("Name"), max_length=120)
    unit = models.CharField(_("Unit"), max_length=40)
    better = models.CharField(_("Which way"), max_length=6, choices=Better)

    objects = BusinessMeasureQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "slug"], name="one_business_measure_per_slug"
            ),
        ]

    def __str__(self):
        return self.name


class MeasureValue(models.Model):
    """One imported value, with the number of people behind it."""

    class Group(models.TextChoices):
        TAKING_PART = "taking part", _("People of the cohort")
        OTHERS = "others", _("Comparable people outside")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    measure = models.ForeignKey(BusinessMeasure, models.CASCADE, related_name="values")
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="+")
    group = models.CharField(max_length=12, choices=Group)
    on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=3)
    people = models.PositiveIntegerField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["on", "group"]
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "cohort", "group", "on"],
                name="one_value_per_measure_group_and_day",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1), name="a_value_has_people_behind_it"
            ),
        ]

    def __str__(self):
        return f"{self.value} ({self.people})"

    @property
    def is_shown(self) -> bool:
        return self.people >= FEWEST_PEOPLE
