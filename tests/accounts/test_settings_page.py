from datetime import time

import pytest

from tests import factories as make

pytestmark = pytest.mark.django_db
URL = "/settings/"
DATA = {
    "called": "Lin",
    "language": "en",
    "zone": "Asia/Ho_Chi_Minh",
    "theme": "dark",
    "quiet_from": "20:00",
    "quiet_to": "07:30",
}


@pytest.fixture
def user(client):
    user = make.UserFactory()
    client.force_login(user)
    return user


def test_preferences_are_kept(client, user):
    assert client.post(URL, DATA).url == URL
    user.refresh_from_db()
    assert (user.called, user.zone, user.theme) == ("Lin", "Asia/Ho_Chi_Minh", "dark")
    assert (user.quiet_from, user.quiet_to) == (time(20), time(7, 30))


def test_a_chosen_theme_is_on_every_page(client, user):
    client.post(URL, DATA)
    assert 'data-theme="dark"' in client.get(URL).text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Mars/Olympus"),
        ("zone", ""),
        ("language", "tlh"),
        ("theme", "neon"),
        ("quiet_from", "25:00"),
        ("called", "x" * 151),
        ("called", "a\x00b"),
    ],
)
def test_bad_input_is_sent_back_beside_its_field(client, user, field, value):
    answer = client.post(URL, DATA | {field: value})
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    user.refresh_from_db()
    assert user.zone == "UTC"


def test_quiet_hours_have_both_ends(client, user):
    answer = client.post(URL, DATA | {"quiet_to": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors["quiet_to"]


def test_a_failed_form_does_not_change_the_page_it_is_on(client, user):
    answer = client.post(URL, DATA | {"zone": ""})
    assert 'data-theme="dark"' not in answer.text


def test_every_zone_can_be_chosen(client, user):
    for zone in ("UTC", "America/Argentina/Ushuaia", "CET", "Etc/GMT+3"):
        assert client.post(URL, DATA | {"zone": zone}).status_code == 302


def test_settings_belong_to_somebody_signed_in(client):
    assert client.get(URL).status_code == 302


def test_settings_cost_two_queries(client, user, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(URL)
