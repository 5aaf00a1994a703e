"""The night looks after pairs: by named rules, the pair first, settled by itself."""

from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorship.charter.models import BusyTime
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Kind, Notice
from pairing.actions import end_pairs, look_after_pairs
from pairing.models import Agreement, HealthReason
from tests import factories as make
from tests.races import at_once

NOW = timezone.now()
TODAY = NOW.date()


def days_ago(days):
    return TODAY - timedelta(days=days)


def noon(day):
    return datetime.combine(day, time(12), tzinfo=NOW.tzinfo)


@pytest.fixture
def cohort(db):
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def pair(cohort):
    """A pair in its rhythm of two weeks, with an agreement."""
    pair = make.PairFactory(cohort=cohort, rhythm_days=14)
    agree(pair)
    make.SessionFactory(pair=pair, held_on=days_ago(20))
    make.SessionFactory(pair=pair, held_on=days_ago(6))
    return pair


def agree(pair):
    return Agreement.objects.create(
        pair=pair,
        number=1,
        state="agreed",
        rhythm_days=14,
        minutes=45,
        books="turns",
        written_by=pair.mentee,
        mentor_agreed_at=NOW,
        mentee_agreed_at=NOW,
    )


def planned_for(pair, days, state):
    return pair.sessions.create(state=state, starts_at=noon(days_ago(days)))


def check_ins(pair, place, *answers):
    """Answers of one person, the newest first."""
    for weeks, answer in enumerate(answers, start=1):
        make.CheckInFactory(
            pair=pair,
            participant=place,
            asked_for=days_ago(weeks * 7),
            answer=answer,
            answered_at=NOW,
        )


def night(now=NOW):
    """The open reasons once the night has been, as (reason, for one person)."""
    look_after_pairs(now)
    reasons = HealthReason.objects.open().select_related("participant")
    return {(reason.reason, reason.participant) for reason in reasons}


# ---------------------------------------------------------------------- the rules
def test_a_pair_in_its_rhythm_is_left_in_peace(pair):
    assert night() == set()
    assert not Notice.objects.exists()


@pytest.mark.parametrize(("days", "late"), [(14, False), (15, True)])
def test_a_first_session_is_late_after_the_promised_days(cohort, days, late):
    make.PairFactory(cohort=cohort, started_on=days_ago(days))
    assert (("first session late", None) in night()) is late


@pytest.mark.parametrize(("days", "is_quiet"), [(21, False), (22, True)])
def test_one_and_a_half_rhythms_without_a_session(pair, days, is_quiet):
    pair.sessions.update(held_on=days_ago(days))
    assert (("quiet", None) in night()) is is_quiet


def test_two_cancellations_running_and_not_one(pair):
    planned_for(pair, 4, "canceled")
    assert night() == set()
    planned_for(pair, 2, "canceled")
    assert night() == {("canceled", None)}
    make.SessionFactory(pair=pair, held_on=days_ago(1))
    assert night() == set()


def test_two_sessions_without_an_agreement(pair):
    pair.agreements.all().delete()
    assert night() == {("no agreement", None)}
    agree(pair)
    assert night() == set()


def test_three_sessions_with_promises_for_one_side(pair):
    make.SessionFactory(pair=pair, held_on=days_ago(3))
    for session in pair.sessions.all():
        pair.promises.create(owner=pair.mentor, for_side="mentee", session=session)
    assert night() == {("one-sided", None)}
    newest = pair.sessions.first()
    pair.promises.create(owner=pair.mentee, for_side="mentor", session=newest)
    assert night() == set()


def test_sessions_without_promises_say_nothing_about_sides(pair):
    for days in (3, 2):
        make.SessionFactory(pair=pair, held_on=days_ago(days))
    (newest, *_rest) = pair.sessions.all()
    pair.promises.create(owner=pair.mentor, for_side="mentee", session=newest)
    assert night() == set()


def test_more_running_pairs_than_a_mentor_offered_are_the_mentor_s_alone(pair):
    mentor = pair.mentor
    mentor.capacity = 1
    mentor.save()
    assert night() == set()
    other = make.PairFactory(cohort=pair.cohort, mentor=mentor, started_on=days_ago(5))
    assert night() == {("overloaded", mentor)}
    assert HealthReason.objects.get().pair == other


def test_a_mentor_says_in_a_check_in_that_it_is_too_much(pair):
    check_ins(pair, pair.mentor, "too much")
    assert night() == {("overloaded", pair.mentor)}


@pytest.mark.parametrize(
    ("answers", "is_stuck"),
    [
        (["a bit stuck"], False),
        (["a bit stuck", "worth it"], False),
        (["worth it", "a bit stuck", "a bit stuck"], False),
        (["a bit stuck", "a bit stuck"], True),
        (["too much", "a bit stuck"], True),
    ],
)
def test_two_check_ins_a_bit_stuck(pair, answers, is_stuck):
    check_ins(pair, pair.mentee, *answers)
    assert (night() == {("stuck", pair.mentee)}) is is_stuck


def test_one_says_it_once_and_the_other_once_is_not_twice(pair):
    check_ins(pair, pair.mentee, "a bit stuck")
    check_ins(pair, pair.mentor, "a bit stuck")
    assert night() == set()


def test_exit_criteria_of_the_charter_raise_a_flag_and_end_nothing(pair):
    pair.sessions.update(held_on=days_ago(43))
    assert night() == {("quiet", None), ("exit", None)}
    pair.refresh_from_db()
    assert pair.is_running


def test_missed_sessions_in_a_row_raise_it_too(pair):
    for days in (5, 4):
        planned_for(pair, days, "missed")
    assert night() == set()
    planned_for(pair, 3, "missed")
    assert night() == {("exit", None)}


