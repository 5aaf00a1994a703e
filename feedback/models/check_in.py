import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Program
from mentorship.participants.models import Participant
from pairing.models import Pair

from .reflection import Reflection
from .review import Review


class CheckInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those of programs the person coordinates."""
        coordinated = Program.objects.coordinated_by(user)
        return self.filter(
            Q(participant__user=user) | Q(pair__cohort__program__in=coordinated)
        )

    def answered(self):
        return self.filter(answered_at__isnull=False)

    def waiting_for(self, user, days):
        """Questions to this person without an answer, asked for one of `asked_days`."""
        return self.filter(
            participant__user=user, answered_at__isnull=True, asked_for__range=days
        )


class CheckIn(models.Model):
    """How it is going, asked now and then. Coordinators can read the answer."""

    class Answer(models.TextChoices):
        WORTH_IT = "worth it", _("Worth it")
        FINDING = "finding our way", _("Finding our way")
        STUCK = "a bit stuck", _("A bit stuck")
        TOO_MUCH = "too much", _("More than I can carry just now")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="check_ins")
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="check_ins"
    )
    asked_for = models.DateField()
    answer = models.CharField(max_length=16, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_for"]
        constraints = [
            models.UniqueConstraint(
                fields=["pair", "participant", "asked_for"],
                name="one_check_in_per_person_and_day",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="answered_check_ins_say_when",
            ),
        ]

    def __str__(self):
        return f"{self.asked_for}"


def asked_days(user, now) -> list:
    """The first and the last day whose questions still wait: two weeks, to the day it
    is for this person."""
    return [(now - timedelta(days=14)).date(), now.astimezone(user.tz).date()]


def with_questions(pairs, user, days):
    """Annotate a queryset of pairs with what waits for one person's answer: the ids
    `reflection_asked` and `check_in_asked`, the session's day `reflection_day`, and
    whether a midpoint review is open, `midpoint_open`; `days` are `asked_days`."""
    reflections = (
        Reflection.objects.asked().of(user).filter(session__pair=OuterRef("pk"))
    )
    newest = reflections.order_by("-session__held_on")
    check_ins = CheckIn.objects.waiting_for(user, days).filter(pair=OuterRef("pk"))
    midpoint = Review.objects.open().filter(pair=OuterRef("pk"), kind="midpoint")
    return pairs.annotate(
        midpoint_open=Exists(midpoint),
        reflection_asked=Subquery(newest.values("pk")[:1]),
        reflection_day=Subquery(newest.values("session__held_on")[:1]),
        check_in_asked=Subquery(check_ins.values("pk")[:1]),
    )
