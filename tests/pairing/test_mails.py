"""What people read about plans and pilots: the same facts in text and HTML."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Session
from pairing.reminding import remind_of_pilots
from tests.factories import CharterFactory, PairFactory

NOW = timezone.now()
THURSDAY = datetime(2027, 5, 13, 14, 0, tzinfo=ZoneInfo("UTC"))


@pytest.fixture
def pair(db):
    pair = PairFactory()
    pair.mentor.user.zone = "Europe/Berlin"
    pair.mentor.user.save()
    return pair


def to_mentor(queued, pair):
    (notice,) = [n for n in queued if n.recipient == pair.mentor.user]
    return compose(notice)


def both_bodies(mail):
    html = mail.alternatives[0].content
    assert "<" not in mail.body
    assert len(mail.subject) < 70
    return mail.body, html


@pytest.mark.parametrize(
    "write", [notices.session_planned, notices.session_moved, notices.session_canceled]
)
def test_a_planned_time_is_told_on_the_readers_clock(pair, write):
    session = Session(
        pair=pair, state="planned", starts_at=THURSDAY, minutes=45, channel="video"
    )
    queued = write(session, pair, by=pair.mentee.user, at=NOW)
    for body in both_bodies(to_mentor(queued, pair)):
        assert "Thursday 13 May 2027, 16:00 (Berlin)" in body
        assert pair.mentee.short_name in body
        assert f"/pairs/{pair.pk}/" in body


def pilot_reminder(pair):
    """The two that are planned once the date has passed."""
    pair.state, pair.pilot_due_on = "pilot", NOW.date() - timedelta(days=1)
    pair.save()
    remind_of_pilots(NOW)
    both = Notice.objects.filter(template="pairing/pilot_reminder")
    return [both.get(recipient=place.user) for place in pair.members]


@pytest.mark.parametrize(
    "write",
    [
        lambda pair: notices.pilot_asked(pair, 1, at=NOW),
        pilot_reminder,
        lambda pair: notices.pilot_continues(pair, at=NOW),
        lambda pair: notices.pilot_switched(pair, at=NOW),
    ],
)
def test_both_read_the_same_words_about_their_pilot(pair, write):
    one, other = write(pair)
    words = []
    for notice, me, partner in (
        (one, pair.mentor, pair.mentee),
        (other, pair.mentee, pair.mentor),
    ):
        body, _html = both_bodies(compose(notice))
        body = body.partition("\n-- \n")[0].partition("Fewer emails")[0]
        body = body.replace(partner.short_name, "PARTNER").replace(me.short_name, "ME")
        words.append(body)
    assert words[0] == words[1]


@pytest.mark.parametrize("asked", [True, False])
def test_a_new_pair_reads_what_the_charter_promised_them(pair, asked):
    charter = CharterFactory.build(asks_acceptance=asked, first_session_days=10)
    pair.started_on = THURSDAY.date()
    queued = notices.pair_started(pair, charter, NOW)
    for body in both_bodies(to_mentor(queued, pair)):
        assert "by 23 May 2027" in body
        assert ("you both said yes" in body) is asked


def test_somebody_who_has_left_is_not_written_to(pair):
    pair.mentor.user = None
    assert len(notices.pilot_switched(pair, at=NOW + timedelta(days=1))) == 1
