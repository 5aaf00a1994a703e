"""The one veto: effective, and readable by nobody but whoever gave it."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import THE_PROGRAM_ITSELF, AuditEntry
from mentorship.participants.models import Participant
from pairing import actions
from pairing.models import Pair, PairRule, Proposal, Veto
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    PairFactory,
    PairRuleFactory,
    ParticipantFactory,
    ProposalFactory,
    RoleFactory,
    RoundFactory,
    UserFactory,
)
from tests.pairing.test_changes import Bench
from tests.races import at_once

NOW = timezone.now()
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def cohort(db):
    cohort = CohortFactory(stage="pairing")
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def mentor(cohort):
    return MentorFactory(cohort=cohort, user__given_name="Kwame")


@pytest.fixture
def mentee(cohort):
    return ParticipantFactory(cohort=cohort, user__given_name="Linh")


def say_no(place, other, at=NOW):
    actions.veto(place, other, by=place.user, at=at)


def take_back(place, at=LATER):
    actions.take_veto_back(place, by=place.user, at=at)


def seen(rule):
    """What a coordinator can see of a rule."""
    return (rule.kind, rule.by_id, rule.reason, rule.is_private)


def url(place):
    return reverse("pairing:veto", args=[place.pk])


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_veto_keeps_two_people_apart_whoever_gives_it(mentor, mentee, side):
    one, other = (mentor, mentee) if side == "mentor" else (mentee, mentor)
    say_no(one, other)
    rule = PairRule.objects.get(mentor=mentor, mentee=mentee)
    assert seen(rule) == ("never", THE_PROGRAM_ITSELF, "", True)
    assert not AuditEntry.objects.exists()


def test_only_its_author_reads_a_veto(mentor, mentee):
    say_no(mentee, mentor)
    coordinator = RoleFactory(program=mentee.cohort.program).user
    counts = {}
    for name, user in (
        ("author", mentee.user),
        ("other", mentor.user),
        ("coordinator", coordinator),
    ):
        with acting_as(user):
            counts[name] = Veto.objects.count()
    assert counts == {"author": 1, "other": 0, "coordinator": 0}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pairing_veto")
        assert cursor.fetchone() == (0,)


def test_a_switched_pilot_and_a_veto_leave_the_same_rule(mentor, mentee):
    say_no(mentee, mentor)
    other = PairFactory(cohort=mentee.cohort, state="pilot")
    actions.pilot.part([other], NOW)
    vetoed, switched = PairRule.objects.order_by("mentee__user__given_name")
    left_out = {"id", "mentor", "mentee"}
    columns = [f.name for f in PairRule._meta.fields if f.name not in left_out]
    values = [[getattr(rule, name) for name in columns] for rule in (vetoed, switched)]
    assert values[0] == values[1]


def test_there_is_one_veto(mentor, mentee):
    say_no(mentee, mentor)
    second = MentorFactory(cohort=mentee.cohort)
    with pytest.raises(actions.VetoIsUsed):
        say_no(mentee, second)
    assert not PairRule.objects.filter(mentor=second).exists()


def test_a_veto_taken_back_leaves_nothing(mentor, mentee):
    say_no(mentee, mentor)
    take_back(mentee)
    assert not PairRule.objects.exists()
    with acting_as(mentee.user):
        assert not Veto.objects.exists()
    say_no(mentee, MentorFactory(cohort=mentee.cohort))


def test_two_who_veto_each_other_stay_apart_until_both_think_again(mentor, mentee):
    say_no(mentee, mentor)
    say_no(mentor, mentee)
    take_back(mentee)
    assert PairRule.objects.get().is_private
    take_back(mentor)
    assert not PairRule.objects.exists()


def test_a_veto_taken_back_does_not_undo_a_switch(mentor, mentee):
    pair = PairFactory(
        cohort=mentee.cohort, mentor=mentor, mentee=mentee, state="pilot"
    )
    actions.pilot.part([pair], NOW)
    say_no(mentee, mentor)
    take_back(mentee)
    assert PairRule.objects.get().is_private


@pytest.mark.parametrize("kind", ["pin", "never"])
def test_a_coordinators_words_come_back_with_the_veto(mentor, mentee, kind):
    ingrid = UserFactory()
    PairRuleFactory(
        cohort=mentee.cohort,
        mentor=mentor,
        mentee=mentee,
        kind=kind,
        reason="They asked for it",
        by=ingrid,
        at=NOW - timedelta(days=3),
    )
    before = PairRule.objects.values("kind", "reason", "by", "at").get()
    say_no(mentee, mentor)
    assert seen(PairRule.objects.get())[:3] == ("never", THE_PROGRAM_ITSELF, "")
    take_back(mentee)
    assert PairRule.objects.values("kind", "reason", "by", "at").get() == before
    assert PairRule.objects.get().instead_of == {}


def test_a_coordinator_cannot_undo_a_veto(mentor, mentee):
    say_no(mentee, mentor)
    ingrid = RoleFactory(program=mentee.cohort.program).user
    two = {"mentor": mentor, "mentee": mentee}
    for verb in ("drop", "never"):
        actions.change(mentee.cohort, verb, seen="", by=ingrid, at=LATER, **two)
        assert PairRule.objects.get().is_private


@pytest.fixture
def bench(db):
    bench = Bench(mentees=3, mentors=3)
    bench.cohort.stage = "pairing"
    bench.cohort.save()
    return bench


def test_undo_brings_no_veto_back_that_was_taken_back(bench):
    mentor = Participant.objects.get(pk=bench.mentors[0].pk)
    mentee = bench.mentees[0]
    say_no(mentor, mentee)
    bench.change("never", mentor=mentor, mentee=mentee, reason="They are cousins")
    assert PairRule.objects.get().is_private
    take_back(mentor)
    assert PairRule.objects.get().reason == "They are cousins"
    bench.undo()
    assert not PairRule.objects.exists()


def test_a_pin_dropped_behind_a_veto_does_not_come_back_with_it(bench):
    mentor = Participant.objects.get(pk=bench.mentors[0].pk)
    mentee = bench.mentees[0]
    bench.change("pin", mentor=mentor, mentee=mentee)
    say_no(mentor, mentee)
    bench.change("pin", mentor=bench.mentors[1], mentee=mentee)
    take_back(mentor)
    assert PairRule.objects.get().mentor == bench.mentors[1]


def test_people_who_are_both_are_kept_apart_both_ways(cohort):
    one, other = (MentorFactory(cohort=cohort, is_mentee=True) for _person in range(2))
    say_no(one, other)
    assert set(PairRule.objects.values_list("mentor", "mentee")) == {
        (one.pk, other.pk),
        (other.pk, one.pk),
    }
    take_back(one)
    assert not PairRule.objects.exists()


def test_a_proposal_that_nobody_has_read_is_dropped(mentor, mentee):
    round_ = RoundFactory(cohort=mentee.cohort)
    proposal = ProposalFactory(round=round_, mentor=mentor, mentee=mentee)
    say_no(mentor, mentee)
    proposal.refresh_from_db()
    assert proposal.state == Proposal.State.DROPPED


def test_what_was_offered_is_answered_not_vetoed(mentor, mentee):
    ProposalFactory(
        round=RoundFactory(cohort=mentee.cohort),
        mentor=mentor,
        mentee=mentee,
        state="offered",
        offered_at=NOW,
    )
    with pytest.raises(actions.NotAVeto):
        say_no(mentor, mentee)
    with pytest.raises(actions.NotNow):
        say_no(mentee, mentor)


def test_a_veto_stands_once_pairs_are_published_with_it(mentor, mentee):
    say_no(mentee, mentor)
    RoundFactory(cohort=mentee.cohort, state="published", published_at=LATER)
    with pytest.raises(actions.VetoStands):
        take_back(mentee, at=LATER + timedelta(hours=1))
    assert PairRule.objects.get().is_private


def test_pairs_published_before_do_not_make_it_stand(mentor, mentee):
    RoundFactory(cohort=mentee.cohort, state="published", published_at=NOW)
    say_no(mentee, mentor, at=LATER)
    take_back(mentee, at=LATER)
    assert not PairRule.objects.exists()


@pytest.mark.parametrize("other", ["stranger", "mentee", "self", "left"])
def test_only_somebody_one_could_be_paired_with_can_be_vetoed(mentee, mentor, other):
    people = {
        "stranger": MentorFactory(),
        "mentee": ParticipantFactory(cohort=mentee.cohort),
        "self": mentee,
        "left": MentorFactory(cohort=mentee.cohort, state="finished"),
    }
    with pytest.raises(actions.NotAVeto):
        say_no(mentee, people[other])


# ---------------------------------------------------------------------------- the page
def test_the_page_says_who_reads_it_before_the_first_name(client, mentor, mentee):
    client.force_login(mentee.user)
    page = client.get(url(mentee)).text
    assert page.index("Only you") < page.index("<select")
    assert "one of the two asked not to" in page
    assert mentor.name in page


def test_a_veto_is_given_and_taken_back_on_its_page(client, mentor, mentee):
    client.force_login(mentee.user)
    client.post(url(mentee), {"other": str(mentor.pk)})
    page = client.get(url(mentee)).text
    assert mentor.name in page
    assert "<select" not in page
    client.post(url(mentee), {"back": "1"})
    assert "<select" in client.get(url(mentee)).text


@pytest.mark.parametrize("sent", [{}, {"other": "nonsense"}])
def test_nobody_chosen_is_sent_back(client, mentor, mentee, sent):
    client.force_login(mentee.user)
    assert client.post(url(mentee), {"x": "", **sent}).status_code == 422


def test_names_are_of_everyone_on_the_other_side_not_only_of_who_fits(
    client, mentor, mentee
):
    """The shortlist without names, beside only their names, would say who is who."""
    mentor.user.manager_email = mentee.user.email
    mentor.user.save()
    client.force_login(mentee.user)
    assert mentor.name in client.get(url(mentee)).text


def test_the_mentors_page_has_limits_break_and_veto(client, mentor, mentee):
    client.force_login(mentor.user)
    page = client.get(reverse("pairing:limits", args=[mentor.pk])).text
    assert page.index("Only you") < page.index(mentee.name)
    assert 'name="starts_on"' in page
    client.post(reverse("pairing:limits", args=[mentor.pk]), {"capacity": "0"})
    mentor.refresh_from_db()
    assert (mentor.capacity, mentor.async_only) == (0, False)


def test_a_mentor_takes_no_more_than_the_charter_allows(client, mentor):
    mentor.cohort.program.versions.update(most_mentees=1)
    mentor.capacity = 1
    mentor.save()
    client.force_login(mentor.user)
    answer = client.post(reverse("pairing:limits", args=[mentor.pk]), {"capacity": "2"})
    assert answer.status_code == 422


# ------------------------------------------------------------------------------- races
@pytest.mark.django_db(transaction=True)
def test_a_veto_against_publishing_wins_or_comes_too_late():
    for _round in range(3):
        cohort = CohortFactory(stage="pairing")
        CharterFactory(program=cohort.program, asks_acceptance=True)
        round_ = RoundFactory(cohort=cohort)
        proposal = ProposalFactory(round=round_)
        mentee = proposal.mentee
        at_once(
            partial(
                actions.veto, mentee, proposal.mentor, by=mentee.user, at=timezone.now()
            ),
            partial(actions.publish_round, round_, by=UserFactory(), at=timezone.now()),
        )
        proposal.refresh_from_db()
        ruled_out = PairRule.objects.filter(mentee=mentee).exists()
        assert (proposal.state, ruled_out) in {("offered", False), ("dropped", True)}
        assert not Pair.objects.exists()
