import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Program
from mentorship.insights.disclosure import BREAKDOWNS, FEWEST, FEWEST_FOR_MEANS


def every_breakdown() -> list[str]:
    return [*BREAKDOWNS]


class PublicationRule(models.Model):
    """How small a group may be shown, which breakdowns are declared and how long a
    period lasts. A new one counts for periods not yet opened; its minimums are those of
    the one before or higher (a trigger of the database)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, related_name="publication_rules"
    )
    number = models.PositiveSmallIntegerField()
    minimum = models.PositiveSmallIntegerField(
        _("Fewest pairs behind a figure"),
        default=FEWEST,
        validators=[MinValueValidator(FEWEST)],
    )
    minimum_answers = models.PositiveSmallIntegerField(
        _("Fewest answers behind an average"),
        default=FEWEST_FOR_MEANS,
        db_default=FEWEST_FOR_MEANS,
        validators=[MinValueValidator(FEWEST_FOR_MEANS)],
    )
    breakdowns = ArrayField(
        models.CharField(max_length=20),
        verbose_name=_("Breakdowns"),
        default=every_breakdown,
        db_default=every_breakdown(),
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
                condition=Q(minimum_answers__gte=8),
                name="never_fewer_than_eight_answers",
            ),
            models.CheckConstraint(
                condition=Q(
                    breakdowns__contained_by=every_breakdown(),
                    breakdowns__0="all",
                    # The first of none is unknown, and a check lets that pass.
                    breakdowns__len__gte=1,
                ),
                name="breakdowns_begin_with_the_whole_program",
            ),
            models.CheckConstraint(
                condition=Q(months__range=(1, 12)),
                name="a_period_lasts_a_month_at_least",
            ),
        ]

    def __str__(self):
        return f"{self.program}, rule {self.number}"


class Region(models.Model):
    """The region that a site belongs to in the published breakdowns; a site without one
    is its own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(Program, models.CASCADE, related_name="regions")
    site = models.CharField(_("Site"), max_length=120)
    name = models.CharField(_("Region"), max_length=120)

    class Meta:
        ordering = ["site"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "site"], name="one_region_per_site"
            ),
        ]

    def __str__(self):
        return self.name
