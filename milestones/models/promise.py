import uuid

from django.db import models
from django.db.models import F
from django.utils import timezone

from mentorship.accounts.fields import SealedTextField
from mentorship.accounts.prepared import fetch, prepared
from mentorship.charter.models import Side
from mentorship.participants.models import Participant
from pairing.models import Pair, Session

from .milestone import Milestone
from .outcome import Outcome


class ActionItemQuerySet(models.QuerySet):
    def open(self):
        return self.filter(done_at__isnull=True)

    def with_words(self):
        """Together with the words, which only the pair sees, inside acting_as."""
        return self.select_related("words")

    def visible_to(self, user):
        """Promises belong to the pair; coordinators see none of them one by one."""
        return self.filter(pair__in=Pair.objects.of(user))


class ActionItem(models.Model):
    """That somebody promised something small; the words lie elsewhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="promises")
    session = models.ForeignKey(
        Session, models.SET_NULL, null=True, related_name="promises"
    )
    owner = models.ForeignKey(Participant, models.CASCADE, related_name="promises")
    for_side = models.CharField(max_length=6, choices=Side)
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        ordering = [F("done_at").asc(nulls_first=True), "created_at"]

    def __str__(self):
        return "a promise"


class ActionWords(models.Model):
    """Confidential: the pair reads it. What was promised."""

    confidential = "pair"

    item = models.OneToOneField(
        ActionItem, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE)
    text = SealedTextField(by="pair_id", max_length=300)

    def __str__(self):
        return "a promise's words"


def fetch_work(pairs: list[Pair], *kinds: str) -> None:
    """Fetch `outcomes`, `milestones` or `promises` of `pairs`, one query each, unless
    they are there already. Promises bring their words inside acting_as only."""
    for kind in kinds or WORK:
        fetch(pairs, kind, WORK[kind], by="pair")


@prepared
def outcomes_of(pairs: list):
    return Outcome.objects.filter(pair__in=pairs).select_related("core_outcome")


@prepared
def milestones_of(pairs: list):
    return Milestone.objects.filter(pair__in=pairs)


@prepared
def promises_of(pairs: list):
    promises = ActionItem.objects.filter(pair__in=pairs)
    return promises.select_related("words", "owner__user")


WORK = {
    "outcomes": outcomes_of,
    "milestones": milestones_of,
    "promises": promises_of,
}
