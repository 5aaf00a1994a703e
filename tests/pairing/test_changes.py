"""Changing the open plan: verbs, undo, two coordinators, mending, some published."""

from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.participants.actions import set_limits, take_break
from mentorship.participants.models import Participant, Pause
from pairing import actions, engine, wording
from pairing.actions.changes import what_to_undo
from pairing.actions.runs import plan_of, replay
from pairing.models import PairRule, Proposal, Round, Weights, Wish
from pairing.proposing import problem_of
from tests.factories import (
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    ProposalFactory,
    RoleFactory,
    UserFactory,
    WeightsFactory,
    a_ready,
)
from tests.pairing.test_rounds import a_cohort
from tests.races import at_once

NOW = timezone.now()

pytestmark = pytest.mark.django_db


class Bench:
    """A cohort with an open plan, and the coordinator who changes it."""

    def __init__(self, mentees=3, mentors=2, **charter):
        self.cohort, self.mentees, self.mentors = a_cohort(mentees, mentors, **charter)
        self.by = RoleFactory(program=self.cohort.program).user
        self.round = actions.propose(self.cohort, by=self.by, at=NOW)

    def change(self, verb, **about):
        said = {"seen": self.round.pk, "by": self.by, "at": NOW}
        self.round = actions.change(self.cohort, verb, **said, **about)
        return self.round

    def undo(self):
        self.round = actions.undo(self.round, by=self.by, at=NOW)
        return self.round

    @property
    def plan(self):
        return plan_of(self.round)

    def mentor_of(self, mentee):
        return self.plan.mentor_of.get(str(mentee.pk))

    def other_mentor(self, mentee):
        now = self.mentor_of(mentee)
        return next(m for m in self.mentors if str(m.pk) != now)


# --------------------------------------------------------------------------- verbs
def test_a_change_makes_a_new_round_that_knows_what_was_done():
    bench = Bench()
    first = bench.round
    mentee = bench.mentees[0]
    mentor = bench.other_mentor(mentee)
    bench.change("pin", mentor=mentor, mentee=mentee)
    first.refresh_from_db()
    assert first.state == Round.State.REPLACED
    assert bench.round.base == first
    assert bench.round.change["verb"] == "pin"
    assert bench.round.change["people"] == [str(mentor.pk), str(mentee.pk)]
    assert bench.mentor_of(mentee) == str(mentor.pk)


def test_pinning_somebody_anew_lets_the_first_pin_go():
    bench = Bench()
    mentee, (one, two) = bench.mentees[0], bench.mentors
    bench.change("pin", mentor=one, mentee=mentee)
    bench.change("pin", mentor=two, mentee=mentee)
    assert bench.mentor_of(mentee) == str(two.pk)
    assert [rule.mentor for rule in PairRule.objects.all()] == [two]


def test_two_mentees_swap_their_mentors_in_one_step():
    bench = Bench(mentees=2, mentors=2)
    Participant.objects.filter(is_mentor=True).update(capacity=1)
    bench.round = actions.propose(bench.cohort, by=bench.by, at=NOW)
    one, two = bench.mentees
    before = bench.mentor_of(one), bench.mentor_of(two)
    bench.change("swap", mentee=one, other=two)
    assert (bench.mentor_of(two), bench.mentor_of(one)) == before
    bench.undo()
    assert (bench.mentor_of(one), bench.mentor_of(two)) == before
    assert not PairRule.objects.exists()


def test_a_swap_over_a_hard_limit_is_refused_with_the_facts():
    bench = Bench(mentees=2, mentors=2)
    Participant.objects.filter(is_mentor=True).update(capacity=1)
    bench.round = actions.propose(bench.cohort, by=bench.by, at=NOW)
    one, two = bench.mentees
    mentor = Participant.objects.get(pk=bench.mentor_of(two))
    one.user.profile.languages = ["fi"]
    one.user.profile.save()
    with pytest.raises(actions.CannotPin) as refused:
        bench.change("swap", mentee=one, other=two)
    assert refused.value.limits == ["NO_SHARED_LANGUAGE"]
    assert refused.value.mentor == mentor
    assert refused.value.facts["languages"] == {"mentee": ["fi"], "mentor": ["en"]}
    assert not PairRule.objects.exists()


