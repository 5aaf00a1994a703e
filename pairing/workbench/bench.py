"""The newest plan of a cohort: cards, who is left over, rules, and what just happened,
with a fixed number of queries."""

from functools import cached_property

from django.db.models import Q
from django.utils.translation import gettext as _

from mentorship.participants.models import Participant
from pairing import wording
from pairing.actions.changes import put_aside, what_to_undo
from pairing.actions.runs import Run, plan_of, run_of
from pairing.engine import Conflict, Plan, Rule
from pairing.fairness import Fairness, of_lowest_fit
from pairing.models import PairRule, Proposal, Round
from pairing.permissions import can_decide_about
from pairing.proposing import keep_reasons

from .cards import Card
from .news import News, these, whereabouts
from .search import Search


class Workbench:
    """What a coordinator sees of a cohort's plan at a moment."""

    def __init__(self, cohort, user, search: Search, now):
        self.cohort, self.user, self.search = cohort, user, search
        self.today = cohort.program.today(now)

    # ------------------------------------------------------------------ the rounds
    @cached_property
    def rounds(self) -> dict[bool, Round]:
        """The newest plan under False, and a round in work, if any, under True."""
        here = Round.objects.filter(cohort=self.cohort)
        newest = here.with_plan().order_by("-number").values("pk")[:1]
        wanted = here.filter(Q(pk__in=newest) | Q(state=Round.State.SOLVING))
        found = wanted.select_related("by").defer("inputs")
        return {round_.state == Round.State.SOLVING: round_ for round_ in found}

    @property
    def round(self) -> Round | None:
        return self.rounds.get(False)

    @property
    def in_work(self) -> Round | None:
        return self.rounds.get(True)

    @property
    def is_open(self) -> bool:
        return self.round is not None and self.round.is_open

    @property
    def can_change(self) -> bool:
        return self.is_open and self.in_work is None

    @property
    def seen(self) -> str:
        """What every form of the page says it was looking at."""
        return str(self.round.pk) if self.is_open else ""

    @cached_property
    def plan(self) -> Plan | None:
        return plan_of(self.round) if self.round else None

    @cached_property
    def run(self) -> Run:
        return run_of(self.round.pk)

    @cached_property
    def can_reopen(self) -> bool:
        if self.round is None or self.is_open:
            return False
        return put_aside(self.round).exists()

    # ------------------------------------------------------------------- proposals
    @cached_property
    def counts(self) -> dict[str, int]:
        if self.round is None:
            return {"proposed": 0, "told": 0, "found": 0}
        return self.search.counts(self.round.proposals.all())

    @cached_property
    def page(self):
        shown = self.round.proposals.all() if self.round else Proposal.objects.none()
        return self.search.page_of(shown, self.counts["found"])

    @cached_property
    def others(self) -> dict[str, int]:
        """Explains the proposals of the page that nobody was told yet; returns how many
        other mentors each of their mentees could have."""
        state = Proposal.State.PROPOSED
        untold = [p for p in self.page.object_list if p.state == state]
        if self.plan is None or not untold:
            return {}
        return keep_reasons(untold, self.run.problem, self.plan)

    @cached_property
    def cards(self) -> list[Card]:
        rules = {(rule.mentor_id, rule.mentee_id): rule for rule in self.rules}
        others = self.others
        whole = self.plan.whole if self.plan else 1.0
        return [
            Card(
                proposal,
                self.labels,
                rules.get((proposal.mentor_id, proposal.mentee_id)),
                whole,
                bool(self.plan and self.plan.unpaired),
                others.get(str(proposal.mentee_id), 0),
                self.names,
            )
            for proposal in self.page.object_list
        ]

    @cached_property
    def labels(self) -> dict:
        return wording.skill_labels(self.cohort.program)

    # ------------------------------------------------------- people beside the cards
    @cached_property
    def places(self) -> list[Participant]:
        """Everybody the page names outside the cards; one query."""
        self.others  # noqa: B018  names the alternates
        told = self.round.change.get("about", {}).values() if self.round else []
        named = {id for id in told if isinstance(id, str) and len(id) == 36}
        named |= {it["mentor"] for p in self.page.object_list for it in p.alternates}
        if self.plan:
            named |= {*self.plan.unpaired, *self.idle_ids, *self.ways_out}
            named |= {id for pair in of_lowest_fit(self.plan).items() for id in pair}
        shown = self.round if self.is_open or self.is_told else None
        found = whereabouts(self.cohort, shown, self.plan, self.today)
        wanted = (
            Q(pk__in=these(named))
            | Q(user=self.user)
            | Q(is_news=True)
            | Q(is_paused=True)
        )
        return list(found.filter(wanted).select_related("user"))

    @cached_property
    def names(self) -> dict[str, Participant]:
        return {str(place.pk): place for place in self.places}

    @property
    def idle_ids(self) -> list[str]:
        """Mentors of the plan whom it gives nobody."""
        busy = set(self.plan.mentor_of.values())
        return [mentor for mentor in self.plan.price if mentor not in busy]

    @property
    def ways_out(self) -> list[str]:
        """Mentors whose further place would pair somebody more."""
        ways = [found.relaxation for found in self.plan.shortage]
        return [way.name for way in ways if way and way.kind == "place"]

    @cached_property
    def unmatched(self) -> list[dict]:
        """Mentees without a mentor, each with the reason in words."""
        found = self.plan.unpaired if self.plan else {}
        return [
            {
                "place": self.names[id],
                "why": wording.why_unpaired(
                    {"possible": why.possible, "removed": why.removed}
                ),
            }
            for id, why in found.items()
            if id in self.names
        ]

    @property
    def shortages(self) -> list[dict]:
        """Why they cannot all be paired, and the mentor whose place would help."""
        return [
            {
                "words": wording.shortage(found, self.names),
                "mentor": self.helper(found.relaxation),
            }
            for found in (self.plan.shortage if self.plan else ())
        ]

    def helper(self, way) -> dict | None:
        """The mentor of a way out with one place more than today."""
        mentor = self.names.get(way.name) if way and way.kind == "place" else None
        if mentor is None:
            return None
        return {"place": mentor, "places": (mentor.capacity or 0) + 1}

    @property
    def idle(self) -> list[Participant]:
        """Mentors with room whom the plan gives nobody."""
        ids = self.idle_ids if self.plan else []
        found = [self.names[id] for id in ids if id in self.names]
        return [place for place in found if place.capacity and not place.is_paused]

    @property
    def paused(self) -> list[Participant]:
        return [place for place in self.places if place.is_paused]

    @property
    def is_told(self) -> bool:
        """Whether people know all of the plan, and none of it was put aside."""
        told = self.round is not None and self.round.state == Round.State.PUBLISHED
        return told and not self.can_reopen

    @property
    def news(self) -> News:
        """What came after an open plan, or who waits again of one that is told."""
        known = self.plan if self.is_open or self.is_told else None
        return News(known, self.places, self.is_open)

    @property
    def is_my_own(self) -> bool:
        """Whether I am in this cohort, and nobody else coordinates it."""
        mine = [place for place in self.places if place.user_id == self.user.pk]
        for place in mine:
            place.cohort = self.cohort
        return any(can_decide_about(self.user, place) for place in mine)

    # ----------------------------------------------------------------------- rules
    @cached_property
    def rules(self) -> list[PairRule]:
        """The cohort's rules, but for those that somebody asked for about the reader: a
        coordinator who takes part would know who that was."""
        rules = PairRule.objects.filter(cohort=self.cohort)
        mine = Q(mentor__user=self.user) | Q(mentee__user=self.user)
        rules = rules.exclude(mine, pk__in=rules.of_the_program())
        return list(rules.select_related("mentor__user", "mentee__user", "by"))

    @cached_property
    def contradictions(self) -> list[dict]:
        """Pins that cannot be kept, each with why and the rules to choose from."""
        by_key = {(str(r.mentor_id), str(r.mentee_id)): r for r in self.rules}
        found = self.round.result.get("conflicts", []) if self.is_open else []
        told = []
        for plain in found:
            rules = tuple(Rule(**rule) for rule in plain["rules"])
            words = Conflict(plain["kind"], rules, tuple(plain["limits"]))
            rows = [by_key.get((rule.mentor, rule.mentee)) for rule in rules]
            told.append(
                {"why": wording.contradiction(words), "rules": list(filter(None, rows))}
            )
        return told

    # ------------------------------------------------------------ what just happened
    @property
    def said(self) -> list[str]:
        """What the last change did, in sentences."""
        if self.round is None or not self.round.change.get("effect"):
            return []
        change = self.round.change
        done = wording.what_was_done(change, self.names)
        return [done, *wording.what_came_of_it(change["effect"])]

    @cached_property
    def undoes(self) -> Round | None:
        """The decision that Undo would take back."""
        if self.round is None or not self.can_change:
            return None
        return what_to_undo(self.round)

    # --------------------------------------------------------------------- readings
    @property
    def readings(self) -> list[tuple]:
        """The plan in a few readings: words and a figure."""
        if not self.plan or not self.plan.mentor_of:
            return []
        paired, mentees = len(self.plan.mentor_of), self.plan.log["mentees"]
        return [
            (
                _("Mentees with a mentor"),
                _("%(some)s of %(all)s") % {"some": paired, "all": mentees},
            ),
        ]

    @cached_property
    def fair(self) -> Fairness | None:
        """Whether the plan is fair, where it has pairs."""
        if not self.round or not self.plan or not self.plan.mentor_of:
            return None
        return Fairness(self.round, self.run.problem, self.plan, self.names)
