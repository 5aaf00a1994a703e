"""Proposing and publishing."""

from functools import partial

import pytest
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from mentorship.participants.actions import set_limits, take_break, withdraw
from mentorship.participants.models import Participant
from pairing import actions
from pairing.actions.rules import rule_out
from pairing.actions.runs import Run, plan_of, replay
from pairing.models import Pair, PairRule, Proposal, Round
from pairing.proposing import keep_reasons
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    UserFactory,
    a_ready,
)
from tests.races import at_once

NOW = timezone.now()


def a_cohort(mentees=3, mentors=2, **charter):
    """A cohort with ready people and a charter in force."""
    cohort = CohortFactory(stage="pairing")
    CharterFactory(program=cohort.program, **charter)
    return (
        cohort,
        [a_ready(ParticipantFactory, cohort) for _ in range(mentees)],
        [a_ready(MentorFactory, cohort) for _ in range(mentors)],
    )


@pytest.mark.django_db
def test_everyone_who_can_be_paired_is_proposed():
    cohort, mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    proposed = round_.proposals.values_list("mentee", flat=True)
    assert set(proposed) == {mentee.pk for mentee in mentees}


@pytest.mark.django_db
def test_somebody_who_is_not_ready_is_not_proposed():
    cohort, mentees, _mentors = a_cohort()
    Participant.objects.filter(pk=mentees[0].pk).update(oriented_at=None)
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    assert not round_.proposals.filter(mentee=mentees[0]).exists()


@pytest.mark.django_db
def test_the_factors_of_a_proposal_add_up_to_its_score():
    cohort, _mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    proposals = list(round_.proposals.all())
    keep_reasons(proposals, Run.of(round_).problem, plan_of(round_))
    for proposal in proposals:
        points = sum(factor["points"] for factor in proposal.reasons)
        assert points == pytest.approx(proposal.score, abs=1e-4)


@pytest.mark.django_db
def test_a_stored_round_is_replayed_to_the_same_plan():
    cohort, _mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    round_.refresh_from_db()
    assert replay(round_).mentor_of == round_.result["mentor_of"]


@pytest.mark.django_db
def test_proposing_again_replaces_the_open_round():
    cohort, _mentees, _mentors = a_cohort()
    first = actions.propose(cohort, by=UserFactory(), at=NOW)
    second = actions.propose(cohort, by=UserFactory(), at=NOW)
    first.refresh_from_db()
    assert (first.state, second.number) == (Round.State.REPLACED, 2)
    assert set(first.proposals.values_list("state", flat=True)) == {"dropped"}


@pytest.mark.django_db
def test_nobody_to_pair_is_said_and_changes_nothing():
    cohort, _mentees, _mentors = a_cohort(mentees=0)
    with pytest.raises(actions.NothingToPropose):
        actions.propose(cohort, by=UserFactory(), at=NOW)
    assert not Round.objects.exists()


@pytest.mark.django_db
def test_a_pin_is_kept_and_a_never_rule_obeyed():
    cohort, (a, b, _c), (one, two) = a_cohort()
    by = UserFactory()
    decide = partial(actions.change, cohort, seen="", by=by, at=NOW)
    decide("pin", mentor=one, mentee=a)
    decide("never", mentor=one, mentee=b)
    round_ = actions.propose(cohort, by=by, at=NOW)
    chosen = dict(round_.proposals.values_list("mentee", "mentor"))
    assert chosen[a.pk] == one.pk
    assert chosen[b.pk] == two.pk


@pytest.mark.django_db
def test_a_pin_over_a_hard_limit_is_refused():
    cohort, (mentee, *_rest), (mentor, _other) = a_cohort()
    mentor.user.profile.languages = ["fi"]
    mentor.user.profile.save()
    with pytest.raises(actions.CannotPin) as refused:
        actions.change(
            cohort,
            "pin",
            mentor=mentor,
            mentee=mentee,
            seen="",
            by=UserFactory(),
            at=NOW,
        )
    assert refused.value.limits == ["NO_SHARED_LANGUAGE"]
    assert not PairRule.objects.exists()


@pytest.mark.django_db
def test_two_people_whose_pair_was_switched_are_not_proposed_again():
    cohort, (mentee,), (mentor,) = a_cohort(mentees=1, mentors=1)
    PairFactory(
        cohort=cohort,
        mentor=mentor,
        mentee=mentee,
        state="ended",
        ending="switched",
        ended_at=NOW,
        ended_by=UserFactory(),
    )
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    assert not round_.proposals.exists()
    assert round_.result["unpaired"][str(mentee.pk)]["removed"] == {"ENDED_BEFORE": 1}


