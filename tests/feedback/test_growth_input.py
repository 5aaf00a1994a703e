"""Whatever is typed into the forms of growth: nothing fails, and nothing is lost."""

import html

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.actions import ask_feedback, invite_observer
from feedback.models import Asking
from tests.factories import PairFactory

NOW = timezone.now()
HOSTILE = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            " ",
            "\x00",
            "\u202eright to left",
            "\U0001f600" * 40,
            "<script>alert(1)</script>",
            "{{ form }} {% now %}",
            "' or 1=1 --",
            "x" * 1001,
            "y" * 5000,
            "-1",
            "9" * 40,
            "٣",
            "1.5",
            "\r\n\r\nBcc: all@kestrel.example",
        ]
    ),
)
often = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
    ],
)


@pytest.fixture
def pair(db):
    return PairFactory()


def send(client, url, data, texts=()):
    """Post; a refusal says why, and gives back what was typed."""
    response = client.post(url, data)
    assert response.status_code in (200, 302, 410, 422)
    if response.status_code == 422:
        page = response.content.decode()
        assert 'class="error"' in page
        for name in texts:
            # A browser leaves out NUL and the first line break of a text area.
            typed = html.escape(data[name]).strip().replace("\r\n", "\n")
            assert typed in page.replace("\r\n", "\n")
    return response


@often
@given(value=HOSTILE, other=HOSTILE)
def test_answers_about_growth(pair, value, other):
    asking = Asking.objects.get_or_create(participant=pair.mentee, moment="end")[0]
    client = Client()
    client.force_login(pair.mentee.user)
    url = reverse("feedback:asking", args=[asking.pk])
    send(client, url, {"sure-new": value, "tie-open": other})


@often
@given(behavior=HOSTILE, own=HOSTILE, example=HOSTILE, seen=HOSTILE)
def test_what_is_to_be_looked_at(pair, behavior, own, example, seen):
    client = Client()
    client.force_login(pair.mentee.user)
    data = {"behavior": behavior, "own": own, "example": example, "seen": seen}
    url = reverse("home:observe", args=[pair.mentee.pk])
    send(client, url, data, texts=("own", "example"))


@often
@given(seen=st.one_of(HOSTILE, st.just("3")), example=HOSTILE)
def test_what_a_colleague_sees(pair, seen, example):
    token = invite_observer(pair.mentee, whom="peer", behavior="x", at=NOW)
    url = reverse("feedback:observe", args=[token])
    send(Client(), url, {"seen": seen, "example": example}, texts=("example",))


@often
@given(strength=HOSTILE, suggestion=HOSTILE, next_step=HOSTILE)
def test_feedback_to_each_other(pair, strength, suggestion, next_step):
    asked = ask_feedback(pair, by=pair.mentee.user, at=NOW)
    client = Client()
    client.force_login(pair.mentor.user)
    data = {"strength": strength, "suggestion": suggestion, "next_step": next_step}
    url = reverse("feedback:give", args=[asked.pk])
    send(client, url, data, texts=tuple(data))
