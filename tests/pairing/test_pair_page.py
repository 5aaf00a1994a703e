"""A pair's page, its plan, its sessions and its pilot question."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from pytest_django.asserts import assertNumQueries

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from milestones.actions import Promised, promise
from pairing import actions
from pairing.models import PilotQuestion, Session
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    RoleFactory,
    SessionFactory,
)

NOW = timezone.now()
CANARY = "canary-7f3a"


@pytest.fixture
def pair(db):
    pair = PairFactory()
    pair.charter = CharterFactory(program=pair.cohort.program)
    return pair


def a_full_pair(pair, rows=1):
    """Give a pair everything that can be on its page, words included."""
    core = CoreOutcomeFactory(charter=pair.charter)
    for n in range(rows):
        for side in ("mentor", "mentee"):
            OutcomeFactory(pair=pair, side=side, core_outcome=core)
        MilestoneFactory(pair=pair)
        session = actions.log_session(
            pair,
            by=pair.mentee.user,
            at=NOW,
            held_on=NOW.date() - timedelta(days=n),
            minutes=30,
            channel="video",
            topics=[f"topic {CANARY}"],
            useful=f"useful {CANARY}",
        )
        words = Promised(f"promise {CANARY}", "mentee", "mentor")
        promise(pair, [words], by=pair.mentee.user, at=NOW, session=session)
        actions.plan_session(
            pair,
            by=pair.mentor.user,
            at=NOW,
            starts_at=NOW + timedelta(days=n + 2),
            minutes=45,
            channel="in person",
            place=f"place {CANARY}",
        )
    return pair


def page(client, user, pair, name="pairing:pair"):
    client.force_login(user)
    return client.get(reverse(name, args=[pair.pk]))


def test_members_see_topics_places_and_promises(client, pair):
    answer = page(client, a_full_pair(pair).mentor.user, pair)
    words = answer.content.decode()
    for kind in ("topic", "place", "promise"):
        assert f"{kind} {CANARY}" in words
    assert words.count("Speak in case reviews") >= 2


def test_coordinators_see_facts_and_no_words(client, pair):
    coordinator = RoleFactory(program=pair.cohort.program).user
    answer = page(client, coordinator, a_full_pair(pair))
    words = answer.content.decode()
    assert CANARY not in words
    assert "Points opened" not in words
    for fact in ("Speak in case reviews", "Speak in one review", "30 min"):
        assert fact in words
    assert "1 made, 0 kept" in words


def test_a_coordinator_sees_their_own_pair_as_a_member(client, pair):
    RoleFactory(program=pair.cohort.program, user=pair.mentor.user)
    answer = page(client, pair.mentor.user, a_full_pair(pair))
    assert f"topic {CANARY}" in answer.content.decode()


def test_strangers_find_no_pair(client, pair):
    assert page(client, PairFactory().mentor.user, pair).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_members_page_takes_the_same_queries_for_any_number(client, pair, rows):
    a_full_pair(pair, rows)
    client.force_login(pair.mentor.user)
    with assertNumQueries(20):
        client.get(reverse("pairing:pair", args=[pair.pk]))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_coordinators_page_takes_eleven_queries(client, pair, rows):
    a_full_pair(pair, rows)
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    with assertNumQueries(11):
        client.get(reverse("pairing:pair", args=[pair.pk]))


def test_what_is_missing_is_an_outcome_for_each(client, pair):
    words = page(client, pair.mentor.user, pair).content.decode()
    for place in pair.members:
        assert escape(f"Write one for {place.short_name}") in words


def test_an_ended_pair_is_still_read_but_not_worked_in(client, pair):
    a_full_pair(pair)
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    answer = page(client, pair.mentee.user, pair)
    assert f"topic {CANARY}" in answer.content.decode()
    assert reverse("home:log", args=[pair.pk]) not in answer.content.decode()
    assert page(client, pair.mentee.user, pair, "pairing:plan").status_code == 403


def planned(pair, **fields):
    known = {"channel": "video", "minutes": "45", "place": "", "version": "1"}
    day = (NOW + timedelta(days=3)).date().isoformat()
    return {**known, "on": day, "at": "16:00", **fields}


def test_a_plan_is_on_the_writers_own_clock(client, pair):
    user = pair.mentor.user
    get_user_model().objects.filter(pk=user.pk).update(zone="Asia/Tokyo")
    client.force_login(user)
    client.post(reverse("pairing:plan", args=[pair.pk]), planned(pair))
    assert Session.objects.get().starts_at.hour == 7


def test_both_clocks_are_shown_when_they_differ(client, pair):
    get_user_model().objects.filter(pk=pair.mentor.user_id).update(zone="Asia/Tokyo")
    client.force_login(pair.mentor.user)
    client.post(reverse("pairing:plan", args=[pair.pk]), planned(pair))
    words = page(client, pair.mentor.user, pair).content.decode()
    assert "16:00" in words
    assert "07:00 for" in words
    assert "(UTC)" in words


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("on", "2020-01-01", "still to come"),
        ("on", "9999-12-31", "within a year"),
        ("on", "soon", "valid date"),
        ("at", "", "required"),
        ("channel", "pigeon", "one of the ways"),
        ("minutes", "12", "one of the lengths"),
        ("place", "x" * 201, "200"),
    ],
)
def test_a_plan_that_cannot_be_is_refused_and_kept(client, pair, field, value, words):
    client.force_login(pair.mentor.user)
    url = reverse("pairing:plan", args=[pair.pk])
    answer = client.post(url, planned(pair, **{"place": "The café", field: value}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert field == "place" or "The café" in answer.content.decode()
    assert not Session.objects.exists()


def test_a_stale_move_shows_both_texts(client, pair):
    a_full_pair(pair)
    session = Session.objects.planned().get()
    client.force_login(pair.mentor.user)
    url = reverse("pairing:move", args=[session.pk])
    client.post(url, planned(pair, minutes="60", place="Their place"))
    answer = client.post(url, planned(pair, minutes="15", place="My place"))
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Their place" in words
    assert "My place" in words
    answer = client.post(url, planned(pair, place="My place", version="2"))
    assert answer.status_code == 302


def test_canceling_and_missing_need_the_pair(client, pair):
    a_full_pair(pair)
    session = Session.objects.planned().get()
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    for name in ("pairing:cancel", "pairing:missed", "pairing:move"):
        answer = client.post(reverse(name, args=[session.pk]), {"version": "1"})
        assert answer.status_code == 403
    assert Session.objects.planned().count() == 1


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_strange_version_cancels_nothing(client, pair, version):
    a_full_pair(pair)
    session = Session.objects.planned().get()
    client.force_login(pair.mentor.user)
    url = reverse("pairing:cancel", args=[session.pk])
    assert client.post(url, {"version": version}).status_code == 302
    assert Session.objects.planned().count() == 1


def test_a_sessions_words_are_for_the_two(client, pair):
    a_full_pair(pair)
    session = Session.objects.held().get()
    url = reverse("pairing:session", args=[session.pk])
    client.force_login(pair.mentor.user)
    assert f"useful {CANARY}" in client.get(url).content.decode()
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    assert client.get(url).status_code == 403


@pytest.fixture
def pilot(pair):
    type(pair).objects.update(state="pilot", pilot_due_on=NOW.date())
    actions.ask_pilot_questions(NOW)
    return pair


def test_a_planned_session_tells_when_where_and_how_to_move_it(client, pair):
    session = actions.plan_session(
        pair,
        by=pair.mentor.user,
        at=NOW,
        starts_at=NOW + timedelta(days=3),
        minutes=30,
        channel="in person",
        place="Room 4",
    )
    client.force_login(pair.mentee.user)
    page = client.get(reverse("pairing:session", args=[session.pk])).content.decode()
    assert "Room 4" in page
    assert reverse("pairing:move", args=[session.pk]) in page
    assert "Nobody has written what was useful yet" not in page


def test_the_pilot_question_says_only_you_before_the_answer(client, pilot):
    words = page(client, pilot.mentor.user, pilot, "pairing:pilot").content.decode()
    assert words.index("Only you") < words.index('type="radio"')


def test_the_pilot_answer_is_kept_and_shown_to_its_author_alone(client, pilot):
    url = reverse("pairing:pilot", args=[pilot.pk])
    client.force_login(pilot.mentor.user)
    assert client.post(url, {"choice": "switch"}).status_code == 302
    assert "checked" in client.get(url).content.decode()
    client.force_login(pilot.mentee.user)
    assert "checked" not in client.get(url).content.decode()


def test_the_partners_pages_do_not_change_with_an_answer(client, pilot):
    pages = [
        reverse("pairing:pair", args=[pilot.pk]),
        reverse("pairing:pilot", args=[pilot.pk]),
        reverse("home:me"),
    ]
    coordinator = RoleFactory(program=pilot.cohort.program).user

    def seen():
        bodies = []
        for user, urls in ((pilot.mentee.user, pages), (coordinator, pages[:1])):
            client.force_login(user)
            for url in urls:
                body = client.get(url).content.decode()
                bodies.append([x for x in body.splitlines() if "csrf" not in x])
        return bodies

    before = seen()
    client.force_login(pilot.mentor.user)
    client.post(pages[1], {"choice": "switch"})
    assert seen() == before


def test_a_wrong_pilot_answer_is_refused(client, pilot):
    client.force_login(pilot.mentor.user)
    url = reverse("pairing:pilot", args=[pilot.pk])
    assert client.post(url, {"choice": "maybe"}).status_code == 422
    assert PilotQuestion.objects.filter(answered_at=None).count() == 2


def test_coordinators_have_no_pilot_page(client, pilot):
    coordinator = RoleFactory(program=pilot.cohort.program).user
    assert page(client, coordinator, pilot, "pairing:pilot").status_code == 403


def test_the_pilot_page_of_a_decided_pair_asks_nothing(client, pair):
    answer = page(client, pair.mentor.user, pair, "pairing:pilot")
    assert "pilot of this pair is over" in answer.content.decode()


def test_no_word_of_a_pair_gets_into_notices_or_the_audit_log(pair, caplog):
    a_full_pair(pair)
    assert Notice.objects.exists()
    for rows in (Notice.objects.all(), AuditEntry.objects.all()):
        assert CANARY not in str(list(rows.values()))
    assert CANARY not in caplog.text


def test_the_words_are_there_for_the_pair_alone(pair):
    a_full_pair(pair)
    with acting_as(pair.mentee.user):
        held = Session.objects.held().with_words().get()
        assert held.words.topics == [f"topic {CANARY}"]
    outside = Session.objects.held().with_words().get()
    assert not hasattr(outside, "words")


def test_a_session_of_a_pair_with_one_and_with_three_is_one_page(client, pair):
    SessionFactory(pair=pair)
    one = page(client, pair.mentor.user, pair)
    SessionFactory.create_batch(2, pair=pair)
    three = page(client, pair.mentor.user, pair)
    assert (one.status_code, three.status_code) == (200, 200)
    assert "3 sessions so far" in three.content.decode()
