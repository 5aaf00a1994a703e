"""Either asks the other; the other writes, or says not this time."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback import actions
from feedback.models import FeedbackRequest, FeedbackWords
from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing.actions import end_pairs
from tests.factories import CharterFactory, PairFactory, RoleFactory
from tests.races import at_once

NOW = timezone.now()
CANARY = "canary-91c0"


@pytest.fixture
def pair(db):
    return PairFactory()


@pytest.fixture
def asked(pair):
    """The mentee asks, so that the mentor gives."""
    return actions.ask_feedback(pair, by=pair.mentee.user, at=NOW)


def give(asked, **words):
    words = words or {"strength": CANARY}
    return actions.give_feedback(asked, by=asked.giver.user, at=NOW, **words)


def url(asked):
    return reverse("feedback:give", args=[asked.pk])


def page_of(pair):
    return reverse("feedback:each_other", args=[pair.pk])


def test_asking_twice_is_asking_once(pair, asked):
    again = actions.ask_feedback(pair, by=pair.mentee.user, at=NOW)
    assert again == asked
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_the_same_moment_are_one():
    pair = PairFactory()

    def ask():
        return actions.ask_feedback(pair, by=pair.mentee.user, at=NOW).pk

    first, second = at_once(ask, ask)
    assert first == second == FeedbackRequest.objects.get().pk
    assert Notice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_answers_at_the_same_moment_are_one():
    pair = PairFactory()
    asked = actions.ask_feedback(pair, by=pair.mentee.user, at=NOW)
    results = at_once(
        lambda: give(asked),
        lambda: actions.decline_feedback(asked, by=pair.mentor.user, at=NOW),
    )
    lost = [one for one in results if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [actions.FeedbackIsGiven]
    given = FeedbackRequest.objects.get().state == "given"
    with acting_as(pair.mentor.user):
        assert FeedbackWords.objects.exists() == given


def test_each_may_ask_the_other_at_once(pair, asked):
    other = actions.ask_feedback(pair, by=pair.mentor.user, at=NOW)
    assert other.giver == pair.mentee
    assert pair.feedback_requests.asked().count() == 2


def test_both_read_what_was_given_and_nobody_else(client, pair, asked):
    give(asked)
    for reader in (pair.mentor.user, pair.mentee.user):
        client.force_login(reader)
        assert CANARY in client.get(page_of(pair)).content.decode()
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    assert client.get(page_of(pair)).status_code == 403
    client.force_login(PairFactory().mentor.user)
    assert client.get(page_of(pair)).status_code == 404


def test_no_mail_carries_a_word_of_it(pair, asked):
    give(asked)
    letters = [compose(notice) for notice in Notice.objects.order_by("created_at")]
    assert len(letters) == 2
    assert not [one for one in letters if CANARY in str(one.message())]
    assert not mail.outbox


def test_its_mails_keep_to_the_charter_s_weekly_cap(pair):
    CharterFactory(program=pair.cohort.program, reminders_a_week=1)
    give(actions.ask_feedback(pair, by=pair.mentee.user, at=NOW))
    caps = [notice.context["reminders_a_week"] for notice in Notice.objects.all()]
    assert caps == [1, 1]


def test_not_this_time_is_said_without_a_mail(client, pair, asked):
    Notice.objects.update(state="sent", sent_at=NOW)
    client.force_login(pair.mentor.user)
    client.post(url(asked), {"skip": "1"})
    asked.refresh_from_db()
    assert asked.state == "skipped"
    assert Notice.objects.count() == 1
    client.force_login(pair.mentee.user)
    assert "not this time" in client.get(page_of(pair)).content.decode()


def test_the_form_says_who_reads_it_and_how_to_give_before_the_first_word(
    client, pair, asked
):
    client.force_login(pair.mentor.user)
    page = client.get(url(asked)).content.decode()
    field = page.index('name="strength"')
    assert page.index(f"You and {pair.mentee.short_name}") < field
    assert page.index("Humble") < field


def test_one_of_the_three_is_enough_and_none_is_told_so(client, pair, asked):
    client.force_login(pair.mentor.user)
    refused = client.post(url(asked), {"strength": " "})
    assert refused.status_code == 422
    assert "Write at least one of the three" in refused.content.decode()
    assert client.post(url(asked), {"next_step": "Try it"}).status_code == 302
    with acting_as(pair.mentee.user):
        assert FeedbackWords.objects.get().next_step == "Try it"


def test_what_was_answered_is_not_written_twice(client, pair, asked):
    give(asked)
    client.force_login(pair.mentor.user)
    assert client.post(url(asked), {"strength": "again"}).url == page_of(pair)
    with pytest.raises(actions.FeedbackIsGiven):
        give(asked)


def test_the_asker_cannot_answer_for_the_giver(client, pair, asked):
    client.force_login(pair.mentee.user)
    assert client.post(url(asked), {"strength": "me"}).status_code == 403
    with pytest.raises(actions.NotYourFeedback):
        actions.give_feedback(asked, by=pair.mentee.user, at=NOW, strength="me")


def test_the_end_of_a_pair_takes_back_what_nobody_answered(client, pair, asked):
    end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    assert not FeedbackRequest.objects.exists()
    assert not Notice.objects.unsent().filter(about_id=asked.pk).exists()
    with pytest.raises(actions.PairHasEnded):
        actions.ask_feedback(pair, by=pair.mentee.user, at=NOW)
    client.force_login(pair.mentee.user)
    assert client.post(page_of(pair)).status_code == 403


def test_the_pair_page_and_home_lead_to_what_waits(client, pair, asked):
    client.force_login(pair.mentor.user)
    for name, parts in (("pairing:pair", [pair.pk]), ("home:me", [])):
        assert url(asked) in client.get(reverse(name, args=parts)).content.decode()


def test_three_rounds_take_as_many_queries_as_one(client, pair, asked):
    give(asked)
    client.force_login(pair.mentee.user)
    client.get(page_of(pair))
    with assertNumQueries(9):
        client.get(page_of(pair))
    for _ in range(2):
        give(actions.ask_feedback(pair, by=pair.mentee.user, at=NOW))
    with assertNumQueries(9):
        client.get(page_of(pair))
