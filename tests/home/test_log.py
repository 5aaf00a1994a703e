"""Logging a session: one page, one transaction over three apps."""

import re
import threading
import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback.models import Pulse, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from milestones.models import ActionItem, ActionWords
from pairing.models import Session, SessionWords
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    OutcomeFactory,
    PairFactory,
    RoleFactory,
    SessionFactory,
)

NOW = timezone.now()
TODAY = timezone.localdate()
CANARY = "canary-91bd"
NOTHING_PROMISED = {
    "promises-TOTAL_FORMS": "3",
    "promises-INITIAL_FORMS": "0",
}
SCALES_LEFT_OUT = {
    f"{scale}-skip": "1" for scale in ("confidence", "together", "clarity")
}


def the_four_answers(**fields):
    return {
        "form_id": str(uuid.uuid4()),
        "held_on": TODAY.isoformat(),
        "channel": "video",
        "minutes": "30",
        "topics": ["wellbeing"],
        **SCALES_LEFT_OUT,
        **NOTHING_PROMISED,
        **fields,
    }


def everything(**fields):
    """All that can be said, with scales answered."""
    said = the_four_answers(
        **{
            "useful": f"useful {CANARY}",
            "thought": f"thought {CANARY}",
            "confidence": "4",
            "clarity": "2",
            "promises-0-text": f"promise {CANARY}",
            "promises-0-owner": "mentor",
            "promises-0-for_side": "mentee",
            **fields,
        }
    )
    for scale in ("confidence", "clarity"):
        said.pop(f"{scale}-skip")
    return said


@pytest.fixture
def pair(db):
    pair = PairFactory()
    charter = CharterFactory(program=pair.cohort.program)
    OutcomeFactory(pair=pair, core_outcome=CoreOutcomeFactory(charter=charter))
    return pair


@pytest.fixture
def url(pair):
    return reverse("home:log", args=[pair.pk])


@pytest.fixture
def mentee(client, pair):
    client.force_login(pair.mentee.user)
    return pair.mentee.user


def test_four_answers_are_enough(client, pair, url, mentee):
    assert client.post(url, the_four_answers()).status_code == 302
    session = Session.objects.get()
    assert (session.channel, session.minutes, session.held_on) == ("video", 30, TODAY)
    states = dict(Reflection.objects.values_list("author__user", "state"))
    assert states == {mentee.pk: "skipped", pair.mentor.user.pk: "asked"}
    assert not ActionItem.objects.exists()


def test_everything_is_kept_each_for_its_readers(client, pair, url, mentee):
    client.post(url, everything())
    session = Session.objects.get()
    with acting_as(mentee):
        assert session.words.useful_to_mentee == f"useful {CANARY}"
        assert ReflectionWords.objects.get().thought == f"thought {CANARY}"
        pulse = Pulse.objects.get()
        assert (pulse.confidence, pulse.together, pulse.clarity) == (4, None, 2)
    with acting_as(pair.mentor.user):
        assert SessionWords.objects.exists()
        assert not ReflectionWords.objects.exists()
        assert not Pulse.objects.exists()
        assert ActionWords.objects.get().text == f"promise {CANARY}"
    item = ActionItem.objects.get()
    assert (item.owner, item.for_side) == (pair.mentor, "mentee")
    assert Reflection.objects.get(author=pair.mentee).state == "written"


def test_nobody_else_ever_sees_a_word_of_it(client, pair, url, mentee, caplog):
    client.post(url, everything())
    session = Session.objects.get()
    coordinator = RoleFactory(program=pair.cohort.program).user
    stranger = PairFactory(cohort=pair.cohort).mentor.user
    pages = [
        reverse("home:me"),
        reverse("home:today"),
        reverse("pairing:pair", args=[pair.pk]),
        reverse("pairing:pairs", args=[pair.cohort_id]),
        reverse("home:cohort", args=[pair.cohort_id]),
        reverse("pairing:session", args=[session.pk]),
        url,
    ]
    for reader in (coordinator, stranger):
        client.force_login(reader)
        for page in pages:
            assert CANARY not in client.get(page, follow=True).content.decode()
    client.force_login(pair.mentor.user)
    seen = "".join(client.get(page).content.decode() for page in pages[:3] + pages[5:])
    assert f"promise {CANARY}" in seen
    assert f"useful {CANARY}" in seen
    assert f"thought {CANARY}" not in seen
    for rows in (Notice.objects.all(), AuditEntry.objects.all()):
        assert CANARY not in str(list(rows.values()))
    assert CANARY not in caplog.text


def test_the_writer_reads_their_own_thought(client, pair, url, mentee):
    client.post(url, everything())
    page = client.get(reverse("pairing:session", args=[Session.objects.get().pk]))
    assert f"thought {CANARY}" in page.content.decode()


