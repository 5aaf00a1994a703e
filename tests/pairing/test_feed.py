"""The calendar feed behind a secret, and one session as a file."""

import re
from datetime import timedelta

import icalendar
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from pairing import actions
from pairing.models import CalendarFeed, Session
from tests.calendars import lint
from tests.factories import PairFactory

NOW = timezone.now()
SECRET = re.compile(r"/calendar/([\w-]+)\.ics")


@pytest.fixture
def pair(db):
    return PairFactory(cohort__program__name="Rising Leads")


def plan(pair, days=2, **fields):
    known = {"by": pair.mentor.user, "at": NOW, "minutes": 45, "channel": "video"}
    starts_at = NOW + timedelta(days=days)
    return actions.plan_session(pair, starts_at=starts_at, **{**known, **fields})


@pytest.fixture
def address(pair):
    secret = actions.make_feed(pair.mentee.user, at=NOW)
    return f"/calendar/{secret}.ics"


def events(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    return calendar.walk("VEVENT")


def test_the_page_shows_the_address_once_and_keeps_only_a_digest(client, pair):
    client.force_login(pair.mentee.user)
    assert SECRET.search(client.get("/settings/calendar/").content.decode()) is None
    shown = client.post("/settings/calendar/", {"do": "make"}).content.decode()
    secret = SECRET.search(shown)[1]
    assert len(secret) >= 27  # 160 bits take 27 letters
    feed = CalendarFeed.objects.get()
    assert secret not in str(feed.__dict__)
    again = client.get("/settings/calendar/").content.decode()
    assert secret not in again
    assert "can take a day" in again
    assert client.get(f"/calendar/{secret}.ics").status_code == 200


def test_a_new_address_closes_the_old_one_and_closing_closes_it(client, pair, address):
    client.force_login(pair.mentee.user)
    new = client.post("/settings/calendar/", {"do": "make"}).content.decode()
    assert client.get(address).status_code == 404
    newer = f"/calendar/{SECRET.search(new)[1]}.ics"
    assert client.get(newer).status_code == 200
    client.post("/settings/calendar/", {"do": "close"})
    assert client.get(newer).status_code == 404
    verbs = AuditEntry.objects.order_by("at").values_list("verb", flat=True)
    assert list(verbs)[-2:] == ["made calendar feed", "revoked calendar feed"]


def test_somebody_who_has_left_has_no_feed(client, pair, address):
    pair.mentee.user.is_active = False
    pair.mentee.user.save()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("wrong", ["x", "-" * 32, "9" * 500])
def test_a_wrong_secret_opens_nothing(client, address, wrong):
    assert client.get(f"/calendar/{wrong}.ics").status_code == 404


def test_the_feed_shows_the_two_and_never_what_they_wrote(client, pair, address):
    plan(pair, place="canary-oak")
    response = client.get(address)
    text = response.content.decode()
    assert lint.complaints(response.content) == []
    assert "METHOD:PUBLISH" in text
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in text
    assert "X-PUBLISHED-TTL:PT1H" in text
    assert "canary" not in text
    assert "ATTENDEE" not in text
    assert pair.mentor.user.email not in text
    (event,) = events(response)
    assert event["SUMMARY"] == f"Rising Leads: {pair}"


def test_a_feed_has_the_own_sessions_with_a_time_within_its_window(client, pair):
    address = f"/calendar/{actions.make_feed(pair.mentee.user, at=NOW)}.ics"
    shown = [plan(pair, days) for days in (2, 364)]
    kept = {"state": "held", "held_on": NOW.date(), "logged_at": NOW, "minutes": 45}
    logged = {"logged_by": pair.mentee, **kept}
    shown.append(pair.sessions.create(starts_at=NOW - timedelta(days=89), **logged))
    pair.sessions.create(starts_at=NOW - timedelta(days=91), **logged)
    pair.sessions.create(**logged)
    plan(pair, 366)
    plan(PairFactory(cohort=pair.cohort))
    canceled = plan(pair, 3)
    actions.cancel_session(canceled, by=pair.mentor.user, at=NOW, version=1)
    found = {event["UID"].partition("@")[0] for event in events(client.get(address))}
    assert found == {f"session-{session.pk}" for session in shown}


def test_the_event_of_a_mail_and_of_the_feed_is_the_same(client, pair, address):
    session = plan(pair)
    (event,) = events(client.get(address))
    assert event["UID"].startswith(f"session-{session.pk}@")
    assert event["SEQUENCE"] == 0


def test_an_unchanged_feed_is_not_sent_again(client, pair, address):
    session = plan(pair)
    first = client.get(address)
    kept = {"HTTP_IF_NONE_MATCH": first["ETag"]}
    assert client.get(address, **kept).status_code == 304
    actions.move_session(
        session,
        by=pair.mentor.user,
        at=NOW,
        version=1,
        starts_at=NOW + timedelta(days=4),
        minutes=45,
        channel="video",
    )
    changed = client.get(address, **kept)
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]
    assert client.head(address).status_code == 200


def test_a_long_feed_comes_compressed_where_that_is_asked(client, pair, address):
    for days in range(1, 9):
        plan(pair, days)
    response = client.get(address, HTTP_ACCEPT_ENCODING="gzip")
    assert response["Content-Encoding"] == "gzip"
    match = {"HTTP_IF_NONE_MATCH": response["ETag"], "HTTP_ACCEPT_ENCODING": "gzip"}
    assert client.get(address, **match).status_code == 304


@pytest.mark.parametrize("sessions", [1, 3])
def test_a_feed_takes_two_queries_however_long_it_is(client, pair, address, sessions):
    for days in range(1, sessions + 1):
        plan(pair, days)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    assert len(queries) == 2


def test_one_session_can_be_put_into_a_calendar_by_hand(client, pair):
    session = plan(pair)
    client.force_login(pair.mentor.user)
    response = client.get(f"/sessions/{session.pk}/calendar.ics")
    assert response["Content-Disposition"] == 'attachment; filename="session.ics"'
    assert lint.complaints(response.content) == []
    Session.objects.update(state="canceled")
    assert client.get(f"/sessions/{session.pk}/calendar.ics").status_code == 404


def test_what_was_said_of_a_session_changes_the_event_with_a_higher_sequence(
    client, pair, address
):
    session = plan(pair)
    session.starts_at = NOW - timedelta(hours=3)
    session.save()
    (before,) = events(client.get(address))
    actions.answer_session(session, by=pair.mentor.user, at=NOW, minutes=30)
    (told,) = events(client.get(address))
    assert told["dtend"].dt != before["dtend"].dt
    assert told["sequence"] > before["sequence"]
    corrected = {"by": pair.mentee.user, "at": NOW, "minutes": 60}
    actions.confirm_session(session, **corrected)
    (last,) = events(client.get(address))
    assert last["sequence"] > told["sequence"]


def test_a_log_of_a_planned_session_raises_its_sequence(client, pair, address):
    session = plan(pair)
    session.starts_at = NOW - timedelta(hours=3)
    session.save()
    (before,) = events(client.get(address))
    day = session.starts_at.astimezone(pair.mentee.user.tz).date()
    known = {"by": pair.mentee.user, "at": NOW, "minutes": 90, "channel": "phone"}
    actions.log_session(pair, held_on=day, planned=session.pk, **known)
    (after,) = events(client.get(address))
    assert after["sequence"] > before["sequence"]
