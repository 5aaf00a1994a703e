"""What somebody says about themselves is theirs: said, changed and deleted alone."""

import pytest
from django.urls import reverse

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.participants.actions import declared_by
from mentorship.participants.models import SelfDeclared
from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "participants:about_you"


@pytest.fixture
def mentee(client):
    place = make.ParticipantFactory(cohort__stage="onboarding")
    client.force_login(place.user)
    return place.user


def test_who_can_read_it_is_said_before_the_first_question(client, mentee):
    page = client.get(reverse(URL)).content.decode()
    assert page.index("Counted with others, never alone") < page.index("your gender")
    assert page.count("Rather not say") == 5


def test_nobody_has_said_anything_until_they_do(client, mentee):
    page = client.get(reverse(URL)).content.decode()
    assert page.count("checked") == 5
    client.post(reverse(URL), {"gender": "", "age": "", "caring": ""})
    assert declared_by(mentee) == {}


def test_answers_are_kept_changed_and_taken_back_one_by_one(client, mentee):
    client.post(reverse(URL), {"gender": "woman", "caring": "yes"})
    assert declared_by(mentee) == {"gender": "woman", "caring": "yes"}
    client.post(reverse(URL), {"gender": "another", "age": "30-44"})
    assert declared_by(mentee) == {"gender": "another", "age": "30-44"}


def test_everything_is_deleted_at_once_whatever_is_chosen(client, mentee):
    client.post(reverse(URL), {"gender": "woman", "illness": "yes"})
    answer = client.post(reverse(URL), {"gender": "woman", "delete": "1"}, follow=True)
    assert declared_by(mentee) == {}
    assert "Delete all of it" not in answer.content.decode()


def test_an_answer_that_is_none_is_refused_beside_its_question(client, mentee):
    answer = client.post(reverse(URL), {"gender": "unicorn"})
    assert answer.status_code == 422
    assert declared_by(mentee) == {}


def test_answers_can_be_deleted_when_the_cohort_is_long_over(client, mentee):
    client.post(reverse(URL), {"gender": "woman"})
    place = mentee.places.get()
    place.state, place.cohort.stage = "finished", "alumni"
    place.save()
    place.cohort.save()
    client.post(reverse(URL), {"delete": "1"})
    assert declared_by(mentee) == {}


def test_mentors_are_not_asked_for_they_are_not_counted(client):
    place = make.MentorFactory(cohort__stage="onboarding")
    client.force_login(place.user)
    assert client.get(reverse(URL)).status_code == 404
    profile = client.get(reverse("participants:profile")).content.decode()
    assert reverse(URL) not in profile


def test_it_leaves_no_trace_in_the_history(client, mentee):
    client.post(reverse(URL), {"illness": "yes"})
    assert not AuditEntry.objects.exists()


def test_no_coordinator_reads_it_nor_another_person(client, mentee):
    client.post(reverse(URL), {"illness": "yes"})
    place = mentee.places.get()
    coordinator = make.RoleFactory(program=place.cohort.program).user
    for other in (coordinator, make.UserFactory()):
        with acting_as(other):
            assert not SelfDeclared.objects.exists()
    client.force_login(coordinator)
    assert client.get(reverse(URL)).status_code == 404
    page = client.get(reverse("participants:person", args=[place.pk]))
    assert "illness" not in page.content.decode()
