"""Either says how a session went; the other confirms or corrects it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pairing import actions
from pairing.models import Session
from tests.factories import PairFactory, SessionFactory
from tests.races import at_once

NOW = timezone.now()


@pytest.fixture
def pair(db):
    return PairFactory()


@pytest.fixture
def session(pair):
    """Planned, and its time is over."""
    return pair.sessions.create(
        state="planned",
        starts_at=NOW - timedelta(hours=2),
        minutes=45,
        channel="video",
    )


def say(session, place, minutes, **more):
    return actions.answer_session(
        session, by=place.user, at=NOW, minutes=minutes, **more
    )


def stands(session):
    session = Session.objects.get(pk=session.pk)
    return session.state, session.minutes, session.logged_by, session.confirmed_by


def test_the_first_word_logs_a_planned_session(pair, session):
    held = say(session, pair.mentee, 30)
    assert stands(session) == ("held", 30, pair.mentee, None)
    day = session.starts_at.astimezone(pair.mentee.user.tz).date()
    assert (held.held_on, held.channel) == (day, "video")


def test_we_did_not_meet_is_a_word_of_somebody_too(pair, session):
    say(session, pair.mentor, None)
    assert stands(session) == ("missed", 45, pair.mentor, None)


@pytest.mark.parametrize("minutes", [30, None])
def test_the_same_word_of_the_partner_confirms(pair, session, minutes):
    say(session, pair.mentee, minutes)
    say(session, pair.mentor, minutes)
    state = "held" if minutes else "missed"
    assert stands(session) == (state, minutes or 45, pair.mentee, pair.mentor)


def test_another_length_corrects_and_confirms(pair, session):
    say(session, pair.mentee, 30)
    say(session, pair.mentor, 60)
    assert stands(session) == ("held", 60, pair.mentee, pair.mentor)


@pytest.mark.parametrize(
    ("first", "second", "state"), [(30, None, "missed"), (None, 30, "held")]
)
def test_the_opposite_word_waits_for_the_first_one_again(
    pair, session, first, second, state
):
    say(session, pair.mentee, first)
    say(session, pair.mentor, second)
    assert stands(session) == (state, 30, pair.mentor, None)
    say(session, pair.mentee, second)
    assert stands(session) == (state, 30, pair.mentor, pair.mentee)


def test_ones_own_word_twice_is_once_and_another_replaces_it(pair, session):
    once = say(session, pair.mentee, 30)
    assert say(session, pair.mentee, 30).version == once.version
    say(session, pair.mentee, 60)
    assert stands(session) == ("held", 60, pair.mentee, None)


def test_what_both_said_stays(pair, session):
    say(session, pair.mentee, 30)
    say(session, pair.mentor, 30)
    with pytest.raises(actions.SessionHasChanged):
        say(session, pair.mentor, None)
    assert stands(session) == ("held", 30, pair.mentee, pair.mentor)


def test_nothing_is_said_of_a_session_to_come_or_called_off(pair, session):
    for fields in ({"starts_at": NOW + timedelta(days=1)}, {"state": "canceled"}):
        Session.objects.filter(pk=session.pk).update(**fields)
        with pytest.raises(actions.SessionHasChanged):
            say(session, pair.mentee, 30)


def test_a_word_on_an_older_version_changes_nothing(pair, session):
    told = say(session, pair.mentee, 30)
    say(session, pair.mentee, 60)
    with pytest.raises(actions.SessionHasChanged):
        say(session, pair.mentor, 30, version=told.version)
    assert stands(session) == ("held", 60, pair.mentee, None)


def test_the_missed_button_does_not_talk_over_the_partners_log(pair, session):
    say(session, pair.mentee, 30)
    with pytest.raises(actions.SessionHasChanged):
        actions.miss_session(session, by=pair.mentor.user, at=NOW)
    assert stands(session) == ("held", 30, pair.mentee, None)


def test_strangers_and_ended_pairs_say_nothing(pair, session):
    with pytest.raises(actions.NotYours):
        say(session, PairFactory().mentor, 30)
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    with pytest.raises(actions.PairHasEnded):
        say(session, pair.mentee, 30)


def test_a_log_by_form_takes_up_what_the_partner_called_missed(pair, session):
    say(session, pair.mentor, None)
    logged = actions.log_session(
        pair,
        by=pair.mentee.user,
        at=NOW,
        held_on=NOW.date(),
        minutes=30,
        channel="phone",
        planned=session.pk,
    )
    assert logged.pk == session.pk
    assert stands(session) == ("held", 30, pair.mentee, None)


@pytest.mark.django_db(transaction=True)
def test_both_at_once_make_one_log_and_one_confirmation():
    pair = PairFactory()
    session = SessionFactory(
        pair=pair,
        state="planned",
        starts_at=NOW - timedelta(hours=2),
        held_on=None,
        logged_by=None,
        logged_at=None,
    )
    at_once(*[lambda place=place: say(session, place, 45) for place in pair.members])
    state, _minutes, logged_by, confirmed_by = stands(session)
    assert state == "held"
    assert {logged_by, confirmed_by} == set(pair.members)
