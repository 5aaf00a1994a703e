"""How far people had a say: told from eight answers on, and no answer leaves."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.urls import reverse

from mentorship.accounts.acting import acting_as
from mentorship.insights import actions
from mentorship.insights.metrics import of_period
from mentorship.insights.models import Period, PublicationRule, PublishedFigure
from mentorship.ops import trust
from pairing.models import SayAnswer, SayQuestion
from tests import factories as make
from tests.insights.scene import AFTER, BEFORE, END, a_spring, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
ASKED = BEFORE + timedelta(days=2)


def answer(place, value, at=ASKED):
    question = SayQuestion.objects.create(
        participant=place, asked_at=BEFORE, answered_at=at
    )
    if value:
        with acting_as(place.user):
            SayAnswer.objects.create(question=question, author=place.user, value=value)


def a_scene(pairs=12, values=(), at=ASKED):
    """A spring in which the mentees of the first pairs answer."""
    scene = a_spring(pairs)
    actions.open_periods(BEFORE)
    for pair, value in zip(scene.pairs, values, strict=False):
        answer(pair.mentee, value, at)
    return scene


def told():
    return PublishedFigure.objects.using("steer").filter(metric="had_a_say")


def ranges(figure):
    return (figure.low, figure.high, figure.size_low, figure.size_high)


def test_eight_answers_are_told_as_a_mean_with_how_many_answered():
    a_scene(values=[3, 3, 3, 4, 2, 3, 4, 3])
    settle_all(AFTER)
    assert ranges(told().get()) == (3.1, 3.1, 8, 10)


def test_seven_answers_tell_nothing_and_a_skipped_question_is_none():
    a_scene(values=[3] * 7 + [None])
    settle_all(AFTER)
    assert ranges(told().get()) == (None, None, None, None)


def test_fifteen_people_of_seven_pairs_are_seven():
    scene = a_scene(7, values=[3] * 7)
    for pair in scene.pairs:
        answer(pair.mentor, 4)
    settle_all(AFTER)
    assert told().get().low is None


@pytest.mark.parametrize(("value", "low", "high"), [(5, 4, 5), (1, 1, 2)])
def test_where_all_say_the_same_at_an_end_the_mean_has_room(value, low, high):
    a_scene(values=[value] * 8)
    settle_all(AFTER)
    assert ranges(told().get())[:2] == (low, high)


def test_a_mentor_of_two_pairs_answers_once():
    scene = a_scene(0)
    cohort = scene.cohort
    mentor = make.MentorFactory(cohort=cohort)
    started = BEFORE.date() - timedelta(days=7)
    pairs = [
        make.PairFactory(cohort=cohort, mentor=mentor, started_on=started),
        *make.PairFactory.create_batch(8, cohort=cohort, started_on=started),
    ]
    make.PairFactory(cohort=cohort, mentor=mentor, started_on=started)
    actions.open_periods(BEFORE)
    answer(mentor, 5)
    for pair in pairs[1:]:
        answer(pair.mentee, 3)
    settle_all(AFTER)
    assert ranges(told().get())[:2] == (3.2, 3.2)


def test_an_answer_after_the_last_day_does_not_count():
    scene = a_spring(8)
    last = datetime.combine(END, datetime.max.time(), scene.program.tz)
    actions.open_periods(BEFORE)
    for pair in scene.pairs:
        late = last + timedelta(seconds=1) if pair == scene.pairs[0] else last
        answer(pair.mentee, 3, at=late)
    settle_all(AFTER)
    assert told().get().low is None


def test_each_answer_counts_in_one_period_only():
    """Two means over nearly the same people would tell who has left between them."""
    scene = a_scene(12, values=[3] * 12)
    settle_all(AFTER)
    joiners = make.PairFactory.create_batch(
        8, cohort=scene.cohort, started_on=AFTER.date() - timedelta(days=1)
    )
    Period.objects.open().delete()
    actions.open_periods(AFTER)
    for pair in joiners:
        answer(pair.mentee, 4, at=AFTER + timedelta(days=1))
    settle_all(AFTER + timedelta(days=95))
    figures = told().order_by("period__starts_on")
    assert [ranges(figure)[2:] for figure in figures] == [(11, 13), (8, 10)]
    assert figures[1].low == 4.0


def test_a_raised_minimum_holds_for_answers_too():
    scene = a_spring(12)
    PublicationRule.objects.create(
        program=scene.program, number=2, minimum=10, by=make.UserFactory()
    )
    actions.open_periods(BEFORE)
    for pair in scene.pairs[:9]:
        answer(pair.mentee, 3)
    assert settle_all(AFTER) == 1
    assert Period.objects.filter(state="published").exists()
    assert told().get().low is None


def says(period, alias="publisher"):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute("select * from says_of_period(%s)", [period.pk])
        return cursor.fetchall()


def test_an_open_or_published_period_tells_nothing():
    a_scene(values=[3] * 8)
    period = Period.objects.get()
    assert says(period) == []
    settle_all(AFTER)
    assert says(period) == []


@pytest.mark.parametrize("alias", ["default", "steer"])
def test_nobody_but_the_publisher_may_count(alias):
    a_scene(values=[3] * 8)
    with pytest.raises(DatabaseError, match=r"permission denied|does not exist"):
        says(Period.objects.get(), alias)


def test_the_publisher_reads_no_answer():
    a_scene(values=[3] * 8)
    assert not trust.can_read("publisher", "public.pairing_sayanswer")
    with connections["default"].cursor() as cursor:
        cursor.execute("select set_config('app.counting_says', 'on', false)")
        cursor.execute("select count(*) from pairing_sayanswer")
        assert cursor.fetchone() == (0,)
        cursor.execute("select set_config('app.counting_says', '', false)")


def test_a_slip_in_the_figure_withholds_the_period(monkeypatch):
    a_scene(values=[5] * 8)
    told_mean = of_period.told_mean

    def slip(mean, size, scale):
        return (mean, mean) if scale == (1, 5) else told_mean(mean, size, scale)

    monkeypatch.setattr(of_period, "told_mean", slip)
    settle_all(AFTER)
    assert Period.objects.get(state="withheld")


def test_the_report_says_it_in_words(client):
    scene = a_scene(values=[3, 3, 3, 4, 2, 3, 4, 3])
    settle_all(AFTER)
    client.force_login(make.RoleFactory(program=scene.program, kind="steering").user)
    page = client.get(reverse("insights:report", args=[scene.program.pk]))
    words = " ".join(page.content.decode().split())
    assert "Had a say in who they were paired with" in words
    assert "3.1 of 5" in words
    assert "8 to 10 people answered" in words
