"""Questions to oneself about a session, and what becomes of the answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.actions import add_to_reflection, ask_reflections, write_reflection
from feedback.models import Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from milestones.models import ActionItem, ActionWords
from pairing.models import Pair
from tests.factories import ItemTextFactory, SessionFactory
from tests.races import at_once

NOW = timezone.now()
CANARY = "canary-77ab"
FIRST, SECOND = "What stayed with you?", "What do you see differently now?"


@pytest.fixture
def session(db):
    return SessionFactory(held_on=NOW.date() - timedelta(days=2))


@pytest.fixture
def mentee(session):
    return session.pair.mentee.user


def url(session, sheet="looking-back"):
    return reverse("home:guided", args=[session.pk, sheet])


def in_days(n):
    return (timezone.localdate() + timedelta(days=n)).isoformat()


def answers_of(user):
    with acting_as(user):
        return {words.pk: words.answers for words in ReflectionWords.objects.all()}


def promises_of(user):
    with acting_as(user):
        found = ActionWords.objects.select_related("item__owner")
        return [(w.text, w.item.due_on, w.item.owner.user_id) for w in found]


def test_answers_are_kept_for_the_writer_alone(client, session, mentee):
    client.force_login(mentee)
    response = client.post(url(session), {"answer_0": f"A word {CANARY}"})
    assert response.url == reverse("pairing:session", args=[session.pk])
    (answers,) = answers_of(mentee).values()
    assert answers == {FIRST: f"A word {CANARY}"}
    assert answers_of(session.pair.mentor.user) == {}
    assert not promises_of(mentee)
    assert CANARY in client.get(response.url).text
    client.force_login(session.pair.mentor.user)
    assert CANARY not in client.get(response.url).text


def test_who_reads_what_is_said_before_the_first_word(client, session, mentee):
    client.force_login(mentee)
    page = client.get(url(session)).text
    partner = session.pair.mentor.short_name
    assert page.index("Only you") < page.index('name="answer_0"')
    shared = page.index(f"You and {partner}")
    assert page.index('name="answer_3"') < shared < page.index('name="promise_0"')


def test_an_answer_becomes_a_promise_with_a_day_that_both_read(client, session, mentee):
    client.force_login(mentee)
    form = {"answer_2": "Speak first", "promise_2": "Speak first on Tuesday"}
    client.post(url(session), {**form, "due_2": in_days(5)})
    due_on = timezone.localdate() + timedelta(days=5)
    promised = [("Speak first on Tuesday", due_on, mentee.pk)]
    assert promises_of(mentee) == promised
    assert promises_of(session.pair.mentor.user) == promised
    assert ActionItem.objects.get().session == session
    page = client.get(reverse("pairing:pair", args=[session.pair_id])).text
    assert "Speak first on Tuesday" in page
    assert "What has become of your open promises?" in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Answer one of the questions"),
        ({"promise_0": "Ask Ada", "answer_0": "x"}, "Give it a day"),
        ({"due_0": in_days(3), "answer_0": "x"}, "Say what you will do"),
        (
            {"promise_0": "Ask Ada", "due_0": in_days(0), "answer_0": "x"},
            "still to come",
        ),
        ({"answer_0": "x" * 2001}, "2000"),
        ({"answer_0": "\x00"}, "Null characters"),
        ({"promise_0": "y", "due_0": "the day after", "answer_0": "x"}, "valid date"),
    ],
)
def test_a_form_with_a_mistake_keeps_nothing_and_all_that_was_typed(
    client, session, mentee, sent, said
):
    client.force_login(mentee)
    response = client.post(
        url(session), sent | {"answer_1": f"kept {CANARY}"} if sent else {}
    )
    assert response.status_code == 422
    assert said in response.text
    assert not sent or CANARY in response.text
    assert answers_of(mentee) == {}
    assert not ActionItem.objects.exists()


def test_a_sheet_sent_twice_makes_one_promise(client, session, mentee):
    client.force_login(mentee)
    form = {"answer_0": "a", "promise_0": "Ask Ada", "due_0": in_days(4)}
    client.post(url(session), form)
    client.post(url(session), form)
    assert len(promises_of(mentee)) == 1


def test_another_sheet_adds_to_the_answers_and_an_empty_one_takes_away(
    client, session, mentee
):
    client.force_login(mentee)
    client.post(url(session), {"answer_0": "a", "answer_1": "b"})
    client.post(url(session, "after-trying"), {"answer_0": "c"})
    client.post(url(session), {"answer_0": "", "answer_1": "b, again"})
    (answers,) = answers_of(mentee).values()
    assert answers == {
        SECOND: "b, again",
        "What did you do, and what happened?": "c",
    }
    assert "b, again" in client.get(url(session)).text


def test_a_thought_and_answers_live_side_by_side(client, session, mentee):
    ask_reflections(session, at=NOW)
    mine = Reflection.objects.of(mentee).get()
    write_reflection(mine, by=mentee, at=NOW, thought="A thought")
    client.force_login(mentee)
    client.post(url(session), {"answer_0": "a"})
    add_to_reflection(mine, by=mentee, at=NOW, thought="Another")
    with acting_as(mentee):
        words = ReflectionWords.objects.get()
        assert words.thought == "A thought\n\nAnother"
        assert words.answers == {FIRST: "a"}
    write_reflection(mine, by=mentee, at=NOW, thought="")
    with acting_as(mentee):
        words = ReflectionWords.objects.get()
        assert (words.thought, words.answers) == ("", {FIRST: "a"})


def test_no_words_reach_a_notice_or_the_audit_log(client, session, mentee):
    client.force_login(mentee)
    form = {"answer_0": CANARY, "promise_0": CANARY, "due_0": in_days(2)}
    client.post(url(session), form)
    logged = str(list(AuditEntry.objects.values())) + str(list(Notice.objects.values()))
    assert CANARY not in logged


def test_sheets_are_for_a_side_and_for_held_sessions(client, session, mentee):
    client.force_login(mentee)
    assert client.get(url(session, "mentors-mirror")).status_code == 404
    assert client.get(url(session, "first-meeting")).status_code == 404
    program = session.pair.cohort.program
    ItemTextFactory(
        version__item__program=program,
        version__item__slug="empty",
        version__kind="reflection sheet",
    )
    assert client.get(url(session, "empty")).status_code == 404
    client.force_login(session.pair.mentor.user)
    assert client.get(url(session, "mentors-mirror")).status_code == 200
    session.state = "missed"
    session.save()
    assert client.get(url(session, "mentors-mirror")).status_code == 404


def test_after_the_pair_has_ended_one_may_look_back_but_promise_nothing(
    client, session, mentee
):
    Pair.objects.update(
        state="ended", ended_at=NOW, ended_by=mentee, ending="completed"
    )
    client.force_login(mentee)
    assert "promise_0" not in client.get(url(session)).text
    form = {"answer_0": "a", "promise_0": "Ask Ada", "due_0": in_days(4)}
    assert client.post(url(session), form).status_code == 302
    assert len(answers_of(mentee)) == 1
    assert not ActionItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_sheets_sent_at_once_are_both_kept():
    from mentorship.home.actions import reflect_with_questions

    session = SessionFactory()
    mentee = session.pair.mentee.user

    def answer(question):
        return lambda: reflect_with_questions(
            session, by=mentee, at=NOW, answers={question: "yes"}
        )

    assert at_once(answer("One?"), answer("Two?")) == [None, None]
    (answers,) = answers_of(mentee).values()
    assert answers == {"One?": "yes", "Two?": "yes"}
