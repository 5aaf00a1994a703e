"""Growth is asked at five moments, once each, and shown to the person alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from feedback import actions
from feedback.growing.asked import themes_of
from feedback.growing.items import AGREE, CONFIDENCE, GROWTH, Item, Theme
from feedback.growing.shifts import shifts
from feedback.models import Answer, Asking, Moment
from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Kind, Notice
from pairing.actions import end_pairs
from pairing.models import Pair
from tests.factories import (
    CharterFactory,
    CohortFactory,
    CoreOutcomeFactory,
    PairFactory,
    ReflectionFactory,
    RoleFactory,
    SessionFactory,
)

NOW = timezone.now()
TODAY = NOW.date()


def ago(**span):
    return TODAY - timedelta(**span)


@pytest.fixture
def pair(db):
    return PairFactory(started_on=ago(days=3), state="pilot")


def ask(pair, moment, at=NOW):
    return Asking.objects.create(participant=pair.mentee, moment=moment, asked_at=at)


def answer(asking, at=NOW, **values):
    values = {key.replace("_", "-"): value for key, value in values.items()}
    by = asking.participant.user
    return actions.answer_asking(asking, by=by, values=values, at=at)


def kept(asking):
    with acting_as(asking.participant.user):
        return dict(Answer.objects.filter(asking=asking).values_list("item", "value"))


def moments(place):
    return list(place.askings.values_list("moment", flat=True))


# ----------------------------------------------------------------------- asking
def test_both_are_asked_at_the_start_once_however_often_the_night_runs(pair):
    assert actions.ask_growth(NOW) == 2
    assert actions.ask_growth(NOW + timedelta(hours=1)) == 0
    assert moments(pair.mentor) == moments(pair.mentee) == ["start"]
    assert Notice.objects.filter(kind=Kind.REFLECTION).count() == 2


def test_a_pair_that_began_long_ago_is_not_asked_how_it_started(db):
    PairFactory(started_on=ago(days=22), state="pilot")
    assert actions.ask_growth(NOW) == 0


def test_a_mentor_of_two_is_asked_once(pair):
    PairFactory(cohort=pair.cohort, mentor=pair.mentor, started_on=ago(days=1))
    assert actions.ask_growth(NOW) == 3


@pytest.mark.parametrize(("behind", "ahead", "asked"), [(59, 61, 0), (60, 60, 2)])
def test_the_middle_is_the_day_of_the_midpoint_review(db, behind, ahead, asked):
    now = datetime(2026, 6, 15, 12, tzinfo=UTC)
    end = now.date() + timedelta(days=ahead)
    cohort = CohortFactory(closing_on=end - timedelta(days=20), alumni_on=end)
    PairFactory(cohort=cohort, started_on=now.date() - timedelta(days=behind))
    assert actions.ask_growth(now) == asked
    assert Asking.objects.filter(moment=Moment.MIDDLE).count() == asked
    assert actions.open_midpoints(now) == asked / 2


def test_the_end_is_asked_while_a_pair_closes_and_after_it_has_completed(db):
    closing = PairFactory(state="closing", started_on=ago(days=150))
    done = PairFactory(started_on=ago(days=150))
    end(done, Pair.Ending.COMPLETED, NOW - timedelta(days=2))
    actions.ask_growth(NOW)
    assert moments(closing.mentee) == moments(done.mentor) == ["end"]


def end(pair, ending, at):
    end_pairs([pair], ending=ending, by=pair.mentor.user, at=at)


def test_nobody_is_asked_about_the_end_of_a_pair_that_broke_off(db):
    pair = PairFactory(started_on=ago(days=100))
    end(pair, Pair.Ending.LEFT, NOW - timedelta(days=2))
    assert actions.ask_growth(NOW) == 0


def test_three_months_after_the_end_there_are_three_short_questions(db):
    pair = PairFactory(started_on=ago(days=250))
    end(pair, Pair.Ending.COMPLETED, NOW - timedelta(days=92))
    assert actions.ask_growth(NOW) == 2
    (asking,) = pair.mentee.askings.all()
    assert asking.moment == Moment.LATER
    assert sum(len(theme.items) for theme in themes_of(asking)) == 3


def test_nobody_is_asked_on_a_break_or_after_leaving_the_site(pair):
    pair.mentor.pauses.create(starts_on=ago(days=1))
    pair.mentee.user.is_active = False
    pair.mentee.user.save()
    assert actions.ask_growth(NOW) == 0


def test_a_new_pair_after_a_switch_begins_anew(pair):
    actions.ask_growth(NOW)
    end(pair, Pair.Ending.SWITCHED, NOW)
    assert not Asking.objects.exists()
    assert not Notice.objects.unsent().filter(kind=Kind.REFLECTION).exists()


def test_the_mail_is_asked_for_once_and_says_so(pair):
    actions.ask_growth(NOW)
    mail = compose(Notice.objects.get(recipient=pair.mentee.user))
    assert "Skipping is an answer" in mail.body
    assert reverse("feedback:asking", args=[pair.mentee.askings.get().pk]) in mail.body


def test_asking_takes_as_many_queries_for_three_pairs_as_for_one(db):
    for pairs in (1, 2):
        PairFactory.create_batch(pairs, started_on=ago(days=2), state="pilot")
        with connection.execute_wrapper(count := Counting()):
            assert actions.ask_growth(NOW + timedelta(minutes=pairs)) == 2 * pairs
        if pairs == 1:
            first = count.n
    assert count.n == first


class Counting:
    """How many statements were sent."""

    n = 0

    def __call__(self, execute, *args):
        self.n += 1
        return execute(*args)


# -------------------------------------------------------------------- answering
def test_a_start_has_ten_sentences_and_the_charters_own_ways_of_acting(pair):
    charter = CharterFactory(program=pair.cohort.program)
    CoreOutcomeFactory(charter=charter, statement="Speaks up in reviews")
    CoreOutcomeFactory(charter=charter, side="mentor", statement="Asks first")
    CoreOutcomeFactory(charter=charter, kind="deliverable", statement="A plan")
    themes = themes_of(ask(pair, Moment.START))
    own, core = themes[:4], themes[4]
    assert sum(len(theme.items) for theme in own) == 10
    assert [item.text for item in core.items] == ["Speaks up in reviews"]


def test_half_way_each_side_has_its_own_mirror(pair):
    mentees = {theme.key for theme in themes_of(ask(pair, Moment.MIDDLE))}
    mentors = Asking.objects.create(participant=pair.mentor, moment=Moment.MIDDLE)
    found = {theme.key: theme for theme in themes_of(mentors)}
    assert {"relationship", "fit"} <= mentees
    assert "mirror" not in mentees
    assert "relationship" not in found
    assert len(found["mirror"].items) == 5


def test_answers_are_kept_changed_and_taken_back(pair):
    asking = ask(pair, Moment.START)
    answer(asking, sure_new=2, sure_speak=3)
    changed = answer(asking, NOW + timedelta(days=3), sure_new=4, sure_speak=None)
    assert kept(asking) == {"sure-new": 4}
    assert changed.answered_at == NOW


def test_answering_nothing_is_a_skip(pair):
    assert answer(ask(pair, Moment.START), sure_new=None).state == "skipped"


def test_answers_stand_after_two_weeks(pair):
    asking = ask(pair, Moment.START)
    answer(asking, sure_new=2)
    with pytest.raises(actions.AskingIsClosed):
        answer(asking, NOW + timedelta(days=14), sure_new=5)
    assert kept(asking) == {"sure-new": 2}


def test_nobody_answers_for_somebody_else(pair):
    asking, other = ask(pair, Moment.START), pair.mentor.user
    with pytest.raises(actions.NotYourAsking):
        actions.answer_asking(asking, by=other, values={"sure-new": 1}, at=NOW)
    with acting_as(other):
        assert not Answer.objects.exists()


def test_looking_back_comes_right_after_the_end_and_only_then(client, pair):
    asking = ask(pair, Moment.END)
    client.force_login(pair.mentee.user)
    response = client.post(url(asking), {"sure-new": "4"})
    back = pair.mentee.askings.get(moment=Moment.LOOKING_BACK)
    assert response.url == url(back)
    assert "Think of the weeks before you two met" in page(client, url(back))


def test_whoever_skips_the_end_is_not_asked_to_look_back(client, pair):
    client.force_login(pair.mentee.user)
    client.post(url(ask(pair, Moment.END)), {"skip": "1"})
    assert moments(pair.mentee) == ["end"]
    assert actions.ask_growth(NOW) == 2  # the start of a pair of three days


def url(asking):
    return reverse("feedback:asking", args=[asking.pk])


def page(client, address):
    return client.get(address).content.decode()


def test_the_page_says_only_you_before_the_first_question(client, pair):
    client.force_login(pair.mentee.user)
    words = page(client, url(ask(pair, Moment.START)))
    assert words.index("Only you") < words.index(str(CONFIDENCE.items[0].text))


def test_a_wrong_value_is_said_beside_its_sentence_and_the_rest_is_kept(client, pair):
    asking = ask(pair, Moment.START)
    client.force_login(pair.mentee.user)
    response = client.post(url(asking), {"sure-new": "9", "sure-speak": "3"})
    words = response.content.decode()
    assert response.status_code == 422
    assert "Choose one of these answers, or leave it out." in words
    assert 'name="sure-speak" value="3"' in words.replace("  ", " ")
    assert kept(asking) == {}


def test_after_its_time_the_answers_can_be_read_and_not_changed(client, pair):
    asking = ask(pair, Moment.START, NOW - timedelta(days=30))
    answer(asking, NOW - timedelta(days=20), sure_new=2)
    client.force_login(pair.mentee.user)
    assert "A little" in page(client, url(asking))
    assert client.post(url(asking), {"sure-new": "5"}).status_code == 302
    assert kept(asking) == {"sure-new": 2}


# ------------------------------------------------------------------- what shifted
THEME = Theme("t", "Courage", [Item("a", "A"), Item("b", "B"), Item("c", "C")])


def test_a_shift_counts_only_what_was_answered_both_times():
    (shift,) = shifts([THEME], {"a": 2, "b": 1}, {"a": 4, "c": 5})
    assert (shift.before, shift.now) == (2, 4)
    assert shift.in_words(shift.now) == AGREE[3]


def test_half_way_between_two_words_is_the_higher_one():
    (shift,) = shifts([THEME], {"a": 2, "b": 3}, {"a": 3, "b": 3})
    assert shift.in_words(shift.before) == AGREE[2]


def test_a_theme_without_two_answers_to_one_sentence_is_left_out():
    assert shifts(GROWTH, {"sure-new": 3}, {"sure-speak": 3}) == []


def grown(pair):
    """Somebody who answered at the start, at the end and looking back."""
    for moment, values in (
        (Moment.START, {"sure_new": 4, "with_ask": 2}),
        (Moment.END, {"sure_new": 4, "with_ask": 4}),
        (Moment.LOOKING_BACK, {"sure_new": 2}),
    ):
        asking, _new = Asking.objects.get_or_create(
            participant=pair.mentee, moment=moment
        )
        answer(asking, **values)


def growth_url(place):
    return reverse("feedback:growth", args=[place.pk])


def test_the_page_shows_both_ways_of_looking_in_words(client, pair):
    grown(pair)
    client.force_login(pair.mentee.user)
    words = " ".join(page(client, growth_url(pair.mentee)).split())
    assert words.index("Only you") < words.index("From the start to now")
    assert "At the start and now: Mostly" in words
    assert "At the start: A little. Now: Mostly" in words
    assert "Looking back: A little. Now: Mostly" in words


def test_nobody_but_the_person_has_the_page(client, pair):
    grown(pair)
    coordinator = RoleFactory(program=pair.cohort.program).user
    for other in (pair.mentor.user, coordinator):
        client.force_login(other)
        assert client.get(growth_url(pair.mentee)).status_code == 404


@pytest.mark.parametrize(("value", "told"), [(2, True), (3, False)])
def test_little_time_or_fit_is_met_with_a_word_to_the_writer_alone(
    client, pair, value, told
):
    answer(ask(pair, Moment.MIDDLE), fit_time=value)
    for person, hears in ((pair.mentee, told), (pair.mentor, False)):
        client.force_login(person.user)
        words = page(client, growth_url(person))
        assert ("time or fit is not quite right" in words) == hears
    assert not Notice.objects.exists()


def test_pulses_are_drawn_from_the_second_session_on(client, pair):
    client.force_login(pair.mentee.user)
    for days, value in ((20, 2), (10, 4)):
        session = SessionFactory(pair=pair, held_on=ago(days=days))
        reflection = ReflectionFactory(session=session)
        pulse = {"confidence": value, "together": None, "clarity": None}
        actions.write_reflection(reflection, by=pair.mentee.user, at=NOW, pulse=pulse)
        words = page(client, growth_url(pair.mentee))
        assert ("After your sessions" in words) == (days == 10)
    assert "First: Unsure. Last: Steady" in words


def test_three_moments_take_as_many_queries_as_one(client, pair):
    client.force_login(pair.mentee.user)
    answer(ask(pair, Moment.START), sure_new=2)
    client.get(growth_url(pair.mentee))
    with connection.execute_wrapper(one := Counting()):
        client.get(growth_url(pair.mentee))
    grown(pair)
    with assertNumQueries(one.n):
        client.get(growth_url(pair.mentee))
