"""Check-ins come on each person's own clock, once, whatever the clocks do."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback import actions
from feedback.models import CheckIn
from mentorship.charter.models import BusyTime
from mentorship.outbox import actions as outbox
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing.actions import end_pairs
from tests.factories import (
    CheckInFactory,
    CohortFactory,
    PairFactory,
    RhythmFactory,
    RoleFactory,
)

UTC = ZoneInfo("UTC")
# A Tuesday; the rhythm below is Tuesdays at nine.
TUESDAY = date(2026, 10, 20)
MORNING = datetime(2026, 10, 19, 3, 0, tzinfo=UTC)


@pytest.fixture
def cohort(db):
    cohort = CohortFactory(active_on=date(2026, 10, 12))
    RhythmFactory(cohort=cohort, every_weeks=1, weekday=1, at=time(9))
    return cohort


@pytest.fixture
def pair(cohort):
    return PairFactory(cohort=cohort, started_on=date(2026, 9, 1))


def in_zone(place, zone):
    place.user.zone = zone
    place.user.save()


def dues(place):
    found = Notice.objects.filter(recipient=place.user).order_by("due_at")
    return list(found.values_list("due_at", flat=True))


def test_both_are_asked_at_nine_on_their_own_clock(pair):
    in_zone(pair.mentor, "Europe/Berlin")
    in_zone(pair.mentee, "America/New_York")
    assert actions.ask_check_ins(MORNING) == 2
    assert dues(pair.mentor) == [datetime(2026, 10, 20, 7, 0, tzinfo=UTC)]
    assert dues(pair.mentee) == [datetime(2026, 10, 20, 13, 0, tzinfo=UTC)]
    assert set(CheckIn.objects.values_list("asked_for", flat=True)) == {TUESDAY}


def test_the_hour_stays_when_the_clocks_go_back(pair):
    in_zone(pair.mentor, "Europe/Berlin")
    actions.ask_check_ins(MORNING)
    actions.ask_check_ins(MORNING + timedelta(days=7))
    assert [due.hour for due in dues(pair.mentor)] == [7, 8]


def test_asking_twice_is_asking_once(pair):
    for _again in range(2):
        actions.ask_check_ins(MORNING)
    assert CheckIn.objects.count() == 2
    assert Notice.objects.count() == 2


def test_nothing_is_asked_more_than_two_days_ahead(pair):
    assert actions.ask_check_ins(MORNING - timedelta(days=2)) == 0


def test_an_outage_is_made_up_for_while_it_still_makes_sense(pair):
    late = datetime(2026, 10, 21, 12, 0, tzinfo=UTC)
    assert actions.ask_check_ins(late) == 2
    Notice.objects.all().delete()
    CheckIn.objects.all().delete()
    assert actions.ask_check_ins(late + timedelta(hours=10)) == 0


def test_a_notice_says_until_when_it_makes_sense(pair):
    actions.ask_check_ins(MORNING)
    for notice in Notice.objects.all():
        assert notice.not_after == notice.due_at + timedelta(hours=36)


def test_who_moves_to_another_zone_is_asked_once_at_the_new_hour(pair):
    zones = ["Europe/Berlin", "Asia/Tokyo", "America/New_York", "Europe/Lisbon"]
    for zone in zones * 5:
        in_zone(pair.mentor, zone)
        actions.ask_check_ins(MORNING)
    assert dues(pair.mentor) == [datetime(2026, 10, 20, 8, 0, tzinfo=UTC)]


def test_what_was_sent_is_not_sent_again_after_a_move(pair):
    in_zone(pair.mentor, "Pacific/Auckland")
    actions.ask_check_ins(MORNING)
    Notice.objects.update(state="sent", sent_at=MORNING)
    in_zone(pair.mentor, "America/Los_Angeles")
    actions.ask_check_ins(MORNING + timedelta(hours=30))
    assert Notice.objects.filter(recipient=pair.mentor.user).count() == 1


def test_every_fourth_week_counts_from_the_day_the_cohort_is_active(cohort, pair):
    cohort.rhythms.update(every_weeks=4)
    asked = [
        week
        for week in range(10)
        if actions.ask_check_ins(MORNING + timedelta(weeks=week))
    ]
    assert asked == [3, 7]


def test_the_program_has_a_rhythm_when_the_cohort_has_none(cohort, pair):
    cohort.rhythms.all().delete()
    assert actions.ask_check_ins(MORNING) == 0
    RhythmFactory(cohort=None, program=cohort.program, every_weeks=1)
    assert actions.ask_check_ins(MORNING) == 2


def test_the_cohorts_own_rhythm_goes_before_the_programs(cohort, pair):
    RhythmFactory(cohort=None, program=cohort.program, weekday=4, every_weeks=1)
    actions.ask_check_ins(MORNING)
    assert set(CheckIn.objects.values_list("asked_for", flat=True)) == {TUESDAY}


def test_a_new_pair_has_a_week_to_meet(cohort):
    PairFactory(cohort=cohort, started_on=TUESDAY - timedelta(days=6))
    assert actions.ask_check_ins(MORNING) == 0
    assert actions.ask_check_ins(MORNING + timedelta(days=7)) == 2


def test_an_ended_pair_is_not_asked_and_not_written_to(pair):
    actions.ask_check_ins(MORNING)
    end_pairs([pair], ending="completed", by=pair.mentor.user, at=MORNING)
    assert not Notice.objects.unsent().exists()
    assert actions.ask_check_ins(MORNING + timedelta(days=7)) == 0


@pytest.mark.parametrize("pairs", [1, 3])
def test_asking_takes_the_same_queries_for_any_number(cohort, pairs):
    PairFactory.create_batch(pairs, cohort=cohort, started_on=date(2026, 9, 1))
    with assertNumQueries(12):
        actions.ask_check_ins(MORNING)


def test_the_mail_offers_three_answers_and_who_reads_them(pair):
    actions.ask_check_ins(MORNING)
    mail = compose(Notice.objects.filter(recipient=pair.mentee.user).get())
    name = pair.mentor.short_name
    assert mail.subject == f"How is it going with {name}?"
    html = mail.alternatives[0].content
    for body in (mail.body, html):
        for answer in ("worth+it", "finding+our+way", "a+bit+stuck"):
            assert f"?answer={answer}" in body
        assert "Coordinators of" in body
        assert f"/pairs/{pair.pk}/log/" in body


def answer_url(check_in):
    return reverse("feedback:check_in", args=[check_in.pk])


@pytest.fixture
def check_in(db):
    return CheckInFactory()


def test_opening_a_link_of_the_mail_chooses_and_changes_nothing(client, check_in):
    client.force_login(check_in.participant.user)
    body = client.get(answer_url(check_in) + "?answer=a+bit+stuck").content.decode()
    checked = body.index("checked")
    assert body.rindex("a bit stuck", 0, checked) > body.index("worth it")
    assert body.index("Coordinators can read this") < body.index('type="radio"')
    assert not CheckIn.objects.answered().exists()


def test_sending_keeps_the_answer_and_cancels_the_mail(client, pair):
    actions.ask_check_ins(MORNING)
    asked = CheckIn.objects.get(participant=pair.mentor)
    client.force_login(pair.mentor.user)
    client.post(answer_url(asked), {"answer": "worth it"})
    asked.refresh_from_db()
    assert asked.answer == "worth it"
    unsent = Notice.objects.unsent()
    assert [notice.recipient for notice in unsent] == [pair.mentee.user]


@pytest.mark.parametrize("answer", ["", "fine", "x" * 500, "nul\x00"])
def test_another_answer_is_refused(client, check_in, answer):
    client.force_login(check_in.participant.user)
    assert client.post(answer_url(check_in), {"answer": answer}).status_code == 422
    assert client.get(answer_url(check_in), {"answer": answer}).status_code == 200


def test_only_whoever_was_asked_answers(client, check_in):
    client.force_login(RoleFactory(program=check_in.pair.cohort.program).user)
    assert client.post(answer_url(check_in), {"answer": "worth it"}).status_code == 403
    for stranger in (check_in.pair.mentor.user, PairFactory().mentor.user):
        client.force_login(stranger)
        assert client.get(answer_url(check_in)).status_code == 404
    with pytest.raises(actions.NotYourCheckIn):
        actions.answer_check_in(
            check_in,
            by=check_in.pair.mentor.user,
            answer="worth it",
            at=timezone.now(),
        )


def test_coordinators_read_the_answers_and_the_partner_does_not(client, db):
    asked = CheckInFactory(answer="a bit stuck", answered_at=timezone.now())
    pair = asked.pair
    found = {}
    for user in (
        RoleFactory(program=pair.cohort.program).user,
        pair.partner_of(asked.participant.user).user,
    ):
        client.force_login(user)
        answer = client.get(reverse("pairing:pair", args=[pair.pk]))
        found[user] = "A bit stuck" in answer.content.decode()
    assert list(found.values()) == [True, False]


def test_nobody_is_asked_on_a_break_and_their_partner_is(pair):
    pause = pair.mentor.pauses.create(starts_on=TUESDAY, ends_on=TUESDAY)
    actions.ask_check_ins(MORNING)
    assert (len(dues(pair.mentor)), len(dues(pair.mentee))) == (0, 1)
    pause.delete()
    actions.ask_check_ins(MORNING)
    assert len(dues(pair.mentor)) == 1


def test_a_check_in_of_a_busy_week_waits_until_after(pair):
    BusyTime.objects.create(
        cohort=pair.cohort, starts_on=TUESDAY, ends_on=date(2026, 10, 23)
    )
    actions.ask_check_ins(MORNING)
    nine = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)
    assert outbox.sweep(nine) == 0
    actions.ask_check_ins(nine)
    assert outbox.sweep(nine + timedelta(hours=1)) == 0
    actions.ask_check_ins(nine + timedelta(hours=37))
    assert outbox.sweep(nine + timedelta(days=4)) == 2
