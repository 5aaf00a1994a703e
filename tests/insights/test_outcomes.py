"""Whether an ended pair went well: by facts and check-ins, and not by one alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.insights.metrics.outcomes import ended_pairs, facts_of, went_well
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()


def an_ended_pair(cohort, *, ending="completed", sessions=0, active=True, **pair):
    """A pair of a hundred days with a monthly rhythm."""
    weights = cohort.program.weights.first()
    weights = weights or make.WeightsFactory(program=cohort.program)
    round_ = cohort.rounds.first()
    round_ = round_ or make.RoundFactory(cohort=cohort, weights=weights)
    proposal = make.ProposalFactory(round=round_)
    ended = make.PairFactory(
        cohort=cohort,
        proposal=proposal,
        mentor=proposal.mentor,
        mentee=proposal.mentee,
        state="ended",
        rhythm_days=30,
        started_on=TODAY - timedelta(days=100),
        active_on=TODAY - timedelta(days=60) if active else None,
        ended_at=NOW,
        ended_by=make.UserFactory(),
        ending=ending,
        **pair,
    )
    for n in range(sessions):
        make.SessionFactory(pair=ended, held_on=TODAY - timedelta(days=90 - n))
    return ended


def facts(pair):
    (row,) = facts_of(pair.cohort.program)
    return {
        name: row[name]
        for name in row
        if name not in {"person", "cohort", "proposal__reasons"}
    }


def answered(pair, place, answer, days_ago):
    make.CheckInFactory(
        pair=pair,
        participant=place,
        asked_for=TODAY - timedelta(days=days_ago),
        answer=answer,
        answered_at=NOW,
    )


@pytest.fixture
def cohort():
    return make.CohortFactory()


def test_all_that_can_hold_of_a_pair(cohort):
    pair = an_ended_pair(cohort, sessions=3)
    make.OutcomeFactory(pair=pair, state="reached", reached_on=TODAY)
    answered(pair, pair.mentee, "worth it", 20)
    assert facts(pair) == {
        "went_on": True,
        "kept_rhythm": True,
        "reached": True,
        "not_stuck": True,
        "stayed": True,
        "completed": True,
    }


def test_nothing_need_hold_of_a_pair(cohort):
    pair = an_ended_pair(cohort, ending="switched", active=False, sessions=2)
    make.OutcomeFactory(pair=pair)
    answered(pair, pair.mentor, "a bit stuck", 20)
    assert set(facts(pair).values()) == {False}


def test_only_the_last_answer_of_each_side_counts(cohort):
    pair = an_ended_pair(cohort)
    answered(pair, pair.mentor, "a bit stuck", 50)
    answered(pair, pair.mentor, "finding our way", 20)
    assert facts(pair)["not_stuck"] is True
    answered(pair, pair.mentee, "a bit stuck", 30)
    assert facts(pair)["not_stuck"] is False


def test_without_an_answer_nothing_is_known(cohort):
    assert facts(an_ended_pair(cohort))["not_stuck"] is None


@pytest.mark.parametrize(("sessions", "kept"), [(0, False), (2, False), (3, True)])
def test_a_hundred_days_of_a_monthly_rhythm_are_three_sessions(cohort, sessions, kept):
    assert facts(an_ended_pair(cohort, sessions=sessions))["kept_rhythm"] is kept


@pytest.mark.parametrize(
    ("ending", "stayed"),
    [
        ("completed", True),
        ("replanned", True),
        ("left", False),
        ("switched", False),
        ("withdrawn", False),
    ],
)
def test_who_left_before_the_end(cohort, ending, stayed):
    assert facts(an_ended_pair(cohort, ending=ending))["stayed"] is stayed


def known(*holds):
    names = ("went_on", "kept_rhythm", "reached", "not_stuck", "stayed", "completed")
    return dict(zip(names, holds, strict=True))


def test_two_thirds_of_what_is_known_must_hold():
    assert went_well(known(True, True, False, None, True, True))
    assert went_well(known(True, False, True, False, True, True))
    assert not went_well(known(True, False, False, None, True, True))
    assert not went_well(known(True, False, False, False, True, True))


def test_meeting_often_is_not_enough():
    assert not went_well(known(True, True, False, True, False, False))


def test_the_mentor_is_a_person_across_cohorts_and_running_pairs_are_left_out(cohort):
    one = an_ended_pair(cohort)
    other_cohort = make.CohortFactory(program=cohort.program)
    other = an_ended_pair(other_cohort)
    other.mentor.user = one.mentor.user
    other.mentor.save()
    make.PairFactory(cohort=cohort)
    make.PairFactory(cohort=make.CohortFactory(), state="active")
    found = ended_pairs(cohort.program)
    assert len(found) == 2
    assert {pair.mentor for pair in found} == {one.mentor.user_id}


@pytest.mark.parametrize("pairs", [1, 3])
def test_it_takes_one_query(cohort, pairs, django_assert_num_queries):
    for _ in range(pairs):
        an_ended_pair(cohort, sessions=1)
    with django_assert_num_queries(1):
        assert len(ended_pairs(cohort.program)) == pairs