# ------------------------------------------------------------------ left in peace
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_break_silences_it_and_days_count_from_its_end(pair, side):
    pair.sessions.update(held_on=days_ago(30))
    assert night() == {("quiet", None)}
    pause = getattr(pair, side).pauses.create(starts_on=days_ago(2))
    assert night() == set()
    pause.ends_on = days_ago(1)
    pause.save()
    assert night() == set()


def test_busy_weeks_hold_it_back(pair):
    pair.sessions.update(held_on=days_ago(30))
    busy = BusyTime.objects.create(
        cohort=pair.cohort, starts_on=TODAY, ends_on=TODAY + timedelta(days=5)
    )
    night()
    assert not HealthReason.objects.told_to_pair().exists()
    assert not Notice.objects.exists()
    busy.delete()
    night()
    assert HealthReason.objects.told_to_pair().exists()


def test_a_pair_that_closes_or_has_ended_is_left_in_peace(pair):
    pair.sessions.update(held_on=days_ago(30))
    assert night()
    by = make.UserFactory()
    end_pairs([pair], ending="left", by=by, at=NOW)
    assert night() == set()


# ------------------------------------------------------------------ who hears when
def test_both_get_one_mail_about_the_gravest(pair):
    pair.sessions.update(held_on=days_ago(43))
    night()
    night()
    notices = Notice.objects.filter(kind=Kind.CARE)
    assert {notice.recipient for notice in notices} == {
        pair.mentor.user,
        pair.mentee.user,
    }
    assert {notice.context["reason"] for notice in notices} == {"exit"}
    assert Kind.CARE in Kind.reminders()
    assert notices[0].context["reminders_a_week"] == 2


def test_what_a_check_in_says_reaches_its_writer_alone(pair):
    check_ins(pair, pair.mentee, "a bit stuck", "a bit stuck")
    night()
    (notice,) = Notice.objects.filter(kind=Kind.CARE)
    assert notice.recipient == pair.mentee.user
    assert "does not get this mail" in compose(notice).body
    address = reverse("pairing:pair", args=[pair.pk])
    for place, sees in ((pair.mentee, True), (pair.mentor, False)):
        for url in (address, reverse("home:me")):
            assert ("it is a bit stuck" in page_of(place.user, url)) is sees


def page_of(user, url):
    client = Client()
    client.force_login(user)
    return client.get(url).content.decode()


def test_a_reason_that_is_over_takes_its_mail_back(pair):
    pair.sessions.update(held_on=days_ago(30))
    night()
    make.SessionFactory(pair=pair, held_on=days_ago(1))
    night()
    states = Notice.objects.filter(kind=Kind.CARE).values_list("state", flat=True)
    assert set(states) == {"canceled"}
    assert HealthReason.objects.get().over_at == NOW


def test_the_end_of_a_pair_settles_what_was_found_and_takes_its_mail_back(pair):
    pair.sessions.all().delete()
    make.SessionFactory(pair=pair, held_on=days_ago(22))
    look_after_pairs(NOW)
    assert Notice.objects.filter(template="pairing/care").unsent().exists()
    end_pairs([pair], ending="left", by=pair.mentor.user, at=NOW)
    assert not Notice.objects.filter(template="pairing/care").unsent().exists()
    assert not HealthReason.objects.open().exists()


def test_one_that_settles_in_time_is_never_told_to_coordinators(pair):
    pair.sessions.update(held_on=days_ago(22))
    night()
    make.SessionFactory(pair=pair, held_on=TODAY)
    night(NOW + timedelta(days=8))
    assert not HealthReason.objects.told_to_coordinator().exists()


def test_the_panel_says_from_when_coordinators_hear_of_it(pair):
    pair.sessions.update(held_on=days_ago(30))
    night()
    html = page_of(pair.mentee.user, reverse("home:me"))
    assert "A while has passed since you and" in html
    assert "your coordinators hear of it" in html
    night(NOW + timedelta(days=7))
    html = page_of(pair.mentee.user, reverse("home:me"))
    assert "Your coordinators know of it too" in html


def test_with_the_next_session_planned_there_may_be_nothing_to_do(pair):
    pair.sessions.update(held_on=days_ago(30))
    pair.sessions.create(state="planned", starts_at=NOW + timedelta(days=2))
    night()
    html = page_of(pair.mentor.user, reverse("home:me"))
    assert "so there may be nothing to do" in html
    assert "Plan a session" not in html


@pytest.mark.parametrize("reason", HealthReason.Reason.values)
def test_every_reason_has_words_a_mail_and_one_action(pair, reason):
    HealthReason.objects.create(
        pair=pair, reason=reason, since_on=TODAY, pair_told_at=NOW
    )
    html = page_of(pair.mentor.user, reverse("home:me"))
    card = html.split('aria-labelledby="care-')[1].split("</section>")[0]
    assert card.count('class="btn"') == 1


def test_a_night_of_the_past_run_once_more_changes_nothing(pair):
    pair.sessions.update(held_on=days_ago(30))
    night()
    assert look_after_pairs(NOW - timedelta(days=20)) == {}
    assert HealthReason.objects.open().exists()


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_tell_once(pair):
    pair.sessions.update(held_on=days_ago(30))
    results = at_once(*[lambda: look_after_pairs(NOW)] * 2)
    assert sorted(result["new"] for result in results) == [0, 1]
    assert HealthReason.objects.count() == 1
    assert Notice.objects.filter(kind=Kind.CARE).count() == 2


@pytest.mark.parametrize("number", [1, 3])
def test_the_night_asks_as_often_for_three_pairs_as_for_one(
    cohort, number, django_assert_num_queries
):
    make.PairFactory.create_batch(number, cohort=cohort, started_on=days_ago(20))
    with django_assert_num_queries(15):
        look_after_pairs(NOW)
