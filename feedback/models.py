import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Program
from mentorship.participants.models import Participant
from pairing.models import Pair, Session


class ReflectionQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(author__user=user)

    def visible_to(self, user):
        """Only to whoever was asked; coordinators have no way in."""
        return self.of(user)

    def asked(self):
        return self.filter(state=Reflection.State.ASKED)

    def written(self):
        return self.filter(state=Reflection.State.WRITTEN)


class Reflection(models.Model):
    """That one side was asked to look back on a session, and whether they did."""

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        WRITTEN = "written", _("Written")
        SKIPPED = "skipped", _("Skipped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, models.CASCADE, related_name="reflections")
    author = models.ForeignKey(Participant, models.PROTECT, related_name="reflections")
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = ReflectionQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "author"],
                name="one_reflection_per_person_and_session",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="answered_reflections_say_when",
            ),
        ]

    def __str__(self):
        return self.get_state_display()


class ReflectionWords(models.Model):
    """Confidential: only its author reads it. A private thought."""

    confidential = "author"

    reflection = models.OneToOneField(
        Reflection, models.CASCADE, primary_key=True, related_name="words"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    thought = models.TextField(max_length=4000)

    def __str__(self):
        return "a private thought"


class Pulse(models.Model):
    """Confidential: only its author reads it. Three optional scales, 1 to 5."""

    confidential = "author"

    reflection = models.OneToOneField(
        Reflection, models.CASCADE, primary_key=True, related_name="pulse"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    confidence = models.PositiveSmallIntegerField(null=True)
    together = models.PositiveSmallIntegerField(null=True)
    clarity = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(confidence__isnull=True) | Q(confidence__range=(1, 5)))
                & (Q(together__isnull=True) | Q(together__range=(1, 5)))
                & (Q(clarity__isnull=True) | Q(clarity__range=(1, 5))),
                name="pulse_answers_are_one_to_five",
            ),
        ]

    def __str__(self):
        return "a pulse"


class CheckInQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own, and those of programs the person coordinates."""
        coordinated = Program.objects.coordinated_by(user)
        return self.filter(
            Q(participant__user=user) | Q(pair__cohort__program__in=coordinated)
        )

    def answered(self):
        return self.filter(answered_at__isnull=False)

    def waiting_for(self, user, now):
        """Questions to this person of the last two weeks without an answer."""
        since = (now - timedelta(days=14)).date()
        return self.filter(
            participant__user=user,
            answered_at__isnull=True,
            asked_for__range=(since, now.astimezone(user.tz).date()),
        )


class CheckIn(models.Model):
    """How it is going, asked now and then. Coordinators can read the answer."""

    class Answer(models.TextChoices):
        WORTH_IT = "worth it", _("Worth it")
        FINDING = "finding our way", _("Finding our way")
        STUCK = "a bit stuck", _("A bit stuck")

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


def with_questions(pairs, user, now):
    """Annotate a queryset of pairs with what waits for one person's answer: the ids
    `reflection_asked` and `check_in_asked`, and the session's day `reflection_day`."""
    reflections = (
        Reflection.objects.asked().of(user).filter(session__pair=OuterRef("pk"))
    )
    newest = reflections.order_by("-session__held_on")
    check_ins = CheckIn.objects.waiting_for(user, now).filter(pair=OuterRef("pk"))
    return pairs.annotate(
        reflection_asked=Subquery(newest.values("pk")[:1]),
        reflection_day=Subquery(newest.values("session__held_on")[:1]),
        check_in_asked=Subquery(check_ins.values("pk")[:1]),
    )
