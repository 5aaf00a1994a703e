import uuid
from datetime import date, timedelta

from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Ceil, Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mentorship.accounts.models import User
from mentorship.charter.models import Cohort, Program
from mentorship.participants.models import Participant, Pause, place_of

from .pilot import PilotQuestion
from .round import Proposal


class PairQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own pairs, and every pair of programs the person coordinates."""
        coordinated = Program.objects.coordinated_by(user)
        return self.filter(
            place_of(user, "mentor")
            | place_of(user, "mentee")
            | Q(cohort__program__in=coordinated)
        )

    def of(self, user):
        return self.filter(place_of(user, "mentor") | place_of(user, "mentee"))

    def running(self):
        return self.exclude(state=Pair.State.ENDED)

    def in_pilot(self):
        return self.filter(state=Pair.State.PILOT)

    def active(self):
        return self.filter(state=Pair.State.ACTIVE)

    def completed(self):
        """Closed by both, in their own time."""
        return self.filter(ending=Pair.Ending.COMPLETED)

    def with_agreement(self):
        """Annotate `agreed_at`, when the agreement in force was agreed by both."""
        force = Q(agreements__state="agreed")
        last = Greatest("agreements__mentor_agreed_at", "agreements__mentee_agreed_at")
        return self.annotate(agreed_at=Max(last, filter=force))

    def due_to_close(self, now):
        """Active pairs whose cohort's closing day has come and who have not been asked
        yet; together with `today`."""
        due = Q(cohort__closing_on__lte=F("today"), closing_asked_at=None)
        return self.active().with_local_day(now).filter(due)

    def with_pilot_question(self, user):
        """Annotate `pilot_asked_at` and `pilot_answered_at`: the person's own newest
        question while the pilot runs. Never to be shown to anybody else."""
        mine = PilotQuestion.objects.of(user).filter(
            pair=OuterRef("pk"), pair__state=Pair.State.PILOT
        )
        newest = mine.order_by("-number")
        return self.annotate(
            pilot_asked_at=Subquery(newest.values("asked_at")[:1]),
            pilot_answered_at=Subquery(newest.values("answered_at")[:1]),
        )

    def with_local_day(self, now):
        """Annotate `today`: the day it is at `now` in the program's zone."""
        zone = F("cohort__program__zone")
        local = Func(zone, models.Value(now), function="timezone")
        return self.annotate(today=Cast(local, models.DateField()))

    def half_way(self):
        """Past the middle of their time, and not yet in their cohort's closing; after
        `with_local_day`."""
        end, closing_on = F("cohort__alumni_on"), F("cohort__closing_on")
        return self.filter(
            Q(cohort__closing_on=None) | Q(today__lt=closing_on),
            cohort__alumni_on__gt=F("started_on"),
            today__gte=F("started_on") + (end - F("started_on")) / 2,
        )

    def with_pilot_decision(self):
        """Annotate `decision`: what both private answers mean together, in one word
        (continue, switch, ask again or waiting). No answer leaves the database."""
        decision = Func(
            F("pk"), function="pilot_decision", output_field=models.CharField()
        )
        return self.annotate(decision=decision)

    def never_asked(self):
        """Pairs that have not been asked the pilot question yet."""
        asked = PilotQuestion.objects.filter(pair=OuterRef("pk"))
        return self.filter(~Exists(asked))

    def asked_and_met_since(self):
        """Pairs of whom both answered, and who held a session after that. Annotates
        `asked`, the number of the last question."""
        silent = PilotQuestion.objects.filter(pair=OuterRef("pk"), answered_at=None)
        held = Q(sessions__state="held")
        return (
            self.filter(~Exists(silent))
            .annotate(
                asked=Max("pilot_questions__number"),
                answered=Max("pilot_questions__answered_at"),
                logged=Max("sessions__logged_at", filter=held),
                met_on=Max("sessions__held_on", filter=held),
            )
            .filter(
                logged__gt=F("answered"),
                met_on__gte=Cast("answered", models.DateField()),
            )
        )

    def running_on(self, day):
        """Pairs that had started and had not ended when `day` began (UTC)."""
        return self.filter(started_on__lte=day).filter(
            Q(ended_at__isnull=True) | Q(ended_at__date__gte=day)
        )

    def with_people(self):
        return self.select_related("mentor__user", "mentee__user")

    def with_rhythm(self, now=None):
        """Annotate `held` sessions, the day of the last and the start of the next."""
        held, now = Q(sessions__state="held"), now or timezone.now()
        to_come = Q(sessions__state="planned", sessions__starts_at__gte=now)
        return self.annotate(
            held=models.Count("sessions", filter=held),
            last_on=models.Max("sessions__held_on", filter=held),
            next_at=models.Min("sessions__starts_at", filter=to_come),
        )

    def with_health(self, today, first_session_days: int):
        """Annotate the facts that may need a person as of `today`, when a first session
        is promised in so many days."""
        waited = today - timedelta(days=first_session_days)
        return self.with_facts(today, waited, timezone.now())

    def with_facts(self, today, waited, now):
        """Annotate with_rhythm, and the facts that may need a person as of `today`:
        `is_late` (a pair since before `waited`, without a session), `is_stalled` (one
        and a half rhythms without one) and `is_undecided` (the pilot's day is past).
        While one of the two is on a break, nothing is late and nothing has stalled;
        afterwards the days count from its end, `rested_until`."""
        quiet_since = Cast(
            Value(today) - Cast(Ceil(F("rhythm_days") * 1.5), models.IntegerField()),
            models.DateField(),
        )
        late = Q(held=0, started_on__lt=waited, on_break=False)
        late &= Q(rested_until=None) | Q(rested_until__lt=waited)
        stalled = Q(last_on__lt=F("quiet_since"), on_break=False)
        stalled &= Q(rested_until=None) | Q(rested_until__lt=F("quiet_since"))
        pauses = Pause.objects.filter(
            Q(participant=OuterRef("mentor")) | Q(participant=OuterRef("mentee"))
        )
        rested = pauses.filter(ends_on__lt=today).order_by("-ends_on")
        undecided = Q(state=Pair.State.PILOT, pilot_due_on__lt=today)
        return (
            self.with_rhythm(now)
            .annotate(
                quiet_since=quiet_since,
                on_break=Exists(pauses.open_on(today)),
                rested_until=Subquery(rested.values("ends_on")[:1]),
            )
            .annotate(
                is_late=Case(When(late, then=True), default=False),
                is_stalled=Case(When(stalled, then=True), default=False),
                is_undecided=Case(When(undecided, then=True), default=False),
            )
        )


