from django.db import models

from mentorship.charter.models import Cohort, Program


class InclusionCheckQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(cohort__program__in=Program.objects.coordinated_by(user))


class InclusionCheck(models.Model):
    """How groups of a cohort's mentees fared, counted once when its pairing was over.

    Written by the database alone and never again, because two looks could be
    subtracted; `cells` holds nothing about fewer than ten people.
    """

    cohort = models.OneToOneField(
        Cohort, models.CASCADE, primary_key=True, related_name="inclusion_check"
    )
    taken_at = models.DateTimeField()
    # Mentees without a mentor, whatever they said: coordinators know them by name.
    left_over = models.PositiveIntegerField(default=0)
    # How many mentees said something about themselves, in fives; None under ten.
    answered = models.PositiveIntegerField(null=True)
    cells = models.JSONField(default=list)

    objects = InclusionCheckQuerySet.as_manager()

    def __str__(self):
        return f"inclusion check of {self.cohort}"