def test_a_form_sent_twice_makes_one_session_and_the_same_answer(client, url, mentee):
    form = everything()
    first, second = client.post(url, form), client.post(url, form)
    assert (first.status_code, first.url) == (second.status_code, second.url)
    counts = [model.objects.count() for model in (Session, Reflection, ActionItem)]
    assert counts == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_make_one_session():
    pair = PairFactory()
    url, form, answers = reverse("home:log", args=[pair.pk]), everything(), []

    def tap():
        try:
            client = Client()
            client.force_login(pair.mentee.user)
            answers.append(client.post(url, form).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [302] * 20
    assert Session.objects.count() == 1
    assert ActionItem.objects.count() == 1


def test_a_second_log_of_a_day_asks_and_keeps_what_was_typed(client, pair, url, mentee):
    theirs = SessionFactory(pair=pair, held_on=TODAY, logged_by=pair.mentor)
    form = everything()
    asked = client.post(url, form)
    assert asked.status_code == 422
    words = asked.content.decode()
    assert "Is it the same session?" in words
    assert f"useful {CANARY}" in words
    assert f"promise {CANARY}" in words
    assert client.post(url, {**form, "same": "yes"}).status_code == 302
    theirs.refresh_from_db()
    assert theirs.confirmed_by == pair.mentee
    assert Session.objects.count() == 1
    assert ActionItem.objects.get().session == theirs


def test_saying_more_about_ones_own_session_loses_nothing(client, pair, url, mentee):
    client.post(url, everything(useful="first"))
    more = everything(same="yes", useful="second", thought="")
    more |= {"clarity-skip": "1", "confidence": "5"}
    more.pop("clarity")

    client.post(url, more)
    client.post(url, more)

    with acting_as(mentee):
        assert SessionWords.objects.get().useful_to_mentee == "first\n\nsecond"
        assert ReflectionWords.objects.get().thought == f"thought {CANARY}"
        pulse = Pulse.objects.get()
    assert (pulse.confidence, pulse.together, pulse.clarity) == (5, None, 2)
    assert ActionItem.objects.count() == 1
    assert Session.objects.count() == 1


def test_another_session_on_the_same_day_is_another_one(client, pair, url, mentee):
    SessionFactory(pair=pair, held_on=TODAY, logged_by=pair.mentor)
    client.post(url, the_four_answers(same="no"))
    assert Session.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("held_on", (TODAY + timedelta(days=1)).isoformat(), "still to come"),
        ("held_on", "2001-01-01", "have been a pair since"),
        ("held_on", "", "on which day"),
        ("held_on", "99999-99-99", "valid date"),
        ("channel", "", "how you met"),
        ("channel", "owl", "one of the four"),
        ("minutes", "", "how long"),
        ("minutes", "31", "one of the lengths"),
        ("topics", [], "at least one thing"),
        ("topics", ["gossip"], "from the list"),
        ("useful", "x" * 4001, "4000"),
        ("thought", "x" * 4001, "4000"),
        ("confidence", "9", "5"),
        ("confidence", "high", "point on the line"),
        ("promises-0-text", "x" * 301, "300"),
        ("promises-0-owner", "everybody", "valid choice"),
        ("form_id", "none", "valid UUID"),
        ("promises-TOTAL_FORMS", "x", "ManagementForm"),
        ("useful", "nul \x00", "Null characters"),
        ("same", "perhaps", "valid choice"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(
    client, url, mentee, field, value, words
):
    form = everything(**{"useful": "Kept text", field: value})
    answer = client.post(url, form)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert words in body
    assert field == "useful" or "Kept text" in body
    assert not Session.objects.exists()


def test_the_usual_answers_are_there_already(client, pair, url, mentee):
    SessionFactory(
        pair=pair, held_on=TODAY - timedelta(days=9), channel="phone", minutes=60
    )
    body = client.get(url).content.decode()
    assert f'value="{TODAY.isoformat()}"' in body
    assert re.search(r'value="phone"[^>]*checked', body)
    assert re.search(r'value="60"[^>]*checked', body)


def test_the_charter_suggests_the_length_of_the_first_session(client, url, mentee):
    body = client.get(url).content.decode()
    assert re.search(r'value="45"[^>]*checked', body)


def test_a_planned_session_brings_its_day_and_becomes_held(client, pair, url, mentee):
    planned = pair.sessions.create(
        state="planned",
        starts_at=NOW - timedelta(days=3),
        channel="in person",
        minutes=60,
    )
    body = client.get(f"{url}?session={planned.pk}").content.decode()
    assert f'value="{(TODAY - timedelta(days=3)).isoformat()}"' in body
    client.post(url, the_four_answers(planned=str(planned.pk)))
    planned.refresh_from_db()
    assert planned.state == "held"


@pytest.mark.parametrize("wanted", ["x", "1", str(uuid.UUID(int=1)), "%00"])
def test_a_strange_planned_session_is_ignored(client, url, mentee, wanted):
    assert client.get(f"{url}?session={wanted}").status_code == 200


def test_every_place_to_write_says_its_readers_first(client, pair, url, mentee):
    body = client.get(url).content.decode()
    shared = body.index(f"You and {pair.mentor.short_name}")
    private = body.index("Only you")
    assert shared < body.index('name="useful"') < private < body.index('name="thought"')
    assert body.index("Only you see your answers") < body.index('name="confidence"')


def test_scales_are_left_out_until_somebody_moves_them(client, url, mentee):
    body = client.get(url).content.decode()
    assert len(re.findall(r'name="\w+-skip" value="1"\s+checked', body)) == 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_ten_queries(client, pair, url, mentee, rows):
    core = pair.outcomes.get().core_outcome
    for n in range(rows):
        SessionFactory(pair=pair, held_on=TODAY - timedelta(days=n))
        OutcomeFactory(pair=pair, core_outcome=core, title=f"Other {n}")
    with assertNumQueries(10):
        client.get(url)


def test_the_first_log_takes_one_more_for_the_charter(client, url, mentee):
    with assertNumQueries(11):
        client.get(url)


def test_coordinators_and_strangers_log_nothing(client, pair, url):
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    assert client.post(url, the_four_answers()).status_code == 403
    client.force_login(PairFactory().mentor.user)
    assert client.post(url, the_four_answers()).status_code == 404
    assert not Session.objects.exists()
