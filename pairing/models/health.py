import uuid
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.prepared import prepared
from mentorship.participants.models import Participant

from .pair import Pair

# Coordinators hear of what has stayed so for a week after the pair heard.
COORDINATORS_AFTER = timedelta(days=7)


class HealthReasonQuerySet(models.QuerySet):
    def open(self):
        return self.filter(over_at__isnull=True)

    def of(self, program):
        return self.filter(pair__cohort__program=program)

    def with_people(self):
        return self.select_related(
            "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
        )

    def told_to_pair(self):
        return self.filter(pair_told_at__isnull=False)

    def told_to_coordinator(self):
        return self.filter(coordinator_told_at__isnull=False)


class HealthReason(models.Model):
    """One named reason why a pair may need a hand, from facts and check-ins only. The
    pair hears first; of a check-in, its writer alone (`participant`)."""

    # Annotations of what was tried.
    mailed: bool
    wrote_at: datetime | None

    class Reason(models.TextChoices):
        FIRST_LATE = "first session late", _("The first session is late")
        QUIET = "quiet", _("One and a half rhythms without a session")
        CANCELED = "canceled", _("Two sessions called off in a row")
        NO_AGREEMENT = "no agreement", _("No agreement after two sessions")
        ONE_SIDED = "one-sided", _("Three sessions for one side only")
        OVERLOADED = "overloaded", _("A mentor carries more than they offered")
        STUCK = "stuck", _("Two check-ins “a bit stuck”")
        EXIT = "exit", _("An exit criterion of the charter is met")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="health_reasons")
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, related_name="+"
    )
    reason = models.CharField(max_length=20, choices=Reason)
    since_on = models.DateField()
    pair_told_at = models.DateTimeField(null=True)
    coordinator_told_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)

    objects = HealthReasonQuerySet.as_manager()

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant", "reason"],
                condition=Q(over_at__isnull=True),
                name="one_open_reason_of_a_kind_per_pair",
                nulls_distinct=False,
            ),
        ]

    def __str__(self):
        return self.get_reason_display()

    @property
    def key(self) -> tuple:
        return self.pair_id, self.participant_id, self.reason

    @property
    def readers(self) -> list[Participant]:
        """Who hears first: both, or the one it is about."""
        if self.participant_id is None:
            return self.pair.members
        return [p for p in self.pair.members if p.pk == self.participant_id]

    @property
    def coordinators_hear_on(self) -> date:
        """The day from which coordinators see it, if it has not settled."""
        return (self.pair_told_at + COORDINATORS_AFTER).date()


# Where several reasons are open, the one to begin with.
GRAVEST_FIRST = [
    HealthReason.Reason.EXIT,
    HealthReason.Reason.OVERLOADED,
    HealthReason.Reason.STUCK,
    HealthReason.Reason.FIRST_LATE,
    HealthReason.Reason.CANCELED,
    HealthReason.Reason.QUIET,
    HealthReason.Reason.ONE_SIDED,
    HealthReason.Reason.NO_AGREEMENT,
]


def fetch_care(pairs: list[Pair]) -> None:
    """Fetch `told_reasons` of `pairs` with one query, unless they are there already:
    what the two, or one of them, were told and is not over."""
    lacking = {pair.pk: pair for pair in pairs if not hasattr(pair, "told_reasons")}
    for pair in lacking.values():
        pair.told_reasons = []
    for reason in told_of(list(lacking)) if lacking else ():
        lacking[reason.pair_id].told_reasons.append(reason)


@prepared
def told_of(pairs: list):
    return HealthReason.objects.open().told_to_pair().filter(pair__in=pairs)


def gravest_told(pair: Pair, user) -> HealthReason | None:
    """The gravest of what this person was told of their pair, if anything."""
    fetch_care([pair])
    place = pair.place_of(user)
    mine = [r for r in pair.told_reasons if r.participant_id in (None, place.pk)]
    return min(mine, key=lambda r: GRAVEST_FIRST.index(r.reason), default=None)
