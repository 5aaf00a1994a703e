"""Planning and logging sessions: what either of the two does."""

import threading
import uuid
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.outbox.models import Kind, Notice
from pairing import actions
from pairing.models import Session, SessionWords
from tests.factories import PairFactory, SessionFactory

NOW = timezone.now()
TODAY = NOW.date()
SOON = NOW + timedelta(days=2)


@pytest.fixture
def pair(db):
    return PairFactory()


def plan(pair, **fields):
    known = {
        "by": pair.mentee.user,
        "at": NOW,
        "starts_at": SOON,
        "minutes": 45,
        "channel": "video",
    }
    return actions.plan_session(pair, **{**known, **fields})


def log(pair, **fields):
    known = {
        "by": pair.mentee.user,
        "at": NOW,
        "held_on": TODAY,
        "minutes": 30,
        "channel": "phone",
        "topics": ["wellbeing"],
    }
    return actions.log_session(pair, **{**known, **fields})


def words_of(session, reader):
    with acting_as(reader):
        return SessionWords.objects.get(session=session)


def told(person):
    found = Notice.objects.unsent().filter(recipient=person, kind=Kind.SESSION)
    return [notice.template for notice in found]


def asked_afterwards():
    found = Notice.objects.unsent().filter(template="pairing/how_did_it_go")
    return {notice.recipient: notice.due_at for notice in found}


def test_planning_goes_to_both_so_that_both_calendars_have_it(pair):
    session = plan(pair, place="Ground-floor café")
    assert session.state == "planned"
    assert told(pair.mentor.user) == ["pairing/session_planned"]
    assert told(pair.mentee.user) == ["pairing/session_planned"]
    assert words_of(session, pair.mentor.user).place == "Ground-floor café"


def test_planning_the_same_time_twice_is_one_session(pair):
    assert plan(pair) == plan(pair)
    assert pair.sessions.count() == 1
    assert told(pair.mentor.user) == ["pairing/session_planned"]


def test_both_are_asked_how_it_went_soon_after_the_end(pair):
    plan(pair)
    soon_after = SOON + timedelta(minutes=45 + 15)
    assert asked_afterwards() == dict.fromkeys(
        [pair.mentor.user, pair.mentee.user], soon_after
    )


def test_a_moved_session_is_asked_about_after_its_new_end(pair):
    session, later = plan(pair), SOON + timedelta(days=1)
    way = {"starts_at": later, "minutes": 30, "channel": "phone"}
    actions.move_session(session, by=pair.mentee.user, at=NOW, version=1, **way)
    assert set(asked_afterwards().values()) == {later + timedelta(minutes=30 + 15)}


@pytest.mark.parametrize("what", ["logged", "canceled", "missed", "ended"])
def test_nobody_is_asked_about_what_is_settled(pair, what):
    session, by, after = plan(pair), pair.mentor.user, SOON + timedelta(hours=1)
    if what == "logged":
        log(pair, by=by, at=after, planned=session.pk)
    elif what == "canceled":
        actions.cancel_session(session, by=by, at=NOW, version=1)
    elif what == "missed":
        actions.miss_session(session, by=by, at=after)
    else:
        actions.end_pairs([pair], ending="completed", by=by, at=NOW)
    assert asked_afterwards() == {}


def test_moving_replaces_what_the_partner_hears(pair):
    session = plan(pair)
    later = SOON + timedelta(days=1)
    moved = actions.move_session(
        session,
        by=pair.mentee.user,
        at=NOW,
        version=session.version,
        starts_at=later,
        minutes=60,
        channel="phone",
    )
    assert (moved.starts_at, moved.sequence, moved.version) == (later, 1, 2)
    assert told(pair.mentor.user) == ["pairing/session_moved"]


def test_a_stale_move_changes_nothing_and_brings_the_newest(pair):
    session = plan(pair)
    wanted = {"minutes": 30, "channel": "phone", "starts_at": SOON, "at": NOW}
    actions.move_session(session, by=pair.mentor.user, version=1, **wanted)
    with pytest.raises(actions.SessionHasChanged) as changed:
        actions.move_session(
            session,
            by=pair.mentee.user,
            version=1,
            **{**wanted, "minutes": 90},
        )
    assert changed.value.session.minutes == 30
    assert Session.objects.get(pk=session.pk).minutes == 30


def test_canceling_before_the_partner_heard_tells_nobody(pair):
    session = plan(pair)
    actions.cancel_session(session, by=pair.mentee.user, at=NOW, version=1)
    assert told(pair.mentor.user) == []
    assert Session.objects.get(pk=session.pk).state == "canceled"


def test_canceling_what_the_partner_knows_tells_them(pair):
    session = plan(pair)
    Notice.objects.update(state="sent", sent_at=NOW)
    actions.cancel_session(session, by=pair.mentee.user, at=NOW, version=1)
    assert told(pair.mentor.user) == ["pairing/session_canceled"]


