"""Large cohorts: a worker works the plan out, once, and can be stopped."""

from datetime import timedelta
from functools import partial

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.participants.models import Participant
from pairing import actions
from pairing.actions import queueing, rounds, solving
from pairing.actions.runs import Run
from pairing.models import PairRule, Round
from pairing.tasks import sweep_rounds, work_out
from tests.factories import RoleFactory, UserFactory
from tests.pairing.test_rounds import a_cohort
from tests.races import at_once

NOW = timezone.now()

pytestmark = pytest.mark.django_db


def clock():
    return NOW


@pytest.fixture(autouse=True)
def _every_cohort_is_large(monkeypatch):
    monkeypatch.setattr(rounds, "A_REQUEST_TAKES", 1)


@pytest.fixture
def large():
    cohort, _mentees, _mentors = a_cohort()
    return cohort


def queued(cohort) -> Round:
    return actions.propose(cohort, by=UserFactory(), at=NOW)


def test_a_large_plan_is_queued_and_worked_out_by_a_worker(large):
    round_ = queued(large)
    assert round_.state == Round.State.SOLVING
    work_out.run(str(round_.pk))
    round_.refresh_from_db()
    assert (round_.state, round_.progress) == (Round.State.PROPOSED, 100)
    assert round_.proposals.count() == 3


def test_the_old_plan_stays_until_the_new_one_is_there(large):
    first = queued(large)
    actions.work_out(first.pk, clock=clock)
    second = queued(large)
    first.refresh_from_db()
    assert first.state == Round.State.PROPOSED
    actions.work_out(second.pk, clock=clock)
    first.refresh_from_db()
    assert first.state == Round.State.REPLACED


def test_the_sweeper_finds_a_round_whose_message_was_lost(large):
    round_ = queued(large)
    sweep_rounds.run()
    round_.refresh_from_db()
    assert round_.state == Round.State.PROPOSED


def test_a_round_is_left_to_whoever_works_on_it_until_they_fall_silent(large):
    round_ = queued(large)
    assert solving.take(round_.pk, NOW)
    assert actions.sweep_rounds(clock=clock) == 0
    later = NOW + solving.LEASE + timedelta(seconds=1)
    assert actions.sweep_rounds(clock=lambda: later) == 1


def test_a_broker_that_is_away_does_not_fail_the_request(
    large, monkeypatch, django_capture_on_commit_callbacks
):
    def away(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setattr(queueing.current_app, "send_task", away)
    with django_capture_on_commit_callbacks(execute=True) as told:
        round_ = queued(large)
    assert len(told) == 1
    assert round_.state == Round.State.SOLVING


def test_progress_is_told_and_canceling_stops_the_work(large, monkeypatch):
    monkeypatch.setattr(solving, "A_WHILE", 0)
    round_ = solving.take(queued(large).pk, NOW)
    progress = solving.Progress(round_, clock)
    progress("score", 0.5)
    assert Round.objects.get(pk=round_.pk).progress > 0
    actions.cancel_round(round_, by=UserFactory())
    with pytest.raises(solving.Stopped):
        progress("score", 0.6)


def test_canceling_takes_back_what_the_plan_was_to_be_made_for(large):
    actions.work_out(queued(large).pk, clock=clock)
    opened = Round.objects.get(state="proposed")
    pair = opened.proposals.first()
    about = {"mentor": pair.mentor, "mentee": pair.mentee}
    round_ = actions.change(
        large, "never", seen=opened.pk, by=UserFactory(), at=NOW, **about
    )
    assert PairRule.objects.exists()
    actions.cancel_round(round_, by=UserFactory())
    assert not PairRule.objects.exists()
    opened.refresh_from_db()
    assert opened.is_open
    assert not actions.work_out(round_.pk, clock=clock)


def test_nothing_else_changes_the_plan_meanwhile(large):
    actions.work_out(queued(large).pk, clock=clock)
    opened = Round.objects.get(state="proposed")
    queued(large)
    with pytest.raises(actions.PlanIsInWork):
        queued(large)
    with pytest.raises(actions.PlanIsInWork):
        actions.publish_round(opened, by=UserFactory(), at=NOW)


def test_a_plan_that_cannot_be_worked_out_is_given_up(large, monkeypatch):
    def fails(self, watch=None):
        raise ArithmeticError

    round_ = queued(large)
    monkeypatch.setattr(Run, "solve", fails)
    with pytest.raises(ArithmeticError):
        actions.work_out(round_.pk, clock=clock)
    round_.refresh_from_db()
    assert round_.is_canceled
    assert round_.change["failed"]


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_one_works_a_round_out(large):
    work = partial(actions.work_out, queued(large).pk, clock=clock)
    assert sorted(at_once(work, work)) == [False, True]
    assert Round.objects.get().proposals.count() == 3


@pytest.mark.django_db(transaction=True)
def test_canceling_and_finishing_at_once_leave_one_truth():
    for _round in range(4):
        cohort, _mentees, _mentors = a_cohort()
        round_ = solving.take(queued(cohort).pk, NOW)
        run = Run.for_round(round_, NOW.date())
        plan = run.solve()
        finished, canceled = at_once(
            partial(solving.hand_over, round_, run, plan),
            partial(actions.cancel_round, round_, by=UserFactory()),
        )
        stored = Round.objects.get(pk=round_.pk)
        was_late = isinstance(canceled, actions.RoundHasChanged)
        assert finished == was_late == (stored.state == Round.State.PROPOSED)
        assert stored.is_canceled != finished
        assert stored.proposals.exists() == finished


def test_the_page_shows_progress_and_the_old_plan_and_cancels(client, large):
    coordinator = RoleFactory(program=large.program).user
    client.force_login(coordinator)
    actions.work_out(queued(large).pk, clock=clock)
    round_ = queued(large)
    address = reverse("pairing:workbench", args=[large.pk])
    text = client.get(address).content.decode()
    assert "A new plan is being worked out" in text
    assert "3 proposed pairs" in text
    assert "Publish all" not in text
    part = client.get(
        reverse("pairing:progress", args=[round_.pk]), headers={"HX-Request": "true"}
    )
    assert "HX-Refresh" not in part
    assert "<progress" in part.content.decode()
    client.post(reverse("pairing:cancel_round", args=[round_.pk]))
    text = client.get(address).content.decode()
    assert "Publish all 3" in text
    part = client.get(
        reverse("pairing:progress", args=[round_.pk]), headers={"HX-Request": "true"}
    )
    assert part["HX-Refresh"] == "true"


def test_a_veto_given_while_the_plan_is_worked_out_counts(large, monkeypatch):
    type(large).objects.update(stage="pairing")
    solve = Run.solve
    vetoed = []

    def slowly(run, watch=None):
        plan = solve(run, watch)
        one, other = next(iter(plan.mentor_of.items()))
        place = Participant.objects.get(pk=one)
        mentor = Participant.objects.get(pk=other)
        actions.veto(place, mentor, by=place.user, at=NOW)
        vetoed.append(place)
        return plan

    monkeypatch.setattr(Run, "solve", slowly)
    round_ = queued(large)
    assert actions.work_out(round_.pk, clock=clock)
    states = dict(round_.proposals.values_list("mentee", "state"))
    assert states.pop(vetoed[0].pk) == "dropped"
    assert set(states.values()) == {"proposed"}
