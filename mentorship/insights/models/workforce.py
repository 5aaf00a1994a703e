import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Program


class WorkforceTotal(models.Model):
    """How many people work in one function or at one site, as of a day."""

    class Kind(models.TextChoices):
        FUNCTION = "function", _("Function")
        SITE = "site", _("Site")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    program = models.ForeignKey(
        Program, models.CASCADE, related_name="workforce_totals"
    )
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=120)
    people = models.PositiveIntegerField()
    counted_on = models.DateField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "name", "-counted_on"]
        constraints = [
            models.UniqueConstraint(
                "program",
                "kind",
                Lower("name"),
                "counted_on",
                name="one_workforce_total_per_group_and_day",
            ),
            models.CheckConstraint(
                condition=Q(people__gte=1), name="a_workforce_total_counts_somebody"
            ),
        ]

    def __str__(self):
        return f"{self.name}: {self.people}"
