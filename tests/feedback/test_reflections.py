"""One minute to look back: asked once, skipped freely, read by its writer alone."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback import actions
from feedback.models import Pulse, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from pairing.models import SessionWords
from tests.factories import PairFactory, RoleFactory, SessionFactory

NOW = timezone.now()
CANARY = "canary-5c2e"
NOTHING = {f"{scale}-skip": "1" for scale in ("confidence", "together", "clarity")}


@pytest.fixture
def session(db):
    session = SessionFactory(held_on=NOW.date() - timedelta(days=2), minutes=50)
    actions.ask_reflections(session, at=NOW)
    return session


@pytest.fixture
def mine(session):
    """The mentor's, of a session that the mentee logged."""
    return Reflection.objects.get(author=session.pair.mentor)


def url(reflection):
    return reverse("feedback:reflect", args=[reflection.pk])


def facts(session, **fields):
    return {
        "held_on": session.held_on.isoformat(),
        "channel": session.channel,
        "minutes": "45",
        **NOTHING,
        **fields,
    }


def test_both_are_asked_once(session):
    actions.ask_reflections(session, at=NOW)
    assert Reflection.objects.asked().count() == 2
    assert not Notice.objects.exists()


def test_saving_agrees_with_the_partners_log_to_the_minute(client, session, mine):
    client.force_login(mine.author.user)
    form = facts(session, useful="That we laughed", thought=f"thought {CANARY}")
    assert client.post(url(mine), form).status_code == 302
    session.refresh_from_db()
    assert session.confirmed_by == mine.author
    assert session.minutes == 50
    mine.refresh_from_db()
    assert mine.state == "written"
    with acting_as(session.pair.mentee.user):
        assert SessionWords.objects.get().useful_to_mentor == "That we laughed"
        assert not ReflectionWords.objects.exists()
    with acting_as(mine.author.user):
        assert ReflectionWords.objects.get().thought == f"thought {CANARY}"


def test_the_partner_corrects_the_facts_on_the_way(client, session, mine):
    client.force_login(mine.author.user)
    day = session.held_on - timedelta(days=1)
    form = facts(session, held_on=day.isoformat(), minutes="90", channel="phone")
    client.post(url(mine), form)
    session.refresh_from_db()
    assert (session.held_on, session.minutes, session.channel) == (day, 90, "phone")


def test_saving_nothing_agrees_and_counts_as_skipped(client, session, mine):
    client.force_login(mine.author.user)
    client.post(url(mine), facts(session))
    mine.refresh_from_db()
    session.refresh_from_db()
    assert (mine.state, session.confirmed_by) == ("skipped", mine.author)


def test_skipping_is_an_answer_and_changes_nothing_else(client, session, mine):
    client.force_login(mine.author.user)
    client.post(url(mine), {"skip": "1", "useful": "typed and left"})
    mine.refresh_from_db()
    session.refresh_from_db()
    assert (mine.state, session.confirmed_by) == ("skipped", None)


def test_the_writer_of_a_log_is_not_asked_to_confirm_it(client, session):
    own = Reflection.objects.get(author=session.pair.mentee)
    client.force_login(own.author.user)
    assert 'name="held_on"' not in client.get(url(own)).content.decode()
    client.post(url(own), {**NOTHING, "thought": "Mine"})
    session.refresh_from_db()
    assert session.confirmed_at is None


def test_what_was_written_comes_back_and_can_change(client, session, mine):
    client.force_login(mine.author.user)
    client.post(url(mine), facts(session, thought="First"))
    body = client.get(url(mine)).content.decode()
    assert "First" in body
    client.post(url(mine), {**NOTHING, "thought": "Second"})
    with acting_as(mine.author.user):
        assert ReflectionWords.objects.get().thought == "Second"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("held_on", (NOW.date() + timedelta(days=2)).isoformat()),
        ("channel", "owl"),
        ("minutes", "12"),
        ("useful", "x" * 4001),
        ("thought", "x" * 4001),
        ("confidence", "6"),
        ("clarity", "0"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost(client, session, mine, field, value):
    client.force_login(mine.author.user)
    form = facts(session, **{"thought": "Kept text", field: value})
    form.pop(f"{field}-skip", None)
    answer = client.post(url(mine), form)
    assert answer.status_code == 422
    assert field == "thought" or "Kept text" in answer.content.decode()
    assert not Reflection.objects.written().exists()


def test_the_last_answer_is_shown_in_words(client, session, mine):
    earlier = SessionFactory(pair=session.pair, held_on=NOW.date() - timedelta(days=9))
    actions.ask_reflections(earlier, at=NOW)
    before = Reflection.objects.get(session=earlier, author=mine.author)
    user = mine.author.user
    actions.write_reflection(before, by=user, at=NOW, pulse={"confidence": 4})
    client.force_login(user)
    assert "Last time: Steady" in client.get(url(mine)).content.decode()


def test_nobody_but_the_author_reads_a_reflection(client, session, mine, caplog):
    user = mine.author.user
    pulse = {"confidence": 2}
    thought = f"thought {CANARY}"
    actions.write_reflection(mine, by=user, at=NOW, thought=thought, pulse=pulse)
    partner = session.pair.mentee.user
    coordinator = RoleFactory(program=session.pair.cohort.program).user
    with connection.cursor() as cursor:
        for table in ("feedback_reflectionwords", "feedback_pulse"):
            cursor.execute(f"select count(*) from {table}")
            assert cursor.fetchone() == (0,)
    for reader in (partner, coordinator, PairFactory().mentor.user):
        with acting_as(reader):
            assert not ReflectionWords.objects.exists()
            assert not Pulse.objects.exists()
        client.force_login(reader)
        assert client.get(url(mine)).status_code == 404
    for rows in (Notice.objects.all(), AuditEntry.objects.all()):
        assert CANARY not in str(list(rows.values()))
    assert CANARY not in caplog.text


def test_nobody_reflects_for_somebody_else(session, mine):
    with pytest.raises(actions.NotYourReflection):
        actions.skip_reflection(mine, by=session.pair.mentee.user, at=NOW)


def test_skipping_later_keeps_what_was_written(session, mine):
    user = mine.author.user
    actions.write_reflection(mine, by=user, at=NOW, thought="Kept")
    assert actions.skip_reflection(mine, by=user, at=NOW).state == "written"


def test_the_page_takes_nine_queries(client, session, mine):
    client.force_login(mine.author.user)
    with assertNumQueries(9):
        client.get(url(mine))
