"""The page that finds a time, and what is in the way of one."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from mentorship.participants.models import Availability
from pairing import actions
from pairing.finding import times_for
from pairing.models import Session
from tests.factories import PairFactory, ProfileFactory

NOW = timezone.now()
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _the_same_moment():
    """For pages too: the times on offer move with the clock."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pair(db):
    pair = PairFactory()
    for place in pair.members:
        gives_hours(place, "UTC")
    return pair


def gives_hours(place, zone, starts=8, ends=18):
    profile = ProfileFactory(user=place.user)
    Availability.objects.bulk_create(
        Availability(
            profile=profile,
            weekday=day,
            starts=time(starts),
            ends=time(ends),
            zone=zone,
        )
        for day in range(7)
    )


def found(pair, minutes=45):
    return times_for(pair, reader=pair.mentee.user, minutes=minutes, now=NOW)


def test_five_are_offered_to_two_people_with_hours(pair):
    assert len(found(pair)) == 5


def test_sessions_of_either_with_somebody_else_are_not_double_booked(pair):
    other = PairFactory(cohort=pair.cohort, mentor=pair.mentor)
    busy = found(pair)[0]
    actions.plan_session(
        other,
        by=other.mentee.user,
        at=NOW,
        starts_at=busy,
        minutes=45,
        channel="phone",
    )
    assert busy not in found(pair)


def test_busy_days_of_the_cohort_are_left_alone(pair):
    last = TODAY + timedelta(days=14)
    pair.cohort.busy_times.create(starts_on=TODAY, ends_on=last)
    times = found(pair)
    assert times
    assert all(moment.date() > last for moment in times)


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_break_of_either_is_left_alone(pair, side):
    place = getattr(pair, side)
    place.pauses.create(starts_on=TODAY + timedelta(days=5), ends_on=None)
    assert all(moment.date() < TODAY + timedelta(days=5) for moment in found(pair))
    place.pauses.update(starts_on=TODAY - timedelta(days=1))
    assert found(pair) == []


def test_the_page_offers_times_and_the_partners_clock(client, pair):
    pair.mentor.user.zone = "Asia/Kolkata"
    pair.mentor.user.save()
    client.force_login(pair.mentee.user)
    page = client.get(f"/pairs/{pair.pk}/time/").content.decode()
    assert page.count('name="slot"') == 5
    there = found(pair)[0].astimezone(ZoneInfo("Asia/Kolkata"))
    assert f"{there:%H:%M} for {pair.mentor.short_name}" in page


def test_without_shared_hours_the_page_says_so_and_takes_a_time_by_hand(client, pair):
    Availability.objects.filter(profile=pair.mentor.user_id).delete()
    client.force_login(pair.mentee.user)
    page = client.get(f"/pairs/{pair.pk}/time/").content.decode()
    assert "No shared hours found" in page
    tomorrow = (TODAY + timedelta(days=2)).isoformat()
    own = {"on": tomorrow, "at": "10:30", "channel": "workspace", "minutes": "30"}
    client.post(f"/pairs/{pair.pk}/time/", {**own, "place": "Our notes"})
    session = Session.objects.get()
    assert (session.state, session.channel) == ("proposed", "workspace")


def test_one_tap_proposes_and_one_tap_accepts(client, pair):
    client.force_login(pair.mentee.user)
    slot = found(pair)[0]
    tap = {"slot": slot.isoformat(), "minutes": "45", "channel": "video"}
    client.post(f"/pairs/{pair.pk}/time/", tap)
    session = Session.objects.get()
    assert (session.state, session.starts_at) == ("proposed", slot)
    client.force_login(pair.mentor.user)
    page = client.get(f"/pairs/{pair.pk}/").content.decode()
    assert f"/sessions/{session.pk}/accept/" in page
    client.post(f"/sessions/{session.pk}/accept/", {"version": session.version})
    session.refresh_from_db()
    assert session.state == "planned"


def test_who_proposed_is_not_asked_to_accept(client, pair):
    session = propose(pair)
    client.force_login(pair.mentee.user)
    page = client.get(f"/pairs/{pair.pk}/").content.decode()
    assert "has not answered yet" in page
    assert f"/sessions/{session.pk}/accept/" not in page


def test_while_one_waits_the_page_counters_it(client, pair):
    session = propose(pair)
    client.force_login(pair.mentor.user)
    page = client.get(f"/pairs/{pair.pk}/time/").content.decode()
    assert f'action="/sessions/{session.pk}/counter/"' in page
    tap = {
        "slot": found(pair)[1].isoformat(),
        "minutes": "45",
        "channel": "video",
        "version": session.version,
    }
    client.post(f"/sessions/{session.pk}/counter/", tap)
    session.refresh_from_db()
    assert (session.proposed_by, session.sequence) == (pair.mentor, 1)


def test_accepting_what_has_passed_leads_to_another_time(client, pair):
    session = propose(pair)
    Session.objects.update(starts_at=NOW - timedelta(minutes=5))
    client.force_login(pair.mentor.user)
    answer = client.post(
        f"/sessions/{session.pk}/accept/", {"version": session.version}, follow=True
    )
    assert answer.redirect_chain[0][0] == f"/sessions/{session.pk}/counter/"
    assert "That time has passed" in answer.content.decode()
    assert Session.objects.get().state == "proposed"


@pytest.mark.parametrize("version", ["", "0", "9" * 30, "x", "-1"])
def test_an_answer_to_another_version_changes_nothing(client, pair, version):
    session = propose(pair)
    client.force_login(pair.mentor.user)
    for answer in ("accept", "decline"):
        client.post(f"/sessions/{session.pk}/{answer}/", {"version": version})
    assert Session.objects.get().state == "proposed"


@pytest.mark.parametrize("slot", ["", "soon", "2020-01-01T10:00Z", "9999-12-31T10:00Z"])
def test_a_slot_that_is_none_shows_the_page_again(client, pair, slot):
    client.force_login(pair.mentee.user)
    tap = {"slot": slot, "minutes": "45", "channel": "video"}
    answer = client.post(f"/pairs/{pair.pk}/time/", tap)
    assert answer.status_code == 422
    assert not Session.objects.exists()


def test_a_time_typed_wrongly_is_kept(client, pair):
    client.force_login(pair.mentee.user)
    own = {"on": "2020-01-01", "at": "10:30", "channel": "phone", "minutes": "30"}
    answer = client.post(f"/pairs/{pair.pk}/time/", {**own, "place": "Café <b>"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose a time that is still to come." in page
    assert "Café &lt;b&gt;" in page


def test_a_length_that_is_asked_for_changes_the_times(client, pair):
    client.force_login(pair.mentee.user)
    page = client.get(f"/pairs/{pair.pk}/time/?minutes=90").content.decode()
    assert 'name="minutes" value="90"' in page
    page = client.get(f"/pairs/{pair.pk}/time/?minutes=%00-1").content.decode()
    assert 'name="minutes" value="45"' in page


def propose(pair):
    return actions.propose_time(
        pair,
        by=pair.mentee.user,
        at=NOW,
        starts_at=datetime.combine(TODAY, time(12), tzinfo=NOW.tzinfo)
        + timedelta(days=3),
        minutes=45,
        channel="video",
    )
