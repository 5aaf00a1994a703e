import uuid

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.participants.models import Participant

from .pair import Pair


class AfterwardsQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(participant__user=user)

    def of_cohort(self, cohort):
        """Who would like to go on after this cohort, by name."""
        wishes = self.filter(pair__cohort=cohort).exclude(choice="not now")
        people = "participant__user__family_name", "participant__user__given_name"
        return wishes.select_related("participant__user").order_by(*people)


class Afterwards(models.Model):
    """What somebody would like after a pair was completed. Coordinators read it."""

    class Choice(models.TextChoices):
        MENTOR = "mentor", _("Mentor somebody in a next cohort")
        AGAIN = "again", _("Be paired again, to work on something of mine")
        NOT_NOW = "not now", _("Not now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="afterwards")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice)
    said_at = models.DateTimeField(default=timezone.now)

    objects = AfterwardsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant"],
                name="one_wish_for_afterwards_per_person_and_pair",
            ),
        ]

    def __str__(self):
        return self.get_choice_display()


def running_or_to_ask(user):
    """The person's pairs that run, and the completed ones of which they have not said
    what they would like next."""
    said = Afterwards.objects.of(user).filter(pair=OuterRef("pk"))
    completed = Q(ending=Pair.Ending.COMPLETED) & ~Exists(said)
    return Pair.objects.of(user).filter(~Q(state=Pair.State.ENDED) | completed)