def _start(session):
    return session.starts_at


class Pair(models.Model):
    """A mentor and a mentee who work together; it starts as a pilot."""

    # Annotations of the queryset.
    today: date
    decision: str
    most_a_week: int
    told_reasons: list

    class Kind(models.TextChoices):
        MENTORING = "mentoring", _("Mentoring")

    class State(models.TextChoices):
        PILOT = "pilot", _("Pilot")
        ACTIVE = "active", _("Active")
        CLOSING = "closing", _("Closing")
        ENDED = "ended", _("Ended")

    class Ending(models.TextChoices):
        COMPLETED = "completed", _("Completed")
        SWITCHED = "switched", _("Both are free for a new pairing")
        LEFT = "left", _("Both are free for a new pairing")
        WITHDRAWN = "withdrawn", _("Somebody left the program")
        REPLANNED = "replanned", _("Both are free for a new pairing")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="pairs")
    mentor = models.ForeignKey(
        Participant, models.PROTECT, related_name="pairs_as_mentor"
    )
    mentee = models.ForeignKey(
        Participant, models.PROTECT, related_name="pairs_as_mentee"
    )
    proposal = models.OneToOneField(
        Proposal, models.SET_NULL, null=True, related_name="pair"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.MENTORING)
    state = models.CharField(max_length=8, choices=State, default=State.PILOT)
    started_on = models.DateField()
    pilot_due_on = models.DateField(null=True)
    active_on = models.DateField(null=True)
    rhythm_days = models.PositiveSmallIntegerField(default=30)
    # The two were asked to bring it to a close; they begin when they like.
    closing_asked_at = models.DateTimeField(null=True)
    closing_at = models.DateTimeField(null=True)
    # A coordinator asked to end the pilot; the next night does, as after a switch.
    replan_asked_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        ordering = ["started_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(mentor=F("mentee")),
                name="nobody_is_paired_with_themselves",
            ),
            models.UniqueConstraint(
                fields=["mentee"],
                condition=~Q(state="ended") & Q(kind="mentoring"),
                name="one_active_pair_per_mentee_place",
            ),
            models.UniqueConstraint(
                fields=["mentor", "mentee"],
                condition=~Q(state="ended"),
                name="one_running_pair_per_two_people",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="ended", ended_at__isnull=False, ended_by__isnull=False
                )
                & ~Q(ending="")
                | ~Q(state="ended")
                & Q(ended_at__isnull=True, ended_by__isnull=True, ending=""),
                name="ended_pairs_say_when_by_whom_and_how",
            ),
        ]
        indexes = [models.Index(fields=["cohort", "state"], name="pairs_by_state")]

    def __str__(self):
        return f"{self.mentor.short_name} & {self.mentee.short_name}"

    @property
    def members(self) -> list[Participant]:
        return [self.mentor, self.mentee]

    def today_at(self, now):
        """The day it is at `now` in the program's zone."""
        return self.cohort.program.today(now)

    @property
    def is_running(self) -> bool:
        return self.state != self.State.ENDED

    @property
    def is_completed(self) -> bool:
        return self.ending == self.Ending.COMPLETED

    @property
    def halfway_on(self) -> date | None:
        """The day in the middle between the first one and the cohort's last."""
        end = self.cohort.alumni_on
        if end is None or end <= self.started_on:
            return None
        return self.started_on + (end - self.started_on) / 2

    @property
    def held_sessions(self) -> list:
        """Held sessions, the newest first."""
        held = [session for session in self.sessions.all() if session.state == "held"]
        return sorted(held, key=lambda session: session.held_on, reverse=True)

    @property
    def next_session(self):
        """The next planned session, or None."""
        return min(self._planned(past=False), key=_start, default=None)

    @property
    def proposed_session(self):
        """The session whose time one of the two has proposed, if that is to come."""
        now = timezone.now()
        for session in self.sessions.all():
            if session.state == "proposed" and session.starts_at > now:
                return session
        return None

    @property
    def unlogged(self) -> list:
        """Planned sessions whose time has passed and of which nobody has said how
        they went, the oldest first."""
        return sorted(self._planned(past=True), key=_start)

    def _planned(self, past: bool) -> list:
        now = timezone.now()
        return [
            session
            for session in self.sessions.all()
            if session.state == "planned" and (session.starts_at < now) is past
        ]

    def side_of(self, user) -> str:
        """`mentor`, `mentee`, or empty for somebody outside the pair."""
        if self.mentor.user_id == user.pk:
            return "mentor"
        return "mentee" if self.mentee.user_id == user.pk else ""

    def place_of(self, user) -> Participant | None:
        side = self.side_of(user)
        return getattr(self, side) if side else None

    def partner_of(self, user) -> Participant | None:
        side = self.side_of(user)
        return {"mentor": self.mentee, "mentee": self.mentor}.get(side)
