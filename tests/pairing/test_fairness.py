"""Whether a plan is fair, as coordinators see it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from mentorship.participants.models import Participant
from pairing import actions, engine
from pairing.actions.runs import Run, plan_of
from pairing.fairness import (
    Fairness,
    carried_by_a_tenth,
    fewest_for_half,
    pairs_by_mentor,
    program_leans_on,
)
from tests.factories import (
    CohortFactory,
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    RoleFactory,
    UserFactory,
    a_ready,
)
from tests.pairing.engine.people import market

USUAL = engine.Policy()


def fairness(problem, policy=USUAL):
    plan = engine.solve(problem, policy)
    round_ = SimpleNamespace(gap=plan.gap)
    return Fairness(round_, problem, plan, {})


def test_every_pair_is_a_dot_and_low_ones_stand_out():
    fair = fairness(market([[80, 10], [10, 40]], [1, 1]))
    assert fair.fits == [40, 80]
    assert [dot["low"] for dot in fair.chart["dots"]] == [True, False]
    assert fair.caption == "Half of the pairs fit 40 or better, 1 under 50."
    assert fair.chart["dot"] == "Each dot is a pair."


def test_a_plan_without_pairs_is_told_without_a_dot():
    fair = fairness(engine.Problem((), ()))
    assert (fair.fits, fair.chart["dots"], fair.floor) == ([], [], None)


def test_the_floor_is_drawn_where_no_pair_may_fall_below():
    fair = fairness(market([[90, 50], [40, 10]], [1, 1]))
    assert fair.floor == 38
    assert fair.chart["floor_x"]


def test_the_spread_counts_mentors_and_what_the_busiest_carry():
    fair = fairness(market([[90, 0], [80, 0]], [2, 0]))
    assert fair.busy == "1 of 1"
    assert fair.tenth == "The busiest of 1 mentors carries 100 % of mentees."


def test_recent_cohorts_count_for_how_far_a_plan_leans_on_a_few():
    problem = market([[90, 0, 0], [0, 80, 0]], [1, 1, 1])
    one, other, idle = problem.mentors
    mentors = (replace(one, recent_load=3), replace(other, taken=1), idle)
    fair = fairness(replace(problem, mentors=mentors))
    assert fair.leaning == (
        "With recent cohorts, half of 6 pairs rest on 1 of 2 mentors."
    )


def test_wishes_and_first_wishes_are_counted():
    problem = market([[80, 10], [10, 80]], [1, 1])
    one, other = problem.mentees
    wishing = (replace(one, wishes=("o1", "o0")), other)
    fair = fairness(replace(problem, mentees=wishing))
    assert fair.wishes == "1 of 1"
    assert fair.summary.first_wishes == 0


def test_where_nobody_wished_nothing_is_said_of_wishes():
    assert fairness(market([[80]], [1])).wishes == ""


def test_the_busiest_tenth_is_rounded_up():
    assert carried_by_a_tenth([3] + [1] * 10) == (2, pytest.approx(100 * 4 / 13))
    assert carried_by_a_tenth([]) == (0, 0)


@pytest.mark.parametrize(
    ("counts", "people"), [([], 0), ([1], 1), ([1, 1, 1, 1], 2), ([5, 1, 1, 1], 1)]
)
def test_half_of_everything_rests_on_the_fewest_who_carry_it(counts, people):
    assert fewest_for_half(counts) == people


@pytest.mark.django_db
def test_the_program_leans_on_whoever_mentors_in_each_cohort():
    first = CohortFactory()
    program = first.program
    second, mentor = CohortFactory(program=program), MentorFactory(cohort=first)
    again = MentorFactory(cohort=second, user=mentor.user)
    PairFactory(cohort=first, mentor=mentor)
    PairFactory(cohort=second, mentor=again)
    PairFactory(cohort=second)
    PairFactory()  # of another program
    assert sorted(pairs_by_mentor(second)) == [1, 2]
    assert program_leans_on(second) == (
        "In the latest cohorts, half of 3 pairs rested on 1 of 2 mentors."
    )


@pytest.mark.django_db
def test_a_program_without_pairs_leans_on_nobody():
    assert program_leans_on(CohortFactory()) == ""


@pytest.fixture
def panel(db, django_assert_num_queries):
    """The panel of a plan with so many pairs, which takes no query."""

    def shown(pairs):
        cohort = CohortFactory(stage="pairing")
        for _ in range(pairs):
            a_ready(MentorFactory, cohort, capacity=1)
            a_ready(ParticipantFactory, cohort)
        round_ = actions.propose(cohort, by=UserFactory(), at=timezone.now())
        people = Participant.objects.filter(cohort=cohort).select_related("user")
        names = {str(place.pk): place for place in people}
        fair = Fairness(round_, Run.of(round_).problem, plan_of(round_), names)
        with django_assert_num_queries(0):
            return fair, render_to_string("pairing/_fairness.html", {"fair": fair})

    return shown


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_panel_names_the_lowest_fits_and_links_to_their_cards(panel, pairs):
    fair, html = panel(pairs)
    assert len(fair.lowest) == pairs
    for low in fair.lowest:
        assert f"{low.mentor.name} and {low.mentee.name}" in html
        assert f'?order=lowest#{low.mentee.pk}"' in html


def test_the_panel_says_the_proof_and_where_the_price_of_the_floor_is(panel):
    fair, html = panel(2)
    assert "The best there is" in html
    assert f"/pairing/plans/{fair.round.number}/floor/" in html
    assert "Read as a table" in html


@pytest.mark.django_db
def test_the_workbench_asks_whether_the_plan_is_fair(client):
    cohort = CohortFactory(stage="pairing")
    coordinator = RoleFactory(program=cohort.program).user
    client.force_login(coordinator)
    bench = reverse("pairing:workbench", args=[cohort.pk])
    assert "Is it fair?" not in client.get(bench).content.decode()
    a_ready(MentorFactory, cohort)
    a_ready(ParticipantFactory, cohort)
    actions.propose(cohort, by=coordinator, at=timezone.now())
    assert "Is it fair?" in client.get(bench).content.decode()