def test_a_mentor_with_no_places_gets_nobody():
    bench = Bench(mentees=1, mentors=1)
    (mentor,) = bench.mentors
    bench.change("capacity", mentor=mentor, places=0)
    assert bench.plan.mentor_of == {}
    bench.undo()
    mentor.refresh_from_db()
    assert mentor.capacity == 2
    assert len(bench.plan.mentor_of) == 1


def test_somebody_on_a_break_is_left_out_until_they_are_taken_in_again():
    bench = Bench(mentees=2, mentors=1)
    mentee = bench.mentees[0]
    bench.change("pause", person=mentee)
    assert bench.mentor_of(mentee) is None
    assert str(mentee.pk) not in bench.plan.unpaired
    bench.change("resume", person=mentee)
    assert bench.mentor_of(mentee)
    assert not Pause.objects.open_on(NOW.date()).exists()


def test_a_paused_mentor_is_told_as_the_reason():
    bench = Bench(mentees=1, mentors=1)
    bench.change("pause", person=bench.mentors[0])
    (left,) = bench.plan.unpaired.values()
    assert left.removed == {"PAUSED": 1}


def test_ending_a_break_keeps_its_row_and_undo_brings_it_back():
    bench = Bench(mentees=2, mentors=1)
    pause = Pause.objects.create(participant=bench.mentees[0], starts_on="2026-01-05")
    bench.change("resume", person=bench.mentees[0])
    pause.refresh_from_db()
    assert pause.ends_on is not None
    bench.undo()
    pause.refresh_from_db()
    assert pause.ends_on is None


def test_a_decision_that_changes_nothing_makes_no_round():
    bench = Bench()
    _mentee, mentor = bench.mentees[0], bench.mentors[0]
    first = bench.change("capacity", mentor=mentor, places=2)
    assert first == bench.round
    assert Round.objects.count() == 1


def test_without_an_open_plan_only_the_decision_is_kept():
    cohort, (mentee, *_), (mentor, _) = a_cohort()
    by = RoleFactory(program=cohort.program).user
    made = actions.change(
        cohort, "never", mentor=mentor, mentee=mentee, seen="", by=by, at=NOW
    )
    assert made is None
    assert PairRule.objects.get().kind == "never"


def test_a_rule_that_a_person_asked_for_stays():
    bench = Bench()
    mentee, mentor = bench.mentees[0], bench.mentors[0]
    PairRule.objects.create(
        cohort=bench.cohort,
        mentor=mentor,
        mentee=mentee,
        kind="never",
        by=User.objects.the_program(),
    )
    with pytest.raises(actions.CannotPin) as refused:
        bench.change("pin", mentor=mentor, mentee=mentee)
    assert refused.value.limits == ["NEVER_PAIR"]
    bench.change("drop", mentor=mentor, mentee=mentee)
    assert PairRule.objects.get().is_private


def test_a_pin_replaces_a_never_rule_of_a_coordinator():
    bench = Bench()
    mentee, mentor = bench.mentees[0], bench.mentors[0]
    bench.change("never", mentor=mentor, mentee=mentee, reason="They are cousins")
    bench.change("pin", mentor=mentor, mentee=mentee)
    assert bench.mentor_of(mentee) == str(mentor.pk)
    bench.undo()
    assert PairRule.objects.get().reason == "They are cousins"


