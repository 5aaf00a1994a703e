"""What needs a coordinator today: named rules on facts, each with its one action.

Nothing here reads a private word, and nothing ranks people: things are in the order in
which somebody would be missed.
"""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mentorship.accounts.prepared import prepared
from mentorship.charter.models import Cohort
from mentorship.home.care import care_todos, told_reasons
from mentorship.home.periods import period_todos
from mentorship.home.todo import Todo, both
from mentorship.ui.addresses import address
from mentorship.ui.templatetags.ui import day_words
from milestones.models import Milestone
from pairing.models import Pair, Proposal, Session

UNANSWERED_AFTER = timedelta(days=3)
WEEKS = 6


class Attention:
    """The facts of a running cohort as of `now` for a coordinator, `user`, fetched with
    six queries. What the night found out about pairs comes after they were told."""

    def __init__(self, cohort, now, user=None):
        self.cohort, self.now = cohort, now
        self.today = cohort.program.today(now)
        charter = cohort.program.in_force
        first_days = charter.first_session_days if charter else 14
        waited = self.today - timedelta(days=first_days)
        self.pairs = running_pairs(cohort, self.today, waited, now)
        self.reasons = told_reasons(cohort, user)
        self.milestones = self.due_milestones()
        self.offers = offers_before(cohort, now - UNANSWERED_AFTER)
        begin = self.monday - timedelta(weeks=WEEKS)
        self.sessions = days_of_sessions(cohort, begin, self.today)
        self.report = period_todos(cohort.program, now)

    def due_milestones(self) -> list[Milestone]:
        """What was due by today in the running pairs; what is late with its pair."""
        by_id = {pair.pk: pair for pair in self.pairs}
        due = milestones_due(self.cohort, self.today)
        found = [milestone for milestone in due if milestone.pair_id in by_id]
        for milestone in found:
            if milestone.is_overdue:
                milestone.pair = by_id[milestone.pair_id]
        return found

    @property
    def monday(self):
        return self.today - timedelta(days=self.today.weekday())

    @property
    def todos(self) -> list[Todo]:
        """Everything that waits for a hand, most missed first; what is published by
        itself tonight before all else."""
        care = care_todos(self.reasons, self.pairs, self.cohort, self.today)
        open_ = [undecided(p) for p in self.pairs if p.is_undecided]
        overdue = [milestone_overdue(m) for m in self.milestones if m.is_overdue]
        offers = [offers_unanswered(self.offers, self.cohort)] if self.offers else []
        return self.report + care + open_ + overdue + offers

    @property
    def in_rhythm(self) -> int:
        """Running pairs that are neither late nor stalled."""
        return sum(not (pair.is_late or pair.is_stalled) for pair in self.pairs)

    @property
    def weekly(self) -> list[int]:
        """Sessions held in each of the last full weeks, oldest first."""
        starts = [self.monday - timedelta(weeks=n) for n in range(WEEKS, 0, -1)]
        week = timedelta(weeks=1)
        return [
            sum(start <= held_on < start + week for held_on in self.sessions)
            for start in starts
        ]

    @property
    def milestones_done(self) -> int:
        return sum(milestone.is_done for milestone in self.milestones)

    @property
    def dates(self) -> list[tuple]:
        """The cohort's next days: its stages to come, and pilots to be decided."""
        stages = [(self.cohort.day_of(stage), stage.label) for stage in Cohort.Stage]
        pilots = {p.pilot_due_on for p in self.pairs if p.state == Pair.State.PILOT}
        days = [*stages, *((on, _("Pilot decisions are due")) for on in pilots if on)]
        return sorted(day for day in days if day[0] and day[0] >= self.today)[:4]

    @property
    def coming(self) -> list[Pair]:
        """Pairs that meet in the next seven days, soonest first."""
        until = self.now + timedelta(days=7)
        soon = [p for p in self.pairs if p.next_at and p.next_at < until]
        return sorted(soon, key=lambda pair: pair.next_at)


@prepared
def running_pairs(cohort, today, waited, now):
    running = Pair.objects.filter(cohort=cohort).running().with_people()
    names = [
        f"{side}__user__{name}"
        for side in ("mentor", "mentee")
        for name in ("given_name", "family_name", "called", "email")
    ]
    facts = "state", "started_on", "pilot_due_on", "rhythm_days"
    return running.with_facts(today, waited, now).only(*facts, *names)


@prepared
def milestones_due(cohort, today):
    running = Pair.objects.filter(cohort=cohort).running().order_by()
    due = Milestone.objects.filter(pair__in=running, due_on__lte=today)
    due = due.on_the_road().with_overdue(today)
    return due.only("pair", "title", "due_on", "state")


@prepared
def offers_before(cohort, moment):
    offers = Proposal.objects.offered().with_people()
    return offers.filter(round__cohort=cohort, offered_at__lt=moment)


@prepared
def days_of_sessions(cohort, first, last):
    held = Session.objects.filter(pair__cohort=cohort).held_between(first, last)
    return held.values_list("held_on", flat=True)


def undecided(pair) -> Todo:
    """The pilot's day has passed without a decision; by whom is nobody's business."""
    text = _(
        "The day was %(day)s. A kind word to both helps more than another reminder."
    )
    return Todo(
        title=_("%(both)s have not decided about their pilot yet")
        % {"both": both(pair)},
        text=text % {"day": day_words(pair.pilot_due_on)},
        url=address("pairing:nudge", pair.pk),
        action=_("Write to both"),
        icon="fork",
        tone="",
    )


def milestone_overdue(milestone) -> Todo:
    """A milestone's day has passed while it is still planned."""
    title = _("“%(milestone)s” was due on %(day)s")
    text = _("%(both)s planned it. Perhaps the day only needs to move.")
    return Todo(
        title=title % {"milestone": milestone, "day": day_words(milestone.due_on)},
        text=text % {"both": both(milestone.pair)},
        url=address("pairing:pair", milestone.pair_id),
        action=_("See the pair"),
        icon="flag",
        tone="",
    )


def offers_unanswered(offers, cohort) -> Todo:
    """Offers that have been waiting for an answer for some days."""
    title = ngettext(
        "%(count)s offer has not been answered",
        "%(count)s offers have not been answered",
        len(offers),
    ) % {"count": len(offers)}
    names = "; ".join(both(offer) for offer in offers[:3])
    return Todo(
        title=title,
        text=_("%(names)s. They are reminded before the offer expires.")
        % {"names": names},
        url=address("pairing:workbench", cohort.pk),
        action=_("See the offers"),
        icon="bell",
        tone="",
    )
