"""Small problems for hypothesis, and an oracle that tries every plan."""

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from mentorship.ops.bench.pairing.breaches import impossible, kept_apart
from pairing.engine import Person, Policy, Problem, Rule, Weights, explain

PLAIN = Policy(floor_share=0)
LEVELS = [None, 1, 2, 3, 4, 5]
SKILLS = ["sql", "law", "hiring", "pricing"]
WEIGHTS = st.sampled_from(
    [
        Weights(),
        Weights(goal_text=0.28),
        Weights(availability=0, languages=0, wishes=0.28),
        Weights.from_dict({"rotation": 1}),
        Weights.from_dict({"availability": 1, "wishes": 1e-9}),
    ]
)
TAGS = ["calm", "direct", "curious", "thorough"]
LANGUAGES = [{"en"}, {"en", "de"}, {"en"}, {"en", "de"}, {"de"}, {"en"}, set()]
PLACES = [1, 1, 2, 3, 1, 2, 0]
MENTORS = [f"o{number}" for number in range(5)]
BYTES = 40  # enough for anybody


class Traits:
    """Bytes spelled out as traits: one draw a person, and plainer when smaller."""

    def __init__(self, spelled):
        self.bytes = iter(spelled)

    def one(self, options):
        return options[next(self.bytes) % len(options)]

    def some(self, options):
        chosen = next(self.bytes)
        return [it for place, it in enumerate(options) if chosen >> place & 1]

    def seldom(self):
        return next(self.bytes) >= 235

    def levels(self):
        return {skill: self.one(LEVELS) for skill in self.some(SKILLS)}

    def hours(self):
        """A stretch of quarter hours that overlaps with most others."""
        return ((1 << 16 - self.one(range(16))) - 1) << self.one(range(12))


def anybody(name, spelled):
    """Somebody with this id and any profile; and the traits that are left."""
    of = Traits(spelled)
    someone = Person(
        id=name,
        line_key=name,
        languages=frozenset(of.one(LANGUAGES)),
        availability=of.hours(),
        async_only=of.seldom(),
        paused=of.seldom(),
        skills_offered=of.levels(),
        skills_wanted=of.levels(),
        goals=frozenset(of.some(SKILLS)),
        goal_text=" ".join(of.some(SKILLS)),
        interests=frozenset(of.some(TAGS)),
        working_style=frozenset(of.some(TAGS)),
        values=frozenset(of.some(TAGS)),
        good_mentor=frozenset(of.some(TAGS)),
        learning_preference=of.one(["", "doing", "reading"]),
        function=of.one(["", "finance", "nursing"]),
        managers=frozenset({of.one([*MENTORS, "e0"])} if of.seldom() else ()),
    )
    return someone, of


def mentee_of(number, spelled):
    someone, of = anybody(f"e{number}", spelled)
    wishes = dict.fromkeys(of.one(MENTORS) for _ in range(of.one(range(4))))
    return replace(someone, wishes=tuple(wishes))


def mentor_of(number, spelled):
    someone, of = anybody(f"o{number}", spelled)
    return replace(
        someone,
        capacity=of.one(PLACES),
        taken=of.one([0, 0, 0, 1, 2]),
        recent_load=of.one(range(3)),
        first_time=of.seldom(),
        resting=of.seldom(),
    )


SPELLED = st.binary(min_size=BYTES, max_size=BYTES)


def mentors(number):
    """Any mentor with this number."""
    return SPELLED.map(lambda spelled: mentor_of(number, spelled))


def _side(most):
    """People spelled out; seldom nobody, which a list of any size would often be."""
    return st.integers(0, most).flatmap(
        lambda least: st.lists(SPELLED, min_size=least, max_size=most)
    )


@st.composite
def problems(draw, mentees=6, mentors=5, pins=0):
    """Up to so many people, a few of them kept apart, and up to `pins` pins."""
    ours, theirs = draw(_side(mentees)), draw(_side(mentors))
    pair = st.integers(0, mentors * mentees - 1).map(
        lambda cell: (f"o{cell // mentees}", f"e{cell % mentees}")
    )
    never = draw(st.lists(pair, max_size=3, unique=True))
    pinned = draw(st.lists(pair, max_size=pins, unique=True))
    rules = [Rule("never", *two) for two in never]
    rules += [Rule("pin", *two) for two in pinned]
    return Problem(
        tuple(mentee_of(n, spelled) for n, spelled in enumerate(ours)),
        tuple(mentor_of(n, spelled) for n, spelled in enumerate(theirs)),
        rules=tuple(rules),
        ended=tuple(draw(st.lists(pair, max_size=2, unique=True))),
    )


def scores(problem):
    """Every pair's score from its explanation, in millionths; NaN where impossible."""
    table = np.full((len(problem.mentees), len(problem.mentors)), np.nan)
    apart = kept_apart(problem)
    for row, one in enumerate(problem.mentees):
        for column, other in enumerate(problem.mentors):
            if other.capacity and not impossible(one, other, problem.weeks, apart):
                points = [
                    factor.points for factor in explain(problem, one.id, other.id)
                ]
                table[row, column] = round(sum(points), 6)
    return table


def brute_force(problem, policy):
    """(people paired, highest lowest score, total) of the best plan, by trying every
    plan. Pins are not looked at."""
    table = scores(problem)
    capacity = np.array([one.capacity for one in problem.mentors], dtype=int)
    options = [[-1, *np.flatnonzero(~np.isnan(row))] for row in table]
    every = list(product(*options))
    plans = np.array(every, dtype=int).reshape(len(every), len(options))
    columns = np.arange(len(capacity))
    loads = (plans[:, :, None] == columns).sum(axis=1)
    possible = (loads <= capacity).all(axis=1)
    plans, loads = plans[possible], loads[possible]
    padded = np.hstack([table, np.full((len(table), 1), np.nan)])
    points = padded[np.arange(len(options)), plans]
    paired = (plans >= 0).sum(axis=1)
    lowest = np.where(np.isnan(points), np.inf, points).min(axis=1, initial=np.inf)
    total = np.nansum(points, axis=1)
    taken = np.array([one.taken for one in problem.mentors], dtype=int)
    total -= policy.place_cost * (loads * taken + loads * (loads - 1) / 2).sum(axis=1)
    most = paired == paired.max()
    best = lowest[most].max()
    floor = policy.floor_share * best if policy.floor_share else 0
    most &= lowest >= floor - 1e-9
    return int(paired[most][0]), float(best), float(total[most].max())


def worth(problem, plan):
    """A plan's total, counted anew from explanations."""
    points = [
        round(sum(factor.points for factor in explain(problem, one, other)), 6)
        for one, other in plan.mentor_of.items()
    ]
    loads = Counter(plan.mentor_of.values())
    costs = [
        one.taken + place for one in problem.mentors for place in range(loads[one.id])
    ]
    return sum(points) - plan.policy.place_cost * sum(costs)
