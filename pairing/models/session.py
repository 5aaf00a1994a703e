import uuid
from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.fields import SealedJSONField, SealedTextField
from mentorship.accounts.prepared import fetch, prepared
from mentorship.participants.models import Participant, place_of

from .pair import Pair


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(pair__in=Pair.objects.visible_to(user))

    def with_words(self):
        """Together with the words, which only the pair sees, inside acting_as."""
        return self.select_related("words")

    def held(self):
        return self.filter(state=Session.State.HELD)

    def held_between(self, first, last):
        """Held on a day from `first` to `last`, both included."""
        return self.held().filter(held_on__range=(first, last))

    def planned(self):
        return self.filter(state=Session.State.PLANNED)

    def proposed(self):
        return self.filter(state=Session.State.PROPOSED)

    def to_come(self):
        """Planned, or proposed and not answered."""
        return self.filter(state__in=[Session.State.PLANNED, Session.State.PROPOSED])

    def taking_time_of(self, users, first, last):
        """Planned sessions of any of these people, in whichever pair, that start
        between two moments."""
        return self.planned().filter(
            place_of(users, "pair__mentor") | place_of(users, "pair__mentee"),
            starts_at__range=(first, last),
        )

    def in_calendar_of(self, user, first, last):
        """What a person's calendar shows: their sessions with a time, to come or held,
        that start between two moments. With the two people and the program."""
        people = "pair__mentor__user", "pair__mentee__user", "pair__cohort__program"
        return self.filter(
            place_of(user, "pair__mentor") | place_of(user, "pair__mentee"),
            state__in=[Session.State.PLANNED, Session.State.HELD],
            starts_at__range=(first, last),
        ).select_related(*people)


class Session(models.Model):
    """A conversation of a pair, however it was held. Its words lie elsewhere."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        PLANNED = "planned", _("Planned")
        HELD = "held", _("Held")
        MISSED = "missed", _("Did not happen")
        CANCELED = "canceled", _("Canceled")

    class Channel(models.TextChoices):
        IN_PERSON = "in person", _("In person")
        VIDEO = "video", _("Video")
        PHONE = "phone", _("Phone")
        MESSAGES = "messages", _("Messages")
        WORKSPACE = "workspace", _("Shared workspace")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pair = models.ForeignKey(Pair, models.CASCADE, related_name="sessions")
    state = models.CharField(max_length=8, choices=State)
    starts_at = models.DateTimeField(null=True)
    held_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(null=True)
    channel = models.CharField(max_length=10, choices=Channel, blank=True)
    # Who waits for the other's answer to a proposed time.
    proposed_by = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )
    logged_by = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )
    logged_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        Participant, models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    form_id = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)

    objects = SessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="held") | Q(held_on__isnull=False),
                name="held_sessions_have_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["proposed", "planned"])
                | Q(starts_at__isnull=False),
                name="planned_sessions_have_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed") | Q(proposed_by__isnull=False),
                name="proposed_sessions_say_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(logged_by__isnull=True, logged_at__isnull=True)
                | Q(logged_by__isnull=False, logged_at__isnull=False),
                name="logged_sessions_say_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("logged_by")),
                name="nobody_confirms_their_own_log",
            ),
            models.UniqueConstraint(
                fields=["logged_by", "form_id"], name="a_session_is_sent_once"
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(state="proposed"),
                name="one_proposed_time_per_pair",
            ),
        ]
        indexes = [models.Index(fields=["pair", "held_on"], name="sessions_of_a_pair")]

    def __str__(self):
        return f"{self.get_state_display()} {self.held_on or self.starts_at}"

    @property
    def is_held(self) -> bool:
        return self.state == self.State.HELD

    @property
    def ends_at(self):
        """When a planned session is over."""
        return self.starts_at + timedelta(minutes=self.minutes or 0)

    @property
    def is_told(self) -> bool:
        """Whether one of the two has said how it went."""
        return self.state in (self.State.HELD, self.State.MISSED)

    def waits_for_word(self, now) -> bool:
        """Planned and past, or told by one of the two alone."""
        if self.is_told:
            return self.confirmed_at is None
        return self.state == self.State.PLANNED and self.starts_at <= now


def fetch_sessions(pairs: list[Pair]) -> None:
    """Fetch the sessions of `pairs` with their words, inside acting_as, with one query
    unless they are there already."""
    fetch(pairs, "sessions", sessions_of, by="pair")


@prepared
def sessions_of(pairs: list):
    found = Session.objects.with_words().filter(pair__in=pairs)
    return found.defer("form_id", "created_at", "confirmed_by")  # no page tells them


class SessionWords(models.Model):
    """Confidential: the pair reads it. Topic, place, and what was useful to each."""

    confidential = "pair"

    session = models.OneToOneField(
        Session, models.CASCADE, primary_key=True, related_name="words"
    )
    pair = models.ForeignKey(Pair, models.CASCADE)
    topics = SealedJSONField(by="pair_id", default=list, blank=True)
    useful_to_mentor = SealedTextField(by="pair_id", max_length=4000, blank=True)
    useful_to_mentee = SealedTextField(by="pair_id", max_length=4000, blank=True)
    place = SealedTextField(by="pair_id", max_length=200, blank=True)

    def __str__(self):
        return "a session's words"
