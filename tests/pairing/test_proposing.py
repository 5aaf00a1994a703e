"""What of a cohort's rows reaches the engine, and what never does."""

from datetime import date

import pytest

from pairing.engine import Weights
from pairing.proposing import problem_of
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    ParticipantFactory,
    a_ready,
)

START = date(2026, 3, 2)
SUPERFICIAL = {
    "department": "Cardiology",
    "job_title": "Head of something",
    "site": "North Hospital",
    "started_work_on": date(1999, 1, 1),
}


@pytest.fixture
def cohort(db):
    cohort = CohortFactory(stage="pairing")
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def people(cohort):
    return [a_ready(kind, cohort) for kind in (ParticipantFactory, MentorFactory)]


@pytest.mark.parametrize(("field", "value"), SUPERFICIAL.items())
def test_superficial_fields_change_nothing_that_the_engine_sees(
    cohort, people, field, value
):
    before = problem_of(cohort, Weights(), START).inputs_hash()
    for place in people:
        setattr(place, field, value)
        place.save()
    assert problem_of(cohort, Weights(), START).inputs_hash() == before


def test_names_change_nothing_that_the_engine_sees(cohort, people):
    before = problem_of(cohort, Weights(), START).inputs_hash()
    for place in people:
        place.user.given_name, place.user.family_name = "Somebody", "Else"
        place.user.save()
    assert problem_of(cohort, Weights(), START).inputs_hash() == before


def test_words_of_goals_are_kept_back_until_they_count(cohort, people):
    profile = people[0].user.profile
    profile.goals = "Speak in public"
    profile.save()
    quiet = problem_of(cohort, Weights(), START)
    asked = problem_of(cohort, Weights(goal_text=0.1), START)
    assert quiet.mentees[0].goal_text == ""
    assert asked.mentees[0].goal_text == "Speak in public"


def test_values_and_ideas_of_a_good_mentor_are_tags(cohort, people):
    profile = people[0].user.profile
    profile.values = ["Candor", " patience"]
    profile.mentor_ideals = ["Listens", "asks"]
    profile.working_style = "Direct, reflective"
    profile.save()
    (mentee,) = problem_of(cohort, Weights(), START).mentees
    assert mentee.values == {"candor", "patience"}
    assert mentee.good_mentor == {"listens", "asks"}
    assert mentee.working_style == {"direct", "reflective"}
