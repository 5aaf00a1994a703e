"""A break: taken by the person, for a reason that stays theirs."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from mentorship.participants import actions
from mentorship.participants.models import Pause, PauseReason
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()
A_WEEK = timedelta(days=7)


@pytest.fixture
def place():
    return make.ParticipantFactory()


def url(place):
    return reverse("participants:break", args=[place.pk])


def take(place, starts_on=TODAY, ends_on=None, words="", at=NOW):
    return actions.take_break(
        place, starts_on=starts_on, ends_on=ends_on, words=words, by=place.user, at=at
    )


def on_break(place, day):
    return Pause.objects.filter(participant=place).open_on(day).exists()


def test_a_break_lasts_until_its_last_day(place):
    take(place, ends_on=TODAY + A_WEEK)
    assert on_break(place, TODAY)
    assert on_break(place, TODAY + A_WEEK)
    assert not on_break(place, TODAY + A_WEEK + timedelta(days=1))


def test_a_break_without_an_end_lasts_until_the_person_is_back(place):
    take(place, starts_on=TODAY - A_WEEK)
    assert on_break(place, TODAY + 52 * A_WEEK)
    actions.come_back(place, by=place.user, at=NOW)
    assert not on_break(place, TODAY)
    assert on_break(place, TODAY - timedelta(days=1))


def test_whoever_is_back_on_the_same_day_has_not_been_away(place):
    take(place, words="My father is ill")
    actions.come_back(place, by=place.user, at=NOW)
    assert not Pause.objects.exists()


def test_a_second_break_changes_the_first(place):
    take(place)
    take(place, ends_on=TODAY + A_WEEK)
    assert Pause.objects.get().ends_on == TODAY + A_WEEK


def test_only_its_author_reads_why(place):
    take(place, words="My father is ill")
    coordinator = make.RoleFactory(program=place.cohort.program).user
    seen = {}
    for name, user in {"self": place.user, "coordinator": coordinator}.items():
        with acting_as(user):
            seen[name] = [reason.words for reason in PauseReason.objects.all()]
    assert seen == {"self": ["My father is ill"], "coordinator": []}
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from participants_pausereason")
        assert cursor.fetchone() == (0,)
    assert not AuditEntry.objects.exists()


def test_reminders_of_these_days_are_taken_back_and_others_stay(place):
    cohort = place.cohort_id
    for days in (1, 10):
        make.NoticeFactory(
            recipient=place.user,
            kind="check-in",
            cohort_id=cohort,
            due_at=NOW + timedelta(days=days),
        )
    make.NoticeFactory(recipient=place.user, due_at=NOW + timedelta(days=1))
    take(place, ends_on=TODAY + A_WEEK)
    states = Notice.objects.order_by("kind", "due_at").values_list("kind", "state")
    assert list(states) == [
        ("check-in", "canceled"),
        ("check-in", "pending"),
        ("session", "pending"),
    ]


def test_whoever_has_left_has_nothing_to_pause(place):
    place.state, place.left_at = "withdrawn", NOW
    place.save()
    with pytest.raises(actions.HasLeftAlready):
        take(place)


def test_the_page_says_who_reads_what_before_the_first_word(client, place):
    client.force_login(place.user)
    page = client.get(url(place)).content.decode()
    assert page.index("Coordinators can read this") < page.index('name="starts_on"')
    assert page.index("Only you") < page.index('name="words"')


def test_a_break_is_taken_changed_and_ended_on_its_page(client, place):
    client.force_login(place.user)
    data = {"starts_on": str(TODAY - A_WEEK), "ends_on": "", "words": "Rest"}
    assert client.post(url(place), data).status_code == 302
    page = client.get(url(place)).content.decode()
    assert "I am back" in page
    assert "Rest" in page
    client.post(url(place), {"back": "1"})
    assert not on_break(place, datetime.now().date())


@pytest.mark.parametrize(
    "change",
    [
        {"starts_on": ""},
        {"ends_on": str(TODAY - A_WEEK)},
        {"starts_on": str(TODAY + 2 * A_WEEK), "ends_on": str(TODAY + A_WEEK)},
        {"words": "x" * 1001},
    ],
)
def test_bad_days_are_sent_back_with_what_was_typed(client, place, change):
    client.force_login(place.user)
    data = {"starts_on": str(TODAY), "ends_on": "", "words": "Rest"} | change
    answer = client.post(url(place), data)
    assert answer.status_code == 422
    assert data["words"] in answer.content.decode()
    assert not Pause.objects.exists()


def test_a_coordinator_sees_that_there_is_a_break_and_not_why(client, place):
    take(place, words="My father is ill")
    client.force_login(make.RoleFactory(program=place.cohort.program).user)
    page = client.get(reverse("participants:person", args=[place.pk])).text
    assert "On a break from" in page
    assert "My father" not in page


def test_whoever_deletes_a_break_takes_its_reason_along(place):
    """Coordinators take back a pause they have set; a reason may have been added."""
    pause = take(place, words="My father is ill")
    pause.delete()
    with acting_as(place.user):
        assert not PauseReason.objects.exists()