# ---------------------------------------------------------------------------- undo
@pytest.mark.parametrize("verb", ["pin", "never", "pause", "capacity"])
def test_undo_gives_the_plan_before_the_change(verb):
    bench = Bench(mentees=5, mentors=4)
    before = bench.plan
    mentee = bench.mentees[0]
    mentor = Participant.objects.get(pk=bench.mentor_of(mentee))
    about = {
        "pin": {"mentor": bench.other_mentor(mentee), "mentee": mentee},
        "never": {"mentor": mentor, "mentee": mentee},
        "pause": {"person": mentor},
        "capacity": {"mentor": mentor, "places": 0},
    }
    bench.change(verb, **about[verb])
    assert bench.plan.mentor_of != before.mentor_of
    bench.undo()
    assert bench.plan.mentor_of == before.mentor_of
    assert bench.plan.total == before.total


def test_undo_again_goes_one_decision_further_back():
    bench = Bench(mentees=4, mentors=3)
    start = bench.plan.mentor_of
    a, b = bench.mentees[:2]
    bench.change("never", mentor=bench.mentors[0], mentee=a)
    bench.change("never", mentor=bench.mentors[1], mentee=b)
    bench.undo()
    assert PairRule.objects.count() == 1
    bench.undo()
    assert not PairRule.objects.exists()
    assert bench.plan.mentor_of == start
    assert what_to_undo(bench.round) is None
    with pytest.raises(actions.NothingToUndo):
        bench.undo()


def test_undo_leaves_a_mentor_the_number_they_chose_since():
    bench = Bench(mentees=3, mentors=3)
    mentor = bench.mentors[0]
    bench.change("capacity", mentor=mentor, places=1)
    set_limits(mentor, capacity=0, async_only=False)
    with pytest.raises(actions.NothingToUndo):
        bench.undo()
    mentor.refresh_from_db()
    assert mentor.capacity == 0


