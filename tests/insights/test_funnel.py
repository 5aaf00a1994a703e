"""From an invitation to a first session: who took each step, who waits, how long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mentorship.charter.models import Acknowledgment
from mentorship.insights.funnel import STEPS, Funnel
from mentorship.participants.models import Participant
from tests import factories as make

pytestmark = pytest.mark.django_db
FIRST = date(2026, 3, 2)
TODAY = FIRST + timedelta(days=60)


def on(days):
    """Noon, so many days after the first."""
    if days is None:
        return None
    day = FIRST + timedelta(days=days)
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_cohort():
    program = make.ProgramFactory(zone="UTC")
    charter = make.CharterFactory(program=program, published_at=on(-5))
    return make.CohortFactory(program=program, name="Spring"), charter


def a_place(cohort, factory=make.ParticipantFactory, *, invited=0, **days):
    """Somebody who joined, agreed and was oriented so many days after the first."""
    joined, agreed = days.get("joined"), days.get("agreed")
    place = factory(
        cohort=cohort,
        state="joined" if joined is not None else "invited",
        invited_at=on(invited),
        joined_at=on(joined),
        oriented_at=on(days.get("oriented")),
    )
    if days.get("profile"):
        make.a_complete_profile(place.user, cohort.program)
    if agreed is not None:
        agree(place, cohort.program.in_force, agreed)
    return place


def agree(place, charter, days):
    Acknowledgment.objects.create(
        user=place.user, charter=charter, language="en", sha256="0" * 64, at=on(days)
    )


READY = {"joined": 4, "profile": True, "agreed": 9, "oriented": 7}


def an_offer(cohort, days):
    """Two who were ready and got an offer."""
    round_ = cohort.rounds.first() or make.RoundFactory(cohort=cohort)
    mentee = a_place(cohort, **READY)
    mentor = a_place(cohort, make.MentorFactory, **READY)
    return make.ProposalFactory(
        round=round_, mentor=mentor, mentee=mentee, state="offered", offered_at=on(days)
    )


def told(funnel):
    return {
        step.name: (step.able, step.done, step.waiting, step.days, step.waited)
        for step in funnel.steps
    }


def test_each_step_says_who_took_it_who_waits_and_how_long():
    cohort, _charter = a_cohort()
    a_place(cohort)
    a_place(cohort, joined=2, profile=True)
    a_place(cohort, joined=6, agreed=8, oriented=10)
    a_place(cohort, **READY)
    an_offer(cohort, 19)
    offer = an_offer(cohort, 19)
    pair = make.PairFactory(
        cohort=cohort,
        mentor=offer.mentor,
        mentee=offer.mentee,
        started_on=on(24).date(),
    )
    make.SessionFactory(pair=pair, held_on=on(30).date())
    make.SessionFactory(pair=pair, held_on=on(50).date())
    make.SessionFactory(pair=pair, state="canceled", held_on=on(25).date())
    found = Funnel(cohort.program, None, TODAY)
    assert told(found) == {
        "joined": (8, 7, 1, 4, 60),
        "profile": (7, 6, 1, None, 54),
        "agreed": (7, 6, 1, 5, 58),
        "oriented": (7, 6, 1, 3, 58),
        "ready": (7, 5, 2, 5, 56),
        "offered": (5, 4, 1, 10, 51),
        "paired": (4, 2, 2, 5, 41),
        "met": (2, 2, 0, 6, None),
    }
    assert found.longest_queue.name == "ready"
    assert [step.mentees for step in found.steps] == [1, 1, 1, 1, 2, 1, 1, 0]
    assert found.steps[0].stopped == 0


def test_who_left_waits_no_more_and_is_told_as_stopped():
    cohort, _charter = a_cohort()
    left = a_place(cohort, joined=3)
    left.state, left.left_at = "withdrawn", on(20)
    left.save()
    a_place(make.CohortFactory(program=cohort.program, stage="alumni"), joined=3)
    a_place(cohort, joined=3)
    steps = {s.name: s for s in Funnel(cohort.program, None, TODAY).steps}
    assert (steps["ready"].able, steps["ready"].waiting) == (3, 1)
    assert steps["ready"].stopped == 2


def test_people_who_were_not_invited_and_other_programs_are_not_counted():
    cohort, _charter = a_cohort()
    make.ParticipantFactory(
        cohort=cohort, state="imported", joined_at=None, oriented_at=None
    )
    a_place(a_cohort()[0], joined=1)
    other = make.CohortFactory(program=cohort.program)
    a_place(other, joined=1)
    assert Funnel(cohort.program, cohort, TODAY).invited == 0
    assert Funnel(cohort.program, None, TODAY).invited == 1
    assert Funnel(cohort.program, cohort, TODAY).longest_queue is None


def test_a_charter_that_asks_again_takes_nobody_back_who_had_an_offer():
    cohort, charter = a_cohort()
    an_offer(cohort, 19)
    a_place(cohort, **READY)
    charter.state = "replaced"
    charter.save()
    make.CharterFactory(program=cohort.program, number=2, asks_again=True)
    steps = told(Funnel(cohort.program, None, TODAY))
    assert steps["ready"][:3] == (3, 2, 1)
    assert steps["agreed"][:3] == (3, 2, 1)


def test_ready_means_what_it_means_elsewhere():
    cohort, _charter = a_cohort()
    for number in range(8):
        a_place(
            cohort,
            joined=1,
            profile=bool(number & 1),
            agreed=2 if number & 2 else None,
            oriented=3 if number & 4 else None,
        )
    found = Funnel(cohort.program, None, TODAY)
    ready = Participant.objects.filter(cohort=cohort).ready()
    assert told(found)["ready"][1] == ready.count() == 1
    not_ready = Participant.objects.filter(cohort=cohort).not_ready()
    assert set(found.waiting("ready")) == set(not_ready)


@pytest.mark.parametrize("step", STEPS)
def test_the_list_behind_a_step_has_as_many_as_the_step_says(step):
    cohort, _charter = a_cohort()
    a_place(cohort)
    a_place(cohort, joined=2)
    a_place(cohort, **READY)
    offer = an_offer(cohort, 19)
    an_offer(cohort, 20)
    make.PairFactory(cohort=cohort, mentor=offer.mentor, mentee=offer.mentee)
    found = Funnel(cohort.program, cohort, TODAY)
    (counted,) = [each for each in found.steps if each.name == step]
    people = list(found.waiting(step))
    assert len(people) == counted.waiting > 0
    names = [place.user.family_name for place in people]
    assert names == sorted(names)
    assert found.since(step, people).keys() >= {place.pk for place in people}


@pytest.mark.parametrize("people", [1, 3])
def test_the_list_takes_as_many_queries_for_three_people_as_for_one(client, people):
    cohort, _charter = a_cohort()
    for _ in range(people):
        a_place(cohort)
    client.force_login(make.RoleFactory(program=cohort.program).user)
    url = reverse("insights:waiting", args=[cohort.program_id, "joined"])
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url, {"cohort": cohort.pk})
    assert len(page.context["rows"]) == people
    assert len(queries) == 9
