import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedTextField
from mentorship.accounts.prepared import fetch, prepared
from mentorship.participants.models import Participant

from .pair import Pair


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's own pairs, and the facts of pairs one coordinates."""
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def in_force(self):
        return self.filter(state=Agreement.State.AGREED)

    def proposed(self):
        return self.filter(state=Agreement.State.PROPOSED)


class Agreement(models.Model):
    """One numbered version of how a pair works together. Both agree to it; coordinators
    see that there is one, and its rhythm. Its words lie elsewhere."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for both")
        AGREED = "agreed", _("Agreed")
        REPLACED = "replaced", _("Replaced")

    class Books(models.TextChoices):
        MENTOR = "mentor", _("The mentor")
        MENTEE = "mentee", _("The mentee")
        TURNS = "turns", _("In turns")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=State, default=State.PROPOSED)
    rhythm_days = models.PositiveSmallIntegerField(_("How often you meet"))
    minutes = models.PositiveSmallIntegerField(_("For about how long"))
    channels = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    books = models.CharField(_("Who books"), max_length=6, choices=Books)
    written_by = models.ForeignKey(Participant, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    mentor_agreed_at = models.DateTimeField(null=True)
    mentee_agreed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "number"], name="one_number_per_agreement_of_a_pair"
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state="agreed"),
                name="one_agreement_in_force_per_pair",
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state="proposed"),
                name="one_proposed_agreement_per_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed")
                | Q(mentor_agreed_at__isnull=False, mentee_agreed_at__isnull=False),
                name="agreements_in_force_are_agreed_by_both",
            ),
        ]

    def __str__(self):
        return f"agreement {self.number}"

    @property
    def edition(self) -> str:
        """What somebody has seen, to tell later whether it still says the same."""
        return f"{self.number}.{self.version}"

    @property
    def is_proposed(self) -> bool:
        return self.state == self.State.PROPOSED

    def is_agreed_by(self, side: str) -> bool:
        return getattr(self, f"{side}_agreed_at") is not None

    @property
    def agreed_at(self):
        """When the second of the two agreed; for agreements both agreed to."""
        return max(self.mentor_agreed_at, self.mentee_agreed_at)


def fetch_agreements(pairs: list[Pair]) -> None:
    """Fetch the agreements of `pairs` with one query, unless they are there already."""
    fetch(pairs, "agreements", agreements_of, by="pair")


@prepared
def agreements_of(pairs: list):
    return Agreement.objects.filter(pair__in=pairs)


class AgreementWords(models.Model):
    """Confidential: the pair reads it. What the two settled, in their own words."""

    confidential = "pair"

    agreement = models.OneToOneField(
        Agreement, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE)
    goals = SealedTextField(by="pair_id", max_length=1000, blank=True)
    confidentiality = SealedTextField(by="pair_id", max_length=1000, blank=True)
    boundaries = SealedTextField(by="pair_id", max_length=1000, blank=True)
    ending = SealedTextField(by="pair_id", max_length=1000, blank=True)

    def __str__(self):
        return "an agreement's words"
