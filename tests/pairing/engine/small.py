"""Small problems for hypothesis, and an oracle that tries every plan."""

from collections import Counter
from itertools import product

import numpy as np
from hypothesis import strategies as st

from mentorship.ops.bench.pairing.breaches import impossible, kept_apart
from pairing.engine import Person, Policy, Problem, Rule, explain

LEVELS = st.sampled_from([None, 1, 2, 3, 4, 5])
SKILLS = ["sql", "law", "hiring", "pricing"]
TAGS = ["calm", "direct", "curious", "thorough"]
PLAIN = Policy(floor_share=0)


def some(names, most=3):
    """A set of a few of the names."""
    return st.frozensets(st.sampled_from(names), max_size=most)


def hours():
    """Availability as a stretch of quarter hours, of which many overlap."""
    return st.builds(
        lambda start, length: ((1 << length) - 1) << start,
        st.integers(0, 24),
        st.integers(0, 24),
    )


def people(name, **more):
    """Somebody with this id and any profile."""
    return st.builds(
        Person,
        id=st.just(name),
        line_key=st.just(name),
        languages=some(["en", "de"], 2),
        availability=hours(),
        async_only=st.integers(0, 5).map(lambda number: not number),
        paused=st.integers(0, 9).map(lambda number: number == 9),
        skills_offered=st.dictionaries(st.sampled_from(SKILLS), LEVELS, max_size=3),
        skills_wanted=st.dictionaries(st.sampled_from(SKILLS), LEVELS, max_size=3),
        goals=some(SKILLS, 2),
        interests=some(TAGS),
        working_style=some(TAGS),
        values=some(TAGS),
        good_mentor=some(TAGS, 2),
        learning_preference=st.sampled_from(["", "doing", "reading"]),
        function=st.sampled_from(["", "finance", "nursing"]),
        managers=some([f"o{n}" for n in range(4)] + ["e0"], 1),
        **more,
    )


def mentee(number):
    wishes = st.lists(st.sampled_from([f"o{n}" for n in range(5)]), max_size=3)
    return people(f"e{number}", wishes=wishes.map(tuple))


def mentor(number):
    return people(
        f"o{number}",
        capacity=st.integers(0, 3),
        recent_load=st.integers(0, 2),
        first_time=st.booleans(),
        resting=st.integers(0, 9).map(lambda number: number == 9),
    )


@st.composite
def problems(draw, mentees=6, mentors=5, pins=0):
    """Up to so many people, a few of them kept apart, and up to `pins` pins."""
    ours = tuple(draw(mentee(n)) for n in range(draw(st.integers(0, mentees))))
    theirs = tuple(draw(mentor(n)) for n in range(draw(st.integers(0, mentors))))
    pair = st.tuples(
        st.sampled_from([f"o{n}" for n in range(max(mentors, 1))]),
        st.sampled_from([f"e{n}" for n in range(max(mentees, 1))]),
    )
    never = draw(st.lists(pair, max_size=3, unique=True))
    pinned = draw(st.lists(pair, max_size=pins, unique=True)) if pins else []
    rules = [Rule("never", *two) for two in never]
    rules += [Rule("pin", *two) for two in pinned]
    ended = tuple(draw(st.lists(pair, max_size=2, unique=True)))
    return Problem(ours, theirs, rules=tuple(rules), ended=ended)


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
    total -= policy.place_cost * (loads * (loads - 1) / 2).sum(axis=1)
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
    loads = Counter(plan.mentor_of.values()).values()
    further = sum(load * (load - 1) / 2 for load in loads)
    return sum(points) - plan.policy.place_cost * further
