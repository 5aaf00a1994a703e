"""A notebook is for its writer: nobody else finds a page, whatever they ask for."""

from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from pairing import actions
from pairing.models import NotebookEntry
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    return make.PairFactory()


def write(client, user, body, form_id=None):
    client.force_login(user)
    form_id = form_id or uuid4()
    return client.post(reverse("pairing:notebook"), {"body": body, "form_id": form_id})


def the_page(user):
    with acting_as(user):
        return NotebookEntry.objects.get()


def test_a_page_is_read_by_its_writer_alone(client, pair):
    write(client, pair.mentee.user, "I keep waiting until I am sure.")
    url = reverse("pairing:notebook")
    assert "until I am sure" in client.get(url).content.decode()
    for user in (pair.mentor.user, make.RoleFactory(program=pair.cohort.program).user):
        client.force_login(user)
        assert "until I am sure" not in client.get(url).content.decode()
        with acting_as(user):
            assert not NotebookEntry.objects.exists()


def test_the_first_page_shows_the_newest_and_says_who_reads_it(client, pair):
    write(client, pair.mentee.user, "**Speak** at 70 per cent")
    html = client.get(reverse("home:me")).content.decode()
    assert "Speak at 70 per cent" in html
    assert html.index("Only you") < html.index("Speak at 70")
    client.force_login(pair.mentor.user)
    assert "Speak at 70" not in client.get(reverse("home:me")).content.decode()


def test_it_says_who_reads_it_before_the_first_word(client, pair):
    client.force_login(pair.mentee.user)
    html = client.get(reverse("pairing:notebook")).content.decode()
    assert html.index("Only you") < html.index("<textarea")


def test_the_same_form_sent_twice_is_one_page(client, pair):
    form_id = uuid4()
    for _ in range(2):
        write(client, pair.mentee.user, "Once", form_id)
    assert the_page(pair.mentee.user).body == "Once"


def test_an_empty_page_is_refused_beside_its_field(client, pair):
    page = write(client, pair.mentee.user, " ")
    assert page.status_code == 422
    assert 'aria-describedby="id_body_helptext id_body_error"' in page.content.decode()


def test_a_stale_save_shows_both_texts(client, pair):
    user = pair.mentee.user
    write(client, user, "First")
    address = reverse("pairing:notebook_page", args=[the_page(user).pk])
    client.post(address, {"body": "From the phone", "version": 1})
    page = client.post(address, {"body": "From the desk", "version": 1})
    assert page.status_code == 409
    assert "From the phone" in page.content.decode()
    assert "From the desk</textarea>" in page.content.decode()
    assert the_page(user).body == "From the phone"


def test_a_page_is_deleted_for_good(client, pair):
    write(client, pair.mentee.user, "Gone tomorrow")
    page = the_page(pair.mentee.user)
    client.post(reverse("pairing:drop_page", args=[page.pk]))
    with acting_as(pair.mentee.user):
        assert not NotebookEntry.objects.exists()


@pytest.mark.parametrize("name", ["notebook_page", "drop_page"])
def test_another_persons_page_does_not_exist(client, pair, name):
    page = actions.write_page(
        by=pair.mentee.user, at=timezone.now(), body="Mine", form_id=uuid4()
    )
    client.force_login(pair.mentor.user)
    address = reverse(f"pairing:{name}", args=[page.pk])
    assert client.post(address, {"body": "x", "version": 1}).status_code == 404
    assert the_page(pair.mentee.user).body == "Mine"


def test_one_page_and_three_take_as_many_queries(
    client, pair, django_assert_max_num_queries
):
    write(client, pair.mentee.user, "One")
    url = reverse("pairing:notebook")
    client.get(url)
    with django_assert_max_num_queries(12) as one:
        client.get(url)
    taken = len(one)
    for body in ("Two", "Three"):
        write(client, pair.mentee.user, body)
    client.get(url)
    with django_assert_max_num_queries(taken):
        client.get(url)
