"""Who cannot be paired, proved by who they could meet, and what would help."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pairing.engine import Policy, Problem, Relaxation, Rule, limits, solve
from tests.pairing.engine.people import bits, market, person, random_problem

LATE = bits(range(500, 516))


def test_more_mentees_than_places_name_each_other():
    (shortage,) = solve(market([[90], [80], [70]], [2])).shortage
    assert shortage.mentees == ("e0", "e1", "e2")
    assert (shortage.mentors, shortage.places) == (("o0",), 2)
    assert shortage.removed == {}
    assert shortage.relaxation == Relaxation("place", "o0", 1)


def test_two_groups_that_share_no_mentor_are_told_apart():
    english = [person(f"e{n}") for n in range(3)]
    polish = [person(f"p{n}", languages=frozenset({"pl"})) for n in range(2)]
    mentors = person("o-en"), person("o-pl", languages=frozenset({"pl"}))
    found = solve(Problem((*english, *polish), mentors)).shortage
    assert [shortage.mentors for shortage in found] == [("o-en",), ("o-pl",)]
    assert [shortage.removed for shortage in found] == [
        {"NO_SHARED_LANGUAGE": 3},
        {"NO_SHARED_LANGUAGE": 2},
    ]


def test_meeting_in_writing_is_named_where_it_helps_more_than_a_place():
    mentees = tuple(person(f"e{n}") for n in range(3))
    mentors = (person("o1"), person("o2", availability=LATE, capacity=2))
    (shortage,) = solve(Problem(mentees, mentors)).shortage
    assert shortage.mentors == ("o1",)
    assert shortage.relaxation == Relaxation("limit", "NO_OVERLAP", 2)


def test_somebody_who_can_meet_nobody_has_no_mentors_to_name():
    alone = person("e", languages=frozenset({"pl"}))
    (shortage,) = solve(Problem((alone,), (person("o"),))).shortage
    assert (shortage.mentors, shortage.places) == ((), 0)
    assert shortage.removed == {"NO_SHARED_LANGUAGE": 1}
    assert shortage.relaxation is None


def test_a_full_mentor_is_asked_where_nobody_else_is_possible():
    (shortage,) = solve(Problem((person("e"),), (person("o", capacity=0),))).shortage
    assert shortage.relaxation == Relaxation("place", "o", 1)


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6), mentees=st.integers(1, 20), mentors=st.integers(1, 9)
)
def test_every_shortage_is_a_proof_and_its_place_helps(seed, mentees, mentors):
    problem = random_problem(seed, mentees, mentors)
    plan = solve(problem, Policy(floor_share=0))
    possible = limits(problem) == 0
    short = 0
    for shortage in plan.shortage:
        rows = [problem.row(mentee) for mentee in shortage.mentees]
        met = possible[rows].any(axis=0)
        named = [
            mentor in shortage.mentors for mentor in (m.id for m in problem.mentors)
        ]
        assert met.tolist() == named
        short += len(shortage.mentees) - shortage.places
        change = shortage.relaxation
        if change and change.kind == "place":
            more = tuple(
                replace(m, capacity=m.capacity + (m.id == change.name))
                for m in problem.mentors
            )
            roomier = solve(replace(problem, mentors=more))
            assert len(roomier.mentor_of) == len(plan.mentor_of) + change.gains
    assert short == len(plan.unpaired)


def test_a_way_out_over_pairs_that_were_no_candidates_is_found():
    law = frozenset({"law"})
    mentees = person("e1", availability=LATE), person("e2", interests=law)
    mentors = person("o1", interests=law), person("o2")
    problem = Problem(mentees, mentors, rules=(Rule("never", "o2", "e1"),))
    for dense in (True, False):
        (shortage,) = solve(problem, dense=dense, few=(1, 0)).shortage
        assert shortage.mentees == ("e1",)
        assert shortage.relaxation == Relaxation("limit", "NO_OVERLAP", 1)