@pytest.mark.django_db
def test_a_manager_is_never_proposed_as_mentor():
    cohort, (mentee,), (mentor,) = a_cohort(mentees=1, mentors=1)
    mentee.user.manager_email = mentor.user.email
    mentee.user.save()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    assert not round_.proposals.exists()


@pytest.mark.django_db
def test_a_filled_place_is_not_given_again():
    cohort, mentees, (mentor,) = a_cohort(mentees=2, mentors=1)
    PairFactory(cohort=cohort, mentor=mentor, mentee=mentees[0])
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    assert [p.mentee_id for p in round_.proposals.all()] == [mentees[1].pk]
    assert round_.snapshot.people["mentors"][0]["capacity"] == mentor.capacity - 1


@pytest.mark.django_db
def test_publishing_offers_every_pair_and_tells_both_people():
    cohort, mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    offers = actions.publish_round(round_, by=UserFactory(), at=NOW)
    assert len(offers) == len(mentees)
    assert Notice.objects.filter(template="pairing/offer").count() == 2 * len(offers)
    assert AuditEntry.objects.filter(verb="published pairs").count() == 1


@pytest.mark.django_db
def test_without_acceptance_a_published_pair_starts_at_once():
    cohort, mentees, _mentors = a_cohort(asks_acceptance=False)
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    actions.publish_round(round_, by=UserFactory(), at=NOW)
    assert Pair.objects.in_pilot().count() == len(mentees)


@pytest.mark.django_db
def test_without_acceptance_no_mentor_gets_more_than_they_have_room_for():
    cohort, mentees, mentors = a_cohort(asks_acceptance=False)
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    Participant.objects.filter(is_mentor=True).update(capacity=0)
    Participant.objects.filter(pk=mentors[0].pk).update(capacity=1)
    actions.publish_round(round_, by=UserFactory(), at=NOW)
    assert Pair.objects.count() == 1
    dropped = round_.proposals.filter(state="dropped")
    assert dropped.count() == len(mentees) - 1


@pytest.mark.django_db
def test_somebody_who_left_after_the_proposal_gets_no_offer():
    cohort, mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    gone = mentees[0]
    gone.state, gone.left_at = Participant.State.WITHDRAWN, NOW
    gone.save()
    actions.publish_round(round_, by=UserFactory(), at=NOW)
    assert Proposal.objects.get(round=round_, mentee=gone).state == "dropped"


@pytest.mark.django_db
@pytest.mark.parametrize("said", ["a break", "nobody just now", "never these two"])
def test_what_people_said_after_the_proposal_holds_when_it_is_published(said):
    cohort, _mentees, _mentors = a_cohort(1, 1)
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    proposal = round_.proposals.get()
    mentor = proposal.mentor
    if said == "a break":
        day = cohort.program.today(NOW)
        take_break(mentor, starts_on=day, ends_on=None, by=mentor.user, at=NOW)
    elif said == "nobody just now":
        set_limits(mentor, capacity=0, async_only=False)
    else:
        rule_out(cohort, mentor, proposal.mentee, at=NOW)
    assert actions.publish_round(round_, by=UserFactory(), at=NOW) == []
    proposal.refresh_from_db()
    assert proposal.state == "dropped"


@pytest.mark.django_db(transaction=True)
def test_two_coordinators_publish_one_round_once():
    cohort, mentees, _mentors = a_cohort()
    round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
    one, two = UserFactory(), UserFactory()
    publish = partial(actions.publish_round, round_, at=NOW)
    results = at_once(partial(publish, by=one), partial(publish, by=two))
    refused = [r for r in results if isinstance(r, actions.RoundHasChanged)]
    assert len(refused) == 1
    assert Notice.objects.filter(template="pairing/offer").count() == 2 * len(mentees)


@pytest.mark.django_db(transaction=True)
def test_publishing_and_leaving_at_once_leave_no_open_offer():
    for _round in range(5):
        cohort, (mentee,), _mentors = a_cohort(mentees=1, mentors=1)
        round_ = actions.propose(cohort, by=UserFactory(), at=NOW)
        by = UserFactory()
        results = at_once(
            partial(actions.publish_round, round_, by=by, at=NOW),
            partial(withdraw, mentee, by=by, at=NOW),
        )
        assert not [r for r in results if isinstance(r, Exception)]
        mentee.refresh_from_db()
        assert mentee.state == "withdrawn"
        assert not Proposal.objects.offered().filter(mentee=mentee).exists()
