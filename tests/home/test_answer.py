"""The partner's word on a session, on a page of one's own: confirm or correct it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback.models import Reflection
from pairing import actions
from pairing.models import Session
from tests.factories import PairFactory, RoleFactory, SessionFactory

NOW = timezone.now()
TODAY = timezone.localdate()
WAY = {"channel": "phone", "minutes": "60", "held_on": TODAY.isoformat()}


@pytest.fixture
def session(db):
    """Held, as the mentee says: 50 minutes of video, today."""
    return SessionFactory(minutes=50)


@pytest.fixture
def url(session):
    return reverse("home:answer", args=[session.pk])


@pytest.fixture
def mentor(client, session):
    client.force_login(session.pair.mentor.user)
    return session.pair.mentor


def stands(session):
    session = Session.objects.get(pk=session.pk)
    return session.state, session.minutes, session.logged_by, session.confirmed_by


def test_one_tap_on_the_first_page_confirms(client, session, url, mentor):
    home = client.get(reverse("home:me")).content.decode()
    assert f'action="{url}"' in home
    assert client.post(url, {"right": "1", "version": "1"}).status_code == 302
    assert stands(session) == ("held", 50, session.pair.mentee, mentor)
    assert f'action="{url}"' not in client.get(reverse("home:me")).content.decode()


def test_an_ended_pairs_session_is_not_offered_to_be_confirmed(
    client, session, url, mentor
):
    page = reverse("pairing:session", args=[session.pk])
    assert url in client.get(page).content.decode()
    actions.end_pairs([session.pair], ending="left", by=mentor.user, at=NOW)
    assert url not in client.get(page).content.decode()
    assert client.get(url).status_code == 403


def test_the_facts_can_be_corrected(client, session, url, mentor):
    day = TODAY - timedelta(days=1)
    corrected = {**WAY, "held_on": day.isoformat(), "version": "1"}
    assert client.post(url, corrected).status_code == 302
    session.refresh_from_db()
    assert (session.held_on, session.channel, session.minutes) == (day, "phone", 60)
    assert session.confirmed_by == mentor


def test_an_untouched_length_stays_to_the_minute(client, session, url, mentor):
    client.post(url, {**WAY, "minutes": "45", "version": "1"})
    assert stands(session)[1] == 50


def test_we_did_not_meet_asks_the_partner_in_turn(client, session, url, mentor):
    client.post(url, {"missed": "1", "version": "1"})
    assert stands(session) == ("missed", 50, mentor, None)
    client.force_login(session.pair.mentee.user)
    assert "says that you did not meet" in client.get(url).content.decode()
    client.post(url, {"right": "1", "version": "2"})
    assert stands(session) == ("missed", 50, mentor, session.pair.mentee)


def test_a_session_called_missed_can_turn_out_held(client, session, url, mentor):
    actions.answer_session(session, by=session.pair.mentee.user, at=NOW, minutes=None)
    client.post(url, {**WAY, "version": "2"})
    assert stands(session) == ("held", 60, mentor, None)
    assert Reflection.objects.asked().filter(session=session).count() == 2


def test_what_changed_meanwhile_is_shown_first(client, session, url, mentor):
    actions.answer_session(session, by=session.pair.mentee.user, at=NOW, minutes=15)
    answer = client.post(url, {"right": "1", "version": "1"}, follow=True)
    assert answer.redirect_chain == [(url, 302)]
    assert "It has changed meanwhile" in answer.content.decode()
    assert stands(session) == ("held", 15, session.pair.mentee, None)


@pytest.mark.parametrize(
    ("field", "value"),
    [("held_on", "2001-01-01"), ("minutes", "31"), ("channel", "owl"), ("held_on", "")],
)
def test_a_mistake_is_said_beside_the_field(client, url, mentor, field, value):
    answer = client.post(url, {**WAY, field: value, "version": "1"})
    assert answer.status_code == 422
    assert "field--error" in answer.content.decode()


@pytest.mark.parametrize("version", ["", "x", "\x00", "9" * 30])
def test_a_strange_version_changes_nothing(client, session, url, mentor, version):
    assert client.post(url, {"right": "1", "version": version}).status_code == 302
    assert stands(session)[3] is None


def test_looking_changes_nothing(client, session, url, mentor):
    assert client.get(url).status_code == 200
    assert stands(session) == ("held", 50, session.pair.mentee, None)


def test_nobody_answers_their_own_word(client, session, url):
    client.force_login(session.pair.mentee.user)
    assert client.post(url, {"right": "1", "version": "1"}).status_code == 302
    assert stands(session)[3] is None


def test_coordinators_and_strangers_answer_nothing(client, session, url):
    client.force_login(RoleFactory(program=session.pair.cohort.program).user)
    assert client.post(url, {"right": "1"}).status_code == 403
    client.force_login(PairFactory().mentor.user)
    assert client.post(url, {"right": "1"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_three_queries(client, session, url, mentor, rows):
    for n in range(rows):
        SessionFactory(pair=session.pair, held_on=TODAY - timedelta(days=n))
    with assertNumQueries(3):
        client.get(url)
