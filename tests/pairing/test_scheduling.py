"""Proposing a time, and the partner's answer: also when both act at once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Kind, Notice
from pairing import actions
from pairing.models import Session, SessionWords
from tests.factories import PairFactory
from tests.races import at_once

NOW = timezone.now()
SOON = NOW + timedelta(days=2)
LATER = NOW + timedelta(days=4)


@pytest.fixture
def pair(db):
    return PairFactory()


def propose(pair, by=None, **fields):
    known = {"at": NOW, "starts_at": SOON, "minutes": 45, "channel": "workspace"}
    return actions.propose_time(pair, by=by or pair.mentee.user, **{**known, **fields})


def counter(session, by, **fields):
    known = {"at": NOW, "starts_at": LATER, "minutes": 30, "channel": "phone"}
    version = {"version": session.version}
    return actions.counter_time(session, by=by, **{**known, **version, **fields})


def told(person):
    found = Notice.objects.unsent().filter(recipient=person, kind=Kind.SESSION)
    found = found.order_by("template")
    return [notice.template.removeprefix("pairing/") for notice in found]


def test_proposing_tells_the_partner_alone_and_plans_nothing(pair):
    session = propose(pair, place="The bench by the pond")
    assert (session.state, session.proposed_by) == ("proposed", pair.mentee)
    assert told(pair.mentor.user) == ["time_proposed"]
    assert told(pair.mentee.user) == []
    with acting_as(pair.mentor.user):
        words = SessionWords.objects.get(session=session)
        assert words.place == "The bench by the pond"


def test_neither_notice_nor_calendar_knows_the_place(pair):
    session = propose(pair, place="canary-under-the-oak")
    actions.accept_time(session, by=pair.mentor.user, at=NOW, version=1)
    for notice in Notice.objects.all():
        assert "canary" not in str(notice.context)


def test_accepting_plans_it_in_both_calendars(pair):
    session = propose(pair)
    accepted = actions.accept_time(session, by=pair.mentor.user, at=NOW, version=1)
    assert accepted.state == "planned"
    assert told(pair.mentor.user) == told(pair.mentee.user) == ["session_planned"]
    afterwards = Notice.objects.unsent().filter(template="pairing/how_did_it_go")
    assert {one.recipient for one in afterwards} == {pair.mentor.user, pair.mentee.user}
    planned = Notice.objects.unsent().filter(template="pairing/session_planned")
    calendar = planned.first().context["calendar"]
    assert (calendar["method"], calendar["sequence"]) == ("REQUEST", 0)


def test_a_counter_turns_the_question_round_and_raises_the_sequence(pair):
    session = counter(propose(pair), pair.mentor.user)
    assert session.proposed_by == pair.mentor
    assert (session.starts_at, session.sequence) == (LATER, 1)
    assert told(pair.mentee.user) == ["time_proposed"]
    assert told(pair.mentor.user) == []


def test_nobody_accepts_their_own_proposal(pair):
    session = propose(pair)
    with pytest.raises(actions.NotYoursToAccept):
        actions.accept_time(session, by=pair.mentee.user, at=NOW, version=1)


def test_a_time_that_has_passed_is_neither_accepted_nor_proposed(pair):
    session = propose(pair)
    late = SOON + timedelta(minutes=1)
    with pytest.raises(actions.TimeHasPassed):
        actions.accept_time(session, by=pair.mentor.user, at=late, version=1)
    assert Session.objects.get().state == "proposed"
    with pytest.raises(actions.TimeHasPassed):
        counter(session, pair.mentor.user, starts_at=NOW)


def test_an_unanswered_time_makes_way_once_it_has_passed(pair):
    old = propose(pair)
    new = propose(pair, at=SOON + timedelta(hours=1), starts_at=LATER)
    old.refresh_from_db()
    assert (old.state, new.state) == ("canceled", "proposed")


def test_declining_is_told_to_whoever_proposed(pair):
    session = propose(pair)
    actions.drop_proposal(session, by=pair.mentor.user, at=NOW, version=1)
    assert told(pair.mentee.user) == ["proposal_dropped"]
    assert told(pair.mentor.user) == []
    assert Session.objects.get().state == "canceled"


def test_taking_back_what_the_partner_never_heard_of_is_told_to_nobody(pair):
    session = propose(pair)
    actions.drop_proposal(session, by=pair.mentee.user, at=NOW, version=1)
    assert not Notice.objects.unsent().exists()


def test_taking_back_what_the_partner_knows_is_told_to_them(pair):
    session = propose(pair)
    Notice.objects.update(state="sent", sent_at=NOW)
    actions.drop_proposal(session, by=pair.mentee.user, at=NOW, version=1)
    assert told(pair.mentor.user) == ["proposal_dropped"]


def test_canceling_an_agreed_time_reaches_who_proposed_it_before_any_mail(pair):
    session = propose(pair)
    actions.accept_time(session, by=pair.mentor.user, at=NOW, version=1)
    actions.cancel_session(session, by=pair.mentor.user, at=NOW, version=2)
    assert told(pair.mentee.user) == ["session_canceled"]


def test_a_second_proposal_waits_for_the_answer_to_the_first(pair):
    first = propose(pair)
    assert propose(pair) == first
    with pytest.raises(actions.ProposedAlready) as already:
        propose(pair, by=pair.mentor.user, starts_at=LATER)
    assert already.value.session == first


def test_an_ended_pair_proposes_and_accepts_nothing(pair):
    session = propose(pair)
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    assert Session.objects.get().state == "canceled"
    with pytest.raises(actions.PairHasEnded):
        propose(pair)
    with pytest.raises(actions.PairHasEnded):
        actions.accept_time(session, by=pair.mentor.user, at=NOW, version=1)


def test_the_end_of_a_pair_takes_its_session_out_of_both_calendars(pair):
    session = propose(pair)
    actions.accept_time(session, by=pair.mentor.user, at=NOW, version=1)
    Notice.objects.update(state="sent", sent_at=NOW)
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    assert told(pair.mentor.user) == told(pair.mentee.user) == ["session_off"]
    calendar = Notice.objects.unsent().first().context["calendar"]
    assert (calendar["method"], calendar["sequence"]) == ("CANCEL", 1)


@pytest.mark.django_db(transaction=True)
def test_two_proposals_at_once_leave_one():
    pair = PairFactory()
    results = at_once(
        lambda: propose(pair),
        lambda: propose(pair, by=pair.mentor.user, starts_at=LATER),
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["ProposedAlready", "Session"]
    assert Session.objects.count() == 1
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_accepting_against_a_counter_has_one_winner_and_tells_the_other():
    pair = PairFactory()
    session = propose(pair)
    results = at_once(
        lambda: actions.accept_time(
            session, by=pair.mentor.user, at=NOW, version=session.version
        ),
        lambda: counter(session, pair.mentee.user),
    )
    kinds = sorted(type(result).__name__ for result in results)
    assert kinds == ["Session", "SessionHasChanged"]
    stands = Session.objects.get()
    assert (stands.state, stands.starts_at) in {("planned", SOON), ("proposed", LATER)}


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_plans_once():
    pair = PairFactory()
    session = propose(pair)
    accept = {"by": pair.mentor.user, "at": NOW, "version": session.version}
    at_once(*[lambda: actions.accept_time(session, **accept)] * 5)
    assert Notice.objects.filter(template="pairing/session_planned").count() == 2
