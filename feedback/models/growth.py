import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.aggregates import JSONBAgg
from django.db import models
from django.db.models import Q
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.charter.models import Program
from mentorship.participants.models import Participant


class Pack(models.Model):
    """A published instrument that an operator loaded and whose license they confirmed.
    Our own items need none; they come with the code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=500)
    license = models.CharField(max_length=200)
    license_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    license_confirmed_at = models.DateTimeField(default=timezone.now)
    # [{"slug", "side", "moments", "text": {language: …}, "words": {language: […]}}]
    items = models.JSONField()
    programs = models.ManyToManyField(Program, related_name="packs", blank=True)

    class Meta:
        ordering = ["slug", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "number"], name="one_pack_per_slug_and_number"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def key(self) -> str:
        """The first part of its items' keys. Numbers are kept apart: a new edition may
        ask something else under the same slug."""
        return f"pack:{self.slug}:{self.number}"


# How long an unanswered asking waits, and how long an answer may still be changed.
OPEN_FOR = timedelta(days=42)
CHANGEABLE_FOR = timedelta(days=14)


class Moment(models.TextChoices):
    START = "start", _("At the start")
    MIDDLE = "middle", _("Half-way")
    END = "end", _("At the end")
    LOOKING_BACK = "looking back", _("Looking back to the start")
    LATER = "later", _("Three months later")


class AskingQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(participant__user=user)

    def visible_to(self, user):
        """Only to whoever is asked."""
        return self.of(user)

    def waiting(self, now):
        """Neither answered nor skipped, and not asked too long ago to count."""
        return self.asked_since(now - OPEN_FOR)

    def asked_since(self, moment):
        return self.filter(state=Asking.State.ASKED, asked_at__gt=moment)

    def with_answers(self):
        """Annotate `given`, [{"item", "value"}]; empty outside acting_as."""
        one = JSONObject(item="answers__item", value="answers__value")
        answered = Q(answers__isnull=False)
        return self.annotate(given=JSONBAgg(one, filter=answered, default=[]))


class Asking(models.Model):
    """That somebody was asked how they see their own growth, and whether they did."""

    # Annotation of the queryset.
    given: list[dict]

    class State(models.TextChoices):
        ASKED = "asked", _("Asked")
        ANSWERED = "answered", _("Answered")
        SKIPPED = "skipped", _("Skipped")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="askings")
    moment = models.CharField(max_length=12, choices=Moment)
    state = models.CharField(max_length=8, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)

    objects = AskingQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "moment"],
                name="one_asking_per_person_and_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True)
                | ~Q(state="asked") & Q(answered_at__isnull=False),
                name="answered_askings_say_when",
            ),
        ]

    def __str__(self):
        return self.get_moment_display()

    @property
    def open_until(self) -> datetime:
        """Until when it can be answered, or the answers be changed."""
        if self.state == self.State.ANSWERED and self.answered_at:
            return self.answered_at + CHANGEABLE_FOR
        return self.asked_at + OPEN_FOR

    def is_open(self, now: datetime) -> bool:
        return now < self.open_until


class Answer(models.Model):
    """Confidential: only its author reads it. One item of a measure, at one moment."""

    confidential = "author"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asking = models.ForeignKey(Asking, models.CASCADE, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    item = models.CharField(max_length=120)
    value = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["asking", "item"], name="one_answer_per_item_and_asking"
            ),
            models.CheckConstraint(
                condition=Q(value__range=(1, 7)), name="answers_are_one_to_seven"
            ),
        ]

    def __str__(self):
        return "an answer"
