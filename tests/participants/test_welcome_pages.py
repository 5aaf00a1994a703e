"""What is left before pairing: orientation and the charter."""

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.charter.models import Acknowledgment, CharterVersion
from mentorship.participants.actions import complete_orientation
from mentorship.participants.models import ORIENTATION, TrainingAnswer
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(client):
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    place = make.ParticipantFactory(cohort=cohort, oriented_at=None)
    client.force_login(place.user)
    return place


def url(name, place):
    return reverse(f"participants:{name}", args=[place.pk])


def test_the_welcome_page_lists_what_is_left(client, place):
    page = client.get(url("welcome", place)).content.decode()

    assert "3 things are left" in page
    for address in (url("orientation", place), url("charter", place)):
        assert address in page


def test_the_welcome_page_says_when_nothing_is_left(client):
    cohort = make.CohortFactory()
    place = make.a_ready(make.ParticipantFactory, cohort)
    client.force_login(place.user)

    assert "You are ready" in client.get(url("welcome", place)).content.decode()


def test_each_text_is_ticked_and_the_last_completes_orientation(client, place):
    for slug in ORIENTATION:
        answer = client.post(url("orientation", place), {"step": slug})

    assert answer["Location"] == url("orientation", place)
    place.refresh_from_db()
    assert place.oriented_at is not None


def whether_it_helped(place):
    with acting_as(place.user):
        return list(TrainingAnswer.objects.values_list("value", flat=True))


def test_at_the_end_one_may_say_whether_it_helped_and_change_it(client, place):
    complete_orientation(place, at=timezone.now())
    page = client.get(url("orientation", place)).content.decode()
    assert "Orientation helped me to begin" in page
    assert page.index("Only you") < page.index("Not at all")
    for value in (4, 2):
        answer = client.post(
            url("orientation", place), {"helped": "answer", "value": value}
        )
        assert answer["Location"] == url("welcome", place)
        assert whether_it_helped(place) == [value]
    client.post(url("orientation", place), {"helped": "skip"})
    assert whether_it_helped(place) == []


def test_before_the_end_nobody_is_asked_whether_it_helped(client, place):
    answer = client.post(url("orientation", place), {"helped": "answer", "value": 5})
    assert "Orientation helped me" not in answer.content.decode()
    assert whether_it_helped(place) == []


def test_an_answer_that_is_none_is_asked_again(client, place):
    complete_orientation(place, at=timezone.now())
    answer = client.post(url("orientation", place), {"helped": "answer"})
    assert answer.status_code == 422
    assert "Choose one answer, or leave it out." in answer.content.decode()


def test_progress_is_visible(client, place):
    client.post(url("orientation", place), {"step": "goals"})

    page = client.get(url("orientation", place)).content.decode()

    assert "1 of 4 read so far." in page


def test_an_unknown_step_changes_nothing(client, place):
    answer = client.post(url("orientation", place), {"step": "nonsense"})

    assert answer.status_code == 200
    assert not place.orientation_steps.exists()


@pytest.mark.parametrize(
    ("sides", "words", "not_words"),
    [
        ({"is_mentor": True, "capacity": 1}, ["As a mentor", "As a mentee"], []),
        ({}, ["As a mentee"], ["As a mentor"]),
    ],
)
def test_the_texts_speak_to_the_sides_somebody_takes(
    client, place, sides, words, not_words
):
    for name, value in sides.items():
        setattr(place, name, value)
    place.save()

    page = client.get(url("orientation", place)).content.decode()

    assert all(word in page for word in words)
    assert not any(word in page for word in not_words)


def test_agreeing_records_the_words_that_were_read(client, place):
    version = place.cohort.program.in_force
    page = client.get(url("charter", place)).content.decode()

    answer = client.post(
        url("charter", place), {"version": version.number, "agree": "on"}
    )

    assert "Grow people who stay." in page
    assert answer["Location"] == url("welcome", place)
    agreed = Acknowledgment.objects.get(user=place.user)
    assert agreed.sha256 == version.text_in("en").sha256


def test_agreeing_without_the_tick_is_explained(client, place):
    answer = client.post(url("charter", place), {"version": "1"})

    assert answer.status_code == 422
    assert "Tick the box once you have read" in answer.content.decode()
    assert not Acknowledgment.objects.exists()


def test_nobody_agrees_to_a_version_they_did_not_see(client, place):
    old = place.cohort.program.in_force
    CharterVersion.objects.filter(pk=old.pk).update(state="replaced")
    make.CharterFactory(program=place.cohort.program)

    answer = client.post(
        url("charter", place), {"version": old.number, "agree": "on"}, follow=True
    )

    assert "A new version came" in answer.content.decode()
    assert not Acknowledgment.objects.exists()


def test_without_a_charter_the_page_says_so(client):
    place = make.ParticipantFactory()
    client.force_login(place.user)

    page = client.get(url("charter", place)).content.decode()

    assert "No charter yet" in page


@pytest.mark.parametrize("name", ["welcome", "orientation", "charter"])
def test_these_pages_are_ones_own(client, place, name):
    client.force_login(make.UserFactory())
    stranger = client.get(url(name, place)).status_code
    client.force_login(make.RoleFactory(program=place.cohort.program).user)
    coordinator = client.get(url(name, place)).status_code

    assert (stranger, coordinator) == (404, 403)


def test_anybody_may_leave_without_a_reason(client, place):
    asked = client.get(url("withdraw", place))
    client.post(url("withdraw", place))

    place.refresh_from_db()
    assert "You owe nobody a reason" in asked.content.decode()
    assert place.state == "withdrawn"


@pytest.mark.parametrize(
    ("name", "n"), [("welcome", 4), ("orientation", 4), ("charter", 7)]
)
def test_each_page_costs_few_queries(client, place, name, n, django_assert_num_queries):
    with django_assert_num_queries(n):
        client.get(url(name, place))