def test_undo_leaves_a_break_as_its_person_has_changed_it():
    bench = Bench(mentees=3, mentors=3)
    mentor = bench.mentors[0]
    bench.change("pause", person=mentor)
    days = {"starts_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=9)}
    take_break(mentor, **days, by=mentor.user, at=NOW)
    with pytest.raises(actions.NothingToUndo):
        bench.undo()
    assert Pause.objects.values("starts_on", "ends_on").get() == days


# ---------------------------------------------------------------- two coordinators
def test_a_change_to_a_plan_that_is_not_the_newest_does_nothing():
    bench = Bench()
    seen = bench.round.pk
    bench.change("pin", mentor=bench.mentors[0], mentee=bench.mentees[0])
    with pytest.raises(actions.PlanHasChanged):
        actions.change(
            bench.cohort,
            "never",
            mentor=bench.mentors[1],
            mentee=bench.mentees[1],
            seen=seen,
            by=UserFactory(),
            at=NOW,
        )
    assert [rule.kind for rule in PairRule.objects.all()] == ["pin"]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_done_and_the_other_is_told():
    bench = Bench()
    act = partial(actions.change, bench.cohort, seen=bench.round.pk, at=NOW)
    two = [RoleFactory(program=bench.cohort.program).user for _ in range(2)]
    results = at_once(
        *(
            partial(act, "never", mentor=mentor, mentee=bench.mentees[0], by=by)
            for mentor, by in zip(bench.mentors, two, strict=True)
        )
    )
    told = [r for r in results if isinstance(r, actions.PlanHasChanged)]
    assert len(told) == 1
    assert PairRule.objects.count() == 1


def test_a_coordinator_leaves_their_own_pair_to_another():
    bench = Bench()
    mentor = bench.mentors[0]
    RoleFactory(program=bench.cohort.program, user=mentor.user)
    bench.by = mentor.user
    with pytest.raises(actions.AboutYourself):
        bench.change("pin", mentor=mentor, mentee=bench.mentees[0])
    assert not PairRule.objects.exists()


def test_a_lone_coordinator_may_decide_about_their_own_pair():
    bench = Bench()
    mentor = bench.mentors[0]
    bench.cohort.program.roles.all().delete()
    RoleFactory(program=bench.cohort.program, user=mentor.user)
    bench.by = mentor.user
    bench.change("pin", mentor=mentor, mentee=bench.mentees[0])
    assert bench.mentor_of(bench.mentees[0]) == str(mentor.pk)


# -------------------------------------------------------------- publishing in parts
def test_publishing_some_leaves_the_rest_open():
    bench = Bench(mentees=3, mentors=2)
    first, *rest = bench.round.proposals.all()
    actions.publish_round(bench.round, by=bench.by, at=NOW, pairs=[first.pk])
    bench.round.refresh_from_db()
    assert bench.round.state == Round.State.PROPOSED
    assert bench.round.published_at == NOW
    assert {p.state for p in bench.round.proposals.exclude(pk=first.pk)} == {"proposed"}
    actions.publish_round(bench.round, by=bench.by, at=NOW)
    bench.round.refresh_from_db()
    assert bench.round.state == Round.State.PUBLISHED


def test_what_is_published_keeps_its_reasons_and_two_alternates():
    bench = Bench(mentees=1, mentors=4)
    assert bench.round.proposals.get().reasons == []
    (offer,) = actions.publish_round(bench.round, by=bench.by, at=NOW)
    offer.refresh_from_db()
    points = sum(factor["points"] for factor in offer.reasons)
    assert points == pytest.approx(offer.score, abs=1e-4)
    others = {alternate["mentor"] for alternate in offer.alternates}
    assert len(others) == 2
    assert str(offer.mentor_id) not in others


def test_people_who_were_told_are_not_proposed_again():
    bench = Bench(mentees=3, mentors=2)
    told = bench.round.proposals.first()
    actions.publish_round(bench.round, by=bench.by, at=NOW, pairs=[told.pk])
    again = actions.propose(bench.cohort, by=bench.by, at=NOW)
    assert str(told.mentee_id) not in plan_of(again).mentor_of
    mentor = next(
        m for m in again.snapshot.people["mentors"] if m["id"] == str(told.mentor_id)
    )
    assert (mentor["capacity"], mentor["taken"]) == (told.mentor.capacity - 1, 1)


def test_a_pin_that_was_published_contradicts_nothing_afterwards():
    bench = Bench(mentees=3, mentors=3)
    mentee, other = bench.mentees[:2]
    mentor = next(m for m in bench.mentors if str(m.pk) == bench.mentor_of(mentee))
    pinned = bench.change("pin", mentor=mentor, mentee=mentee)
    pair = pinned.proposals.get(mentee=mentee)
    actions.publish_round(pinned, by=bench.by, at=NOW, pairs=[pair.pk])
    assert bench.change("pause", person=other).result["conflicts"] == []


def test_the_rest_is_put_aside_and_taken_up_again():
    bench = Bench(mentees=3, mentors=2)
    told, *rest = bench.round.proposals.all()
    actions.publish_round(bench.round, by=bench.by, at=NOW, pairs=[told.pk])
    actions.set_aside(bench.round, by=bench.by)
    bench.round.refresh_from_db()
    assert bench.round.state == Round.State.PUBLISHED
    again = actions.reopen(bench.cohort, by=bench.by, at=NOW)
    assert dict(again.proposals.values_list("mentee", "mentor")) == {
        proposal.mentee_id: proposal.mentor_id for proposal in rest
    }


def test_with_nothing_put_aside_there_is_nothing_to_take_up():
    bench = Bench()
    with pytest.raises(actions.PlanHasChanged):
        actions.reopen(bench.cohort, by=bench.by, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_one_pair_is_published_once_by_two_coordinators_at_once():
    bench = Bench(mentees=3, mentors=2)
    pairs = [bench.round.proposals.first().pk]
    publish = partial(actions.publish_round, bench.round, at=NOW, pairs=pairs)
    results = at_once(partial(publish, by=UserFactory()), partial(publish, by=bench.by))
    refused = [r for r in results if isinstance(r, actions.RoundHasChanged)]
    assert len(refused) == 1
    assert Proposal.objects.offered().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_fifty_who_accept_the_last_place_at_once_one_gets_it():
    cohort, _mentees, (mentor,) = a_cohort(mentees=0, mentors=1)
    Participant.objects.filter(pk=mentor.pk).update(capacity=1)
    round_ = Bench(mentees=1, mentors=1).round
    offers = [
        ProposalFactory(
            round=round_,
            mentor=mentor,
            mentee=ParticipantFactory(cohort=cohort),
            state="offered",
            offered_at=NOW,
            mentor_accepted_at=NOW,
        )
        for _ in range(50)
    ]
    Round.objects.filter(pk=round_.pk).update(cohort=cohort)
    accepts = [
        partial(actions.accept_offer, offer, by=offer.mentee.user, at=NOW)
        for offer in offers
    ]
    results = at_once(*accepts)
    told = [r for r in results if isinstance(r, actions.MentorIsFull)]
    assert len(told) == 49
    assert mentor.pairs_as_mentor.count() == 1


# ------------------------------------------------------------------------- mending
def test_mending_changes_as_little_as_may_be():
    bench = Bench(mentees=6, mentors=4)
    before = bench.plan.mentor_of
    gone = bench.mentees[0]
    Participant.objects.filter(pk=gone.pk).update(state="withdrawn", left_at=NOW)
    new = a_ready(ParticipantFactory, bench.cohort)
    mended = actions.mend(bench.cohort, seen=bench.round.pk, by=bench.by, at=NOW)
    after = plan_of(mended).mentor_of
    assert str(gone.pk) not in after
    assert str(new.pk) in after
    kept = before.keys() & after.keys()
    assert all(before[mentee] == after[mentee] for mentee in kept)


def test_a_mended_plan_is_replayed_and_found_again_by_undo():
    bench = Bench(mentees=6, mentors=4)
    a_ready(MentorFactory, bench.cohort)
    bench.round = actions.mend(bench.cohort, seen=bench.round.pk, by=bench.by, at=NOW)
    mended = bench.plan.mentor_of
    bench.round.refresh_from_db()
    assert replay(bench.round).mentor_of == mended
    mentee = bench.mentees[0]
    bench.change("pin", mentor=bench.other_mentor(mentee), mentee=mentee)
    bench.undo()
    assert bench.plan.mentor_of == mended


# ------------------------------------------------------------ what the engine is told
def test_hours_are_counted_over_the_pilot_from_the_day_it_can_begin():
    cohort, _mentees, _mentors = a_cohort(pilot_weeks=6)
    problem = problem_of(cohort, weights(), NOW.date())
    assert problem.weeks == 6
    hours = problem.mentees[0].availability.bit_count() / 4
    assert hours == 6 * 3  # three hours each Tuesday


def test_a_mentor_rests_after_two_cohorts_in_a_row():
    cohort, _mentees, (tired, fresh) = a_cohort()
    for _ in range(2):
        PairFactory(
            cohort__program=cohort.program,
            mentor__user=tired.user,
            started_on="2025-01-01",
        )
    problem = problem_of(cohort, weights(), NOW.date())
    mentors = {person.id: person for person in problem.mentors}
    assert mentors[str(tired.pk)].resting
    assert mentors[str(tired.pk)].recent_load == 2
    assert not mentors[str(tired.pk)].first_time
    assert not mentors[str(fresh.pk)].resting
    assert mentors[str(fresh.pk)].first_time
    never = problem_of(cohort, weights(), NOW.date(), rest_after=0)
    assert not any(person.resting for person in never.mentors)


def test_how_a_plan_is_chosen_comes_with_the_weights():
    cohort, _mentees, _mentors = a_cohort()
    by = UserFactory()
    Weights.objects.create(
        program=cohort.program,
        number=1,
        values=weights().as_dict(),
        policy={"place_cost": 0.1, "floor_share": 0.9, "rest_after": 3},
        by=by,
    )
    policy = plan_of(actions.propose(cohort, by=by, at=NOW)).policy
    assert (policy.place_cost, policy.floor_share) == (0.1, 0.9)


def test_wishes_by_rank_come_before_those_of_the_roster():
    cohort, (asked, listed, _), (one, two) = a_cohort()
    Wish.objects.create(mentee=asked, mentor=two, rank=1)
    Wish.objects.create(mentee=asked, mentor=one, rank=2)
    for mentee in (asked, listed):
        mentee.wished_emails = [one.user.email]
        mentee.save()
    problem = problem_of(cohort, weights(), NOW.date())
    wishes = {person.id: person.wishes for person in problem.mentees}
    assert wishes[str(asked.pk)] == (str(two.pk), str(one.pk))
    assert wishes[str(listed.pk)] == (str(one.pk),)


def test_goals_in_own_words_are_read_only_where_they_count():
    cohort, _mentees, _mentors = a_cohort()
    silent = problem_of(cohort, weights(), NOW.date())
    read = problem_of(cohort, weights(goal_text=0.08), NOW.date())
    assert {person.goal_text for person in silent.mentees} == {""}
    assert {person.goal_text for person in read.mentees} == {"Lead a first project."}


def weights(**values):
    return engine.Weights(**values)


def test_those_who_were_told_do_not_count_as_moving():
    bench = Bench(mentees=4, mentors=2)
    told, *rest = bench.round.proposals.all()
    actions.publish_round(bench.round, by=bench.by, at=NOW, pairs=[told.pk])
    bench.change("pin", mentor=rest[0].mentor, mentee=rest[0].mentee)
    effect = bench.round.change["effect"]
    assert (effect["moved"], effect["paired"]) == ([], 0)


@pytest.mark.parametrize("again", ["mend", "replan"])
def test_two_of_whom_one_said_no_are_not_proposed_again(again):
    bench = Bench(mentees=3, mentors=2)
    told = bench.round.proposals.first()
    bench.change("pin", mentor=told.mentor, mentee=told.mentee)
    mine = bench.round.proposals.get(mentee=told.mentee)
    (offer,) = actions.publish_round(bench.round, by=bench.by, at=NOW, pairs=[mine.pk])
    actions.decline_offer(offer, by=offer.mentee.user, at=NOW)
    act = getattr(actions, again)
    bench.round = act(bench.cohort, seen=bench.round.pk, by=bench.by, at=NOW)
    assert bench.mentor_of(told.mentee) not in (None, str(told.mentor_id))


def test_a_change_keeps_the_floor_under_which_its_cost_was_told():
    bench = Bench(mentees=4, mentors=3)
    floor = bench.plan.floor
    mentee = bench.mentees[0]
    bench.change("pin", mentor=bench.other_mentor(mentee), mentee=mentee)
    assert bench.round.inputs["policy"]["floor"] == floor
    bench.undo()
    assert bench.plan.floor == floor
    assert replay(bench.round).mentor_of == bench.plan.mentor_of
    WeightsFactory(program=bench.cohort.program, number=2)
    bench.change("pin", mentor=bench.other_mentor(mentee), mentee=mentee)
    assert bench.round.inputs["policy"]["floor"] is None


def test_plans_by_other_weights_are_not_told_apart_in_points():
    bench = Bench()
    number = bench.round.weights.number + 1
    program = bench.cohort.program
    other = engine.Weights(wishes=0.28).as_dict()
    WeightsFactory(program=program, number=number, values=other)
    bench.round = actions.propose(bench.cohort, by=bench.by, at=NOW)
    effect = bench.round.change["effect"]
    assert effect["recounted"]
    assert "cost" not in effect
    assert wording.what_came_of_it(effect)[-1].endswith("the points do not compare.")
