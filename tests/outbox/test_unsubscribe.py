"""Stopping mail: one press, no sign-in, and a look changes nothing."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mentorship.outbox.actions import sweep
from mentorship.outbox.actions.post import Post
from mentorship.outbox.letter import UNSUBSCRIBE, unsubscribe_url
from mentorship.outbox.models import Kind, Preference
from tests.factories import NoticeFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return UserFactory()


@pytest.fixture
def address(user, settings):
    return unsubscribe_url(user.pk, Kind.CHECK_IN).removeprefix(settings.SITE_URL)


def off(user):
    by_mail = Preference.objects.unwanted_by(user).filter(channel="email")
    return set(by_mail.values_list("kind", flat=True))


def test_a_post_without_cookie_or_token_stops_the_kind_at_once(user, address):
    robot = Client(enforce_csrf_checks=True)
    answer = robot.post(address, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, off(user)) == (200, {"check-in"})
    assert not answer.cookies


def test_a_mail_that_is_about_to_go_is_stopped_too(user, client, monkeypatch):
    notices = NoticeFactory.create_batch(2, recipient=user, kind=Kind.SESSION)
    stop = unsubscribe_url(user.pk, Kind.SESSION)
    sending = Post.send

    def send_and_press_stop(*args):
        sending(*args)
        client.post(urlsplit(stop).path)

    monkeypatch.setattr(Post, "send", send_and_press_stop)
    assert sweep(timezone.now()) == 1
    for notice in notices:
        notice.refresh_from_db()
    assert {n.state for n in notices} == {"sent", "skipped"}
    assert {n.skipped_because for n in notices} == {"", "preference"}


def test_again_is_answered_the_same_and_changes_nothing(user, address, client):
    client.post(address)
    assert client.post(address).status_code == 200
    assert off(user) == {"check-in"}
    assert Preference.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(user, address, client, method):
    answer = getattr(client, method)(address)
    assert (answer.status_code, off(user)) == (200, set())
    assert not answer.cookies


@pytest.mark.parametrize("token", ["nonsense", "a:b", "eyJ1Ijox:xyz"])
def test_a_bad_token_is_not_found(client, token):
    address = reverse("outbox:unsubscribe", args=[token])
    assert client.get(address).status_code == 404
    assert client.post(address).status_code == 404


def test_a_token_signed_for_something_else_is_not_found(client, user):
    from django.core import signing

    other = signing.Signer(salt="invitation").sign_object(
        {"user": str(user.pk), "kind": "check-in"}
    )
    assert client.post(reverse("outbox:unsubscribe", args=[other])).status_code == 404


def test_the_link_of_somebody_who_was_erased_is_not_found(client, user, address):
    user.delete()
    assert client.post(address).status_code == 404


def test_the_link_names_no_address(user, address):
    token = address.rstrip("/").rsplit("/", 1)[-1]
    assert user.email not in str(UNSUBSCRIBE.unsign_object(token))


def test_preferences_show_and_keep_what_a_person_wants(client, user, address):
    client.post(address)
    client.force_login(user)
    page = client.get(reverse("outbox:preferences"))
    assert "check-in" not in page.context["form"].initial["wanted"]
    answer = client.post(reverse("outbox:preferences"), {"wanted": ["check-in"]})
    assert answer.status_code == 302
    assert off(user) == {kind.value for kind in Kind.optional()} - {"check-in"}


def test_an_invented_kind_is_refused_with_words(client, user):
    client.force_login(user)
    answer = client.post(reverse("outbox:preferences"), {"wanted": ["account"]})
    assert answer.status_code == 422
    assert off(user) == set()


def test_the_page_of_preferences_needs_few_queries(
    client, user, django_assert_num_queries
):
    client.force_login(user)
    with django_assert_num_queries(3):
        client.get(reverse("outbox:preferences"))
