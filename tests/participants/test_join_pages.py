"""The way in through the browser: the link, the account, the first page."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from mentorship.outbox.models import Notice
from mentorship.participants import invitations
from mentorship.participants.models import Participant
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    cohort = make.CohortFactory()
    make.CharterFactory(program=cohort.program)
    return make.ParticipantFactory(
        cohort=cohort,
        state="invited",
        invitation=1,
        invited_at=timezone.now() - timedelta(days=1),
        joined_at=None,
        oriented_at=None,
    )


def link(place):
    return reverse("participants:join", args=[invitations.token_for(place)])


def test_looking_at_the_link_changes_nothing(client, place):
    for _ in range(2):
        answer = client.get(link(place))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    place.refresh_from_db()
    assert (place.state, place.invitation) == ("invited", 1)


def test_choosing_a_code_joins_and_signs_in(client, place):
    answer = client.post(link(place), {"way": "code", "password": ""})

    assert answer["Location"] == "/profile/skills/"
    assert client.session["_auth_user_id"] == str(place.user_id)
    place.refresh_from_db()
    assert place.state == "joined"


def test_choosing_a_password_keeps_it(client, place):
    client.post(link(place), {"way": "password", "password": "ruby anchor tea"})

    place.user.refresh_from_db()
    assert place.user.check_password("ruby anchor tea")


@pytest.mark.parametrize(
    ("password", "words"),
    [("", "Choose a password, or a code by mail"), ("12345", "too short")],
)
def test_a_weak_password_is_explained_and_nothing_changes(
    client, place, password, words
):
    answer = client.post(link(place), {"way": "password", "password": password})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    place.refresh_from_db()
    assert place.state == "invited"


def test_a_used_link_offers_to_sign_in(client, place):
    used = link(place)
    client.post(used, {"way": "code"})
    client.logout()

    answer = client.get(used)

    assert answer.status_code == 410
    assert reverse("account_login") in answer.content.decode()
    assert "Mail me a new link" not in answer.content.decode()


def test_the_person_who_used_a_link_is_led_on(client, place):
    used = link(place)
    client.post(used, {"way": "code"})

    assert client.get(used)["Location"] == f"/places/{place.pk}/welcome/"


@pytest.mark.parametrize("token", ["nonsense", "a.b:c:d", "🙂", "x" * 500])
def test_a_link_that_is_none_of_ours_is_met_kindly(client, token):
    answer = client.get(reverse("participants:join", args=[token]))

    assert answer.status_code == 404
    assert "We do not know this link" in answer.content.decode()


def test_a_link_for_another_purpose_is_no_invitation(client, place):
    from django.core.signing import TimestampSigner

    foreign = TimestampSigner(salt="something.else").sign(f"{place.pk}.1")

    assert client.get(reverse("participants:join", args=[foreign])).status_code == 404


def test_an_old_link_can_be_replaced_by_its_owner(client, place):
    old = link(place)
    later = timezone.now() + timedelta(days=settings.INVITATION_MAX_AGE_DAYS + 1)
    with time_machine.travel(later):
        page = client.get(old)
        client.post(f"{old}again/")

    assert page.status_code == 410
    notice = Notice.objects.get()
    assert notice.recipient == place.user
    assert notice.context["by"] == ""
    place.refresh_from_db()
    assert place.invitation == 2


def test_asking_for_a_new_link_says_the_same_whoever_asks(client, place):
    known = client.post(f"{link(place)}again/")
    unknown = client.post(reverse("participants:new_link", args=["nonsense"]))

    assert known.content == unknown.content


def test_asking_again_and_again_sends_one_mail(client, place):
    token_of_the_first_mail = link(place)
    for _ in range(3):
        client.post(f"{token_of_the_first_mail}again/")

    assert Notice.objects.count() == 1


def test_a_link_cannot_set_the_password_of_an_account_in_use(client, place):
    place.user.set_password("their own words")
    place.user.save()

    page = client.get(link(place))
    client.post(link(place), {"way": "password", "password": "an attacker's one"})

    assert "Sign in to join" in page.content.decode()
    place.user.refresh_from_db()
    assert place.user.check_password("their own words")
    assert Participant.objects.get(pk=place.pk).state == "invited"


def test_somebody_with_an_account_joins_one_cohort_more(client, place):
    client.force_login(place.user)

    page = client.get(link(place))
    client.post(link(place))

    assert "Welcome back" in page.content.decode()
    assert Participant.objects.get(pk=place.pk).state == "joined"


def test_nobody_joins_as_somebody_else(client, place):
    client.force_login(make.UserFactory())

    page = client.get(link(place))
    client.post(link(place), {"way": "code"})

    assert place.user.given_name not in page.content.decode()
    assert Participant.objects.get(pk=place.pk).state == "invited"


def test_who_has_left_cannot_come_back_by_an_old_link(client, place):
    old = link(place)
    place.state, place.left_at = "withdrawn", timezone.now()
    place.save()

    assert client.get(old).status_code == 410
    assert client.post(old, {"way": "code"}).status_code == 410


def test_joining_costs_few_queries(client, place, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(link(place))
