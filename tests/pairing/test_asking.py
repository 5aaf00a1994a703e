"""People hear once what they can say, and are reminded while it is of use."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from mentorship.participants.actions import come_back, take_break, withdraw
from mentorship.participants.models import Participant
from pairing import actions
from pairing.models import Wish
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    ProposalFactory,
    RoundFactory,
    a_ready,
)

NOW = timezone.now()
TODAY = NOW.date()
A_DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    cohort = CohortFactory(stage="pairing", wishes_until=TODAY + 7 * A_DAY)
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def mentee(cohort):
    return a_ready(ParticipantFactory, cohort)


@pytest.fixture
def mentor(cohort):
    return a_ready(MentorFactory, cohort)


def told(template="say_open", state="pending"):
    """Who has words of this kind waiting for them."""
    found = Notice.objects.filter(template=f"pairing/{template}", state=state)
    return set(found.values_list("recipient", flat=True))


def move(cohort, **changes):
    for name, value in changes.items():
        setattr(cohort, name, value)
    cohort.save()


def test_both_sides_are_told_once(cohort, mentee, mentor):
    assert actions.ask_for_wishes(NOW) == 2
    assert told() == {mentee.user_id, mentor.user_id}
    actions.ask_for_wishes(NOW + A_DAY)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("stage", ["onboarding", "pilot", "active"])
def test_nobody_is_told_outside_the_stage_of_pairing(cohort, mentee, stage):
    move(cohort, stage=stage)
    assert actions.ask_for_wishes(NOW) == 0


def test_nobody_is_told_after_the_last_day(cohort, mentee):
    move(cohort, wishes_until=TODAY - A_DAY)
    assert actions.ask_for_wishes(NOW) == 0


def test_a_cohort_without_a_last_day_is_told_without_one(cohort, mentee):
    move(cohort, wishes_until=None)
    actions.ask_for_wishes(NOW)
    mail = compose(Notice.objects.get())
    assert "You can say it until" not in mail.body


def test_each_side_reads_what_it_can_say_and_until_when(cohort, mentee, mentor):
    cohort.wishes_until = TODAY.replace(year=TODAY.year + 1, month=5, day=14)
    cohort.save()
    actions.ask_for_wishes(NOW)
    bodies = {n.recipient_id: compose(n) for n in Notice.objects.all()}
    for user, says, hides, page in (
        (mentee.user_id, "say whom you would like", "how many people", "wishes"),
        (mentor.user_id, "how many people", "say whom you would like", "limits"),
    ):
        mail = bodies[user]
        for body in (mail.body, mail.alternatives[0].content):
            assert says in body
            assert hides not in body
            assert f"14 May {TODAY.year + 1}" in body
            assert f"/{page}/" in body
        assert "<" not in mail.body


@pytest.mark.parametrize("why", ["unready", "break", "pair", "offer", "gone"])
def test_whoever_cannot_act_is_not_told(cohort, mentee, why):
    if why == "unready":
        Participant.objects.update(oriented_at=None)
    elif why == "break":
        mentee.pauses.create(starts_on=TODAY)
    elif why == "pair":
        PairFactory(cohort=cohort, mentee=mentee)
    elif why == "offer":
        an_offer(cohort, mentee)
    else:
        mentee.user.is_active = False
        mentee.user.save()
    actions.ask_for_wishes(NOW)
    assert mentee.user_id not in told()


def an_offer(cohort, mentee):
    return ProposalFactory(
        round=RoundFactory(cohort=cohort, state="published"),
        mentee=mentee,
        state="offered",
        offered_at=NOW,
    )


def test_a_mentor_without_room_is_not_told(cohort, mentor):
    Participant.objects.update(capacity=0)
    assert actions.ask_for_wishes(NOW) == 0


# ------------------------------------------------------------------------- reminders
def test_mentees_who_ranked_nobody_are_reminded_two_days_before(cohort, mentee, mentor):
    silent = a_ready(ParticipantFactory, cohort)
    actions.rank_mentors(mentee, [mentor], at=NOW)
    actions.ask_for_wishes(NOW + 4 * A_DAY)
    assert told("say_reminder") == set()
    actions.ask_for_wishes(NOW + 5 * A_DAY)
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    assert told("say_reminder") == {silent.user_id}
    body = compose(Notice.objects.get(template="pairing/say_reminder")).body
    assert "If you have no preference, there is nothing to do" in body


def test_a_reminder_is_of_no_use_after_the_last_day(cohort, mentee):
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    notice = Notice.objects.get(template="pairing/say_reminder")
    local = notice.not_after.astimezone(cohort.program.tz)
    assert local.date() == cohort.wishes_until + A_DAY
    assert (local.hour, local.minute) == (0, 0)


def test_a_later_last_day_brings_a_reminder_of_its_own(cohort, mentee):
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    Notice.objects.update(state="sent", sent_at=NOW)
    move(cohort, wishes_until=TODAY + 21 * A_DAY)
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    assert told("say_reminder") == set()
    actions.ask_for_wishes(NOW + 19 * A_DAY)
    assert told("say_reminder") == {mentee.user_id}


# ----------------------------------------------------------------------- taking it back
def test_whoever_ranks_somebody_is_not_reminded(cohort, mentee, mentor):
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    actions.rank_mentors(mentee, [mentor], at=NOW)
    assert told("say_reminder", "canceled") == {mentee.user_id}


def test_an_offer_takes_waiting_words_back(cohort, mentee, mentor):
    actions.ask_for_wishes(NOW + 6 * A_DAY)
    actions.asking.forget_asking([an_offer(cohort, mentee)])
    assert told() == {mentor.user_id}
    assert told("say_reminder") == set()


def test_leaving_takes_waiting_words_back(cohort, mentee):
    actions.ask_for_wishes(NOW)
    withdraw(mentee, by=mentee.user, at=NOW)
    assert told() == set()


def test_words_wait_for_somebody_on_a_break_until_they_are_back(cohort, mentee):
    actions.ask_for_wishes(NOW)
    take_break(mentee, starts_on=TODAY, ends_on=None, by=mentee.user, at=NOW)
    actions.ask_for_wishes(NOW)
    assert told() == set()
    come_back(mentee, by=mentee.user, at=NOW)
    actions.ask_for_wishes(NOW)
    assert told() == {mentee.user_id}
    assert Notice.objects.count() == 1


def test_what_was_sent_is_never_sent_again(cohort, mentee):
    actions.ask_for_wishes(NOW)
    Notice.objects.update(state="sent", sent_at=NOW)
    actions.ask_for_wishes(NOW + A_DAY)
    assert Notice.objects.get().state == "sent"


def test_a_cohort_that_moves_on_takes_waiting_words_back(cohort, mentee):
    actions.ask_for_wishes(NOW)
    move(cohort, stage="pilot")
    actions.ask_for_wishes(NOW)
    assert told() == set()


@pytest.mark.parametrize("number", [1, 4])
def test_asking_takes_the_same_queries_for_any_number(
    cohort, number, django_assert_num_queries
):
    for _place in range(number):
        a_ready(ParticipantFactory, cohort)
    with django_assert_num_queries(8):
        actions.ask_for_wishes(NOW + 6 * A_DAY)
    assert Wish.objects.count() == 0