def test_a_planned_session_can_be_missed_only_once_its_time_has_come(pair):
    session = plan(pair)
    with pytest.raises(actions.SessionHasChanged):
        actions.miss_session(session, by=pair.mentor.user, at=NOW)
    later = SOON + timedelta(hours=1)
    assert actions.miss_session(session, by=pair.mentor.user, at=later).state == (
        "missed"
    )


def test_logging_keeps_the_facts_and_the_words_apart(pair):
    session = log(pair, useful="We rehearsed my first sentence.")
    assert (session.state, session.minutes) == ("held", 30)
    assert session.logged_by == pair.mentee
    words = words_of(session, pair.mentor.user)
    assert words.topics == ["wellbeing"]
    assert words.useful_to_mentee == "We rehearsed my first sentence."
    assert words.useful_to_mentor == ""


def test_a_log_takes_up_the_session_planned_for_that_day(pair):
    planned = plan(pair, starts_at=NOW + timedelta(seconds=1))
    day = (NOW + timedelta(seconds=1)).date()
    session = log(pair, held_on=day)
    assert session.pk == planned.pk
    assert pair.sessions.count() == 1
    assert Notice.objects.unsent().count() == 0


def test_a_log_names_the_planned_session_even_on_another_day(pair):
    planned = plan(pair)
    assert log(pair, planned=planned.pk).pk == planned.pk


def test_a_day_in_ones_own_zone_finds_the_planned_session(pair):
    pair.mentee.user.zone = "Pacific/Auckland"
    starts_at = datetime(2026, 3, 1, 20, 0, tzinfo=timezone.get_fixed_timezone(0))
    planned = plan(pair, starts_at=starts_at)
    session = log(pair, held_on=datetime(2026, 3, 2).date())
    assert session.pk == planned.pk


def test_the_same_form_again_brings_the_same_session(pair):
    form_id = uuid.uuid4()
    first = log(pair, form_id=form_id)
    with pytest.raises(actions.SentBefore) as before:
        log(pair, form_id=form_id, held_on=TODAY - timedelta(days=1))
    assert before.value.session == first
    assert pair.sessions.count() == 1


def test_a_second_log_of_a_day_asks_whether_it_is_the_same(pair):
    first = log(pair)
    with pytest.raises(actions.LoggedAlready) as already:
        log(pair, by=pair.mentor.user)
    assert already.value.session == first
    log(pair, by=pair.mentor.user, another=True)
    assert pair.sessions.held().count() == 2


def test_joining_confirms_and_adds_ones_own_words(pair):
    first = log(pair, topics=["Speaking"], useful="Hers")
    joined = actions.join_session(
        first, by=pair.mentor.user, at=NOW, topics=["wellbeing"], useful="His"
    )
    assert joined.confirmed_by == pair.mentor
    words = words_of(first, pair.mentee.user)
    assert words.topics == ["Speaking", "wellbeing"]
    assert (words.useful_to_mentor, words.useful_to_mentee) == ("His", "Hers")


def test_the_partner_corrects_the_facts_by_confirming(pair):
    session = log(pair)
    day = TODAY - timedelta(days=1)
    confirmed = actions.confirm_session(
        session, by=pair.mentor.user, at=NOW, held_on=day, minutes=60
    )
    assert (confirmed.held_on, confirmed.minutes) == (day, 60)
    assert confirmed.channel == "phone"


def test_nobody_confirms_their_own_log(pair):
    session = log(pair)
    with pytest.raises(actions.NotYours):
        actions.confirm_session(session, by=pair.mentee.user, at=NOW)


def test_an_ended_pair_plans_and_logs_nothing(pair):
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    with pytest.raises(actions.PairHasEnded):
        plan(pair)
    with pytest.raises(actions.PairHasEnded):
        log(pair)
    assert pair.sessions.count() == 0


def test_ending_a_pair_cancels_what_was_planned(pair):
    session = plan(pair)
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    assert Session.objects.get(pk=session.pk).state == "canceled"
    assert Notice.objects.unsent().count() == 0


@pytest.mark.django_db(transaction=True)
def test_twenty_times_the_same_form_at_once_make_one_session():
    pair = PairFactory()
    form_id, found = uuid.uuid4(), []

    def send():
        try:
            found.append(log(pair, form_id=form_id).pk)
        except actions.SentBefore as before:
            found.append(before.session.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 20
    assert len(set(found)) == 1
    assert Session.objects.count() == 1


def test_neither_an_outsider_nor_nobody_reads_the_words(pair):
    session = log(pair, useful="Only for two")
    stranger = SessionFactory().pair.mentor.user
    assert not SessionWords.objects.filter(session=session).exists()
    with acting_as(stranger):
        assert not SessionWords.objects.filter(session=session).exists()


def test_a_time_that_two_sessions_have_can_be_planned_once_more(pair):
    first, second = plan(pair), plan(pair, starts_at=SOON + timedelta(hours=3))
    known = {"by": pair.mentee.user, "at": NOW, "minutes": 45, "channel": "video"}
    actions.move_session(second, version=1, starts_at=SOON, **known)
    assert plan(pair) in (first, second)
    assert pair.sessions.planned().count() == 2
