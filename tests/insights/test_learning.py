"""The page on what ended pairs suggest: a sentence under forty, limits in words."""

import re
import time

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.insights.learning import Lesson, as_arrays
from mentorship.insights.metrics.outcomes import EndedPair
from pairing import engine
from pairing.actions import propose
from pairing.models import Proposal, Round
from tests import factories as make
from tests.insights.closed import TRULY_WORTH_NOTHING, closed_pairs

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


def page_of(client, program, kind="coordinator"):
    client.force_login(make.RoleFactory(program=program, kind=kind).user)
    return client.get(reverse("insights:learning", args=[program.pk]))


def an_open_plan(program):
    """A proposed round of eight people who differ in what they like."""
    cohort = make.CohortFactory(program=program, stage="pairing")
    for number in range(4):
        for side, other in ((make.ParticipantFactory, 0), (make.MentorFactory, 2)):
            place = make.a_ready(
                side, cohort, user__given_name=f"{side.__name__}{number}"
            )
            profile = place.user.profile
            profile.interests = [str((number + other) % 4)]
            profile.learning = ["a", "b", "c", "d"][number]
            profile.save()
    return propose(cohort, by=make.UserFactory(), at=NOW)


def test_under_forty_pairs_there_is_a_kind_sentence_and_nothing_else(client):
    program = make.ProgramFactory()
    closed_pairs(program, 39)
    words = text_of(page_of(client, program))
    assert "So far 39 pairs have ended." in words
    assert "Read as a table" not in words
    assert "What this cannot tell" not in words


def test_where_all_went_alike_there_is_nothing_to_tell_apart(client):
    program = make.ProgramFactory()
    cohort, _good = closed_pairs(program, 45)
    cohort.pairs.update(ending="switched", active_on=None)
    assert "All 45 ended pairs went alike" in text_of(page_of(client, program))


def test_where_all_were_paired_by_the_same_there_is_nothing_to_compare(client):
    program = make.ProgramFactory()
    cohort, _good = closed_pairs(program, 45)
    Proposal.objects.filter(round__cohort=cohort).update(reasons=[])
    words = text_of(page_of(client, program))
    assert (
        "45 pairs have ended, and all were alike in what they were paired by" in words
    )


def test_three_hundred_pairs_suggest_shares_with_intervals_and_limits(client):
    program = make.ProgramFactory()
    _cohort, good = closed_pairs(program, 300)
    began = time.process_time()
    answer = page_of(client, program)
    assert time.process_time() - began < 5
    words = text_of(answer)
    assert f"Of 300 ended pairs, {good.sum()} went well." in words
    assert "Read as a table" in words
    for limit in (
        "Only pairs that were made are seen",
        "Each is compared with itself",
        "Pairs of one mentor go alike",
        "Nothing here says that a factor makes pairs go well",
    ):
        assert limit in words
    assert "No plan is open just now." in words
    lesson = answer.context["lesson"]
    worthless = lesson.found.shares[TRULY_WORTH_NOTHING]
    assert worthless.suggested < worthless.now
    assert sum(lesson.found.weights().values()) == pytest.approx(1)


@pytest.fixture
def another_taste(monkeypatch):
    """Suggested weights under which every open plan would be another."""
    values = {"learning_preference": 1.0}
    suggested = engine.Weights.from_dict(values)
    monkeypatch.setattr(Lesson, "suggested", suggested)


def test_it_names_who_would_be_paired_otherwise_and_changes_nothing(another_taste):
    program = make.ProgramFactory()
    closed_pairs(program, 60)
    an_open_plan(program)
    before = Round.objects.get(state="proposed").result
    (plan,) = Lesson(program).plans
    assert plan.pairs == 4
    assert plan.changes
    assert all(change.before != change.after for change in plan.changes)
    assert Round.objects.get(state="proposed").result == before


def test_the_suggested_values_can_be_tried_out_where_weights_are_chosen(client):
    program = make.ProgramFactory()
    closed_pairs(program, 60)
    an_open_plan(program)
    lesson = page_of(client, program).context["lesson"]
    form = client.get(lesson.try_out_url).context["form"]
    for name, share in lesson.learned.items():
        assert form.initial[name] == pytest.approx(share.suggested, abs=0.0005)


def test_a_plan_too_large_is_not_worked_out_while_somebody_waits(monkeypatch):
    program = make.ProgramFactory()
    closed_pairs(program, 60)
    an_open_plan(program)
    monkeypatch.setattr("mentorship.insights.learning.MOST_PEOPLE", 7)
    (plan,) = Lesson(program).plans
    assert plan.changes is None


def test_factors_that_a_proposal_did_not_know_count_as_usual():
    reasons = [{"name": "skills", "value": n / 100} for n in range(50)]
    known = [EndedPair("m", "c", [reason], True) for reason in reasons]
    unknown = EndedPair("m", "c", [{"name": "wishes", "value": 1.0}], False)
    closed = as_arrays([*known, unknown], {"skills": 0.5, "wishes": 0.5})
    assert closed.names == ("skills",)
    assert closed.values[-1, 0] == pytest.approx(0.245)


@pytest.mark.parametrize(
    ("kind", "status"), [("facilitator", 403), ("steering", 403), ("sponsor", 403)]
)
def test_only_coordinators_may_read_it(client, kind, status):
    assert page_of(client, make.ProgramFactory(), kind).status_code == status


def test_participants_find_nothing_there(client):
    place = make.ParticipantFactory()
    client.force_login(place.user)
    url = reverse("insights:learning", args=[place.cohort.program_id])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("cohorts", [1, 3])
def test_the_page_takes_as_many_queries_for_three_open_plans_as_for_one(
    client, cohorts, another_taste, django_assert_num_queries
):
    program = make.ProgramFactory()
    closed_pairs(program, 60)
    for _ in range(cohorts):
        an_open_plan(program)
    user = make.RoleFactory(program=program).user
    client.force_login(user)
    url = reverse("insights:learning", args=[program.pk])
    client.get(url)
    with django_assert_num_queries(9):
        client.get(url)
