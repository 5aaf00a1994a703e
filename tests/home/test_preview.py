"""A preview is the sender's own mail, says when it comes, and tells nothing private."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.charter.models import Rhythm
from mentorship.home.preview import preview
from mentorship.home.reminding import plan_reminders
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice, Preference
from tests.factories import (
    CohortFactory,
    PairFactory,
    ReflectionFactory,
    RhythmFactory,
    RoleFactory,
    SessionFactory,
)


@pytest.fixture
def pair(db):
    cohort = CohortFactory(active_on=date(2026, 1, 5))
    words = {"en": {"opening": "How are you & {partner}?", "button": "Answer"}}
    RhythmFactory(
        cohort=cohort, every_weeks=1, weekday=1, at=time(9), is_on=True, words=words
    )
    pair = PairFactory(cohort=cohort, started_on=date(2026, 1, 5))
    pair.mentor.user.zone = "Asia/Tokyo"
    pair.mentor.user.save()
    return pair


def test_it_is_the_mail_that_the_planner_and_the_sender_make(pair):
    now = timezone.now()
    seen = preview(pair.mentor, "check-in", now)
    plan_reminders(seen.at - timedelta(hours=20))
    notice = Notice.objects.get(recipient=pair.mentor.user, due_at=seen.at)
    sent = compose(notice)
    assert (seen.at.weekday(), seen.at.time()) == (1, time(9))
    assert seen.mail.subject == sent.subject
    assert f"How are you & {pair.mentee.short_name}?" in seen.text
    assert f"How are you &amp; {pair.mentee.short_name}?" in seen.html
    told = sent.body.split("http")[0]
    assert seen.text.startswith(told)


def test_looking_queues_nothing(pair, client):
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    for kind in Rhythm.Kind.values:
        page = reverse("home:preview", args=[pair.cohort_id, kind])
        assert client.get(page, {"place": pair.mentee_id}).status_code == 200
    assert not Notice.objects.exists()


def test_the_page_tells_the_readers_hour_to_a_coordinator_elsewhere(pair, client):
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    page = reverse("home:preview", args=[pair.cohort_id, "check-in"])
    told = client.get(page, {"place": pair.mentor_id}).content.decode()
    assert "09:00, by their clock (Asia/Tokyo)" in told


def test_nobody_gets_another_persons_link_to_unsubscribe(pair, client):
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    where = [pair.cohort_id, "check-in"]
    page = client.get(reverse("home:preview", args=where), {"place": pair.mentor_id})
    html = client.get(reverse("home:preview_mail", args=[*where, pair.mentor_id]))
    for answer in (page, html):
        assert "How is it going" in answer.content.decode()
        assert "/unsubscribe/" not in answer.content.decode()


def test_it_says_what_keeps_or_moves_the_mail(pair):
    user = pair.mentor.user
    user.quiet_from, user.quiet_to = time(8), time(11)
    user.reminders_together, user.reminders_a_week = True, 0
    user.save()
    Preference.objects.create(user=user, kind="check-in", wanted=False)
    seen = preview(pair.mentor, "check-in", timezone.now())
    said = " ".join(seen.remarks)
    assert "switched off this kind" in said
    assert "quiet hours" in said
    assert "one mail a week" in said
    assert "as many reminders this week" in said
    assert seen.at.time() == time(11)


def test_whether_somebody_has_written_is_not_shown(pair):
    session = SessionFactory(pair=pair, held_on=timezone.now().date())
    RhythmFactory(cohort=pair.cohort, kind="reflection", days=2)
    before = preview(pair.mentee, "reflection", timezone.now())
    ReflectionFactory(session=session, author=pair.mentee)
    after = preview(pair.mentee, "reflection", timezone.now())
    assert before.mail.body == after.mail.body
    assert before.remarks == after.remarks
    assert after.at is None
