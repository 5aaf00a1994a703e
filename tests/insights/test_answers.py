"""What people answer for themselves alone: told as averages of eight on, each answer in
one period, and none of them leaves otherwise."""

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from feedback.growing import items
from mentorship.insights import actions
from mentorship.insights.metrics import of_period
from mentorship.insights.models import Period, PublicationRule, PublishedFigure
from mentorship.ops import trust
from tests import factories as make
from tests.insights.answers import grow, helped, say, see
from tests.insights.scene import AFTER, BEFORE, END, a_spring, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
HALF_WAY = BEFORE + timedelta(days=40)


def a_scene(pairs=12, values=(), at=HALF_WAY):
    """A spring in which the mentees of the first pairs say whether they had a say."""
    scene = a_spring(pairs)
    actions.open_periods(BEFORE)
    for pair, value in zip(scene.pairs, values, strict=False):
        say(pair.mentee, value, at)
    return scene


def told(metric="had_a_say", breakdown="all"):
    return PublishedFigure.objects.using("steer").filter(
        metric=metric, breakdown=breakdown
    )


def ranges(figure):
    return (figure.low, figure.high, figure.size_low, figure.size_high)


def counted(period) -> dict:
    """{metric: {person: value}} that the publisher is told of a period."""
    found: dict = {}
    with connections["publisher"].cursor() as cursor:
        cursor.execute("select * from answers_of_period(%s)", [period.pk])
        for metric, person, value in cursor:
            found.setdefault(metric, {})[person] = value
    return found


def closed(now=AFTER) -> Period:
    actions.close_periods(now)
    return Period.objects.filter(state="closed").latest("starts_on")


def test_eight_answers_are_told_as_a_mean_with_how_many_answered():
    a_scene(values=[3, 3, 3, 4, 2, 3, 4, 3])
    settle_all(AFTER)
    figure = told().get()
    assert ranges(figure)[:2] == (3.1, 3.1)
    assert figure.size_low <= 8 <= figure.size_high < 24


def test_seven_answers_tell_nothing_and_a_skipped_question_is_none():
    a_scene(values=[3] * 7 + [None])
    settle_all(AFTER)
    assert ranges(told().get()) == (None, None, None, None)


def test_fifteen_people_of_seven_pairs_are_seven():
    scene = a_scene(7, values=[3] * 7)
    for pair in scene.pairs:
        say(pair.mentor, 4)
    settle_all(AFTER)
    assert told().get().low is None


@pytest.mark.parametrize(("value", "low", "high"), [(5, 4, 5), (1, 1, 2)])
def test_where_all_say_the_same_at_an_end_the_mean_has_room(value, low, high):
    a_scene(values=[value] * 8)
    settle_all(AFTER)
    assert ranges(told().get())[:2] == (low, high)


def test_an_answer_after_the_last_day_does_not_count():
    scene = a_spring(8)
    last = datetime.combine(END, datetime.max.time(), scene.program.tz)
    actions.open_periods(BEFORE)
    for pair in scene.pairs:
        late = last + timedelta(seconds=1) if pair == scene.pairs[0] else last
        say(pair.mentee, 3, late)
        helped(pair.mentee, 4, late)
    found = counted(closed())
    assert {metric: len(people) for metric, people in found.items()} == {
        "had_a_say": 7,
        "training_helped": 7,
    }


def test_each_answer_counts_in_one_period_only():
    scene = a_scene(9, values=[3] * 9)
    for pair in scene.pairs:
        helped(pair.mentee, 4)
        grow(pair.mentee, 2, 3, HALF_WAY)
    first = counted(closed())
    assert {len(people) for people in first.values()} == {9}
    assert set(first) == {
        "had_a_say",
        "training_helped",
        *(f"{theme}_{at}" for theme in of_period.THEMES for at in ("then", "now")),
    }
    settle_all(AFTER)
    later = AFTER + timedelta(days=30)
    for pair in scene.pairs:
        say(pair.mentee, 5, later)
        helped(pair.mentee, 1, later)
    assert counted(closed(AFTER + timedelta(days=95))) == {}


def test_an_end_after_a_middle_is_compared_with_the_look_back_alone():
    scene = a_scene(9)
    later = AFTER + timedelta(days=30)
    for pair in scene.pairs:
        grow(pair.mentee, 2, 3, HALF_WAY)
        see(pair.mentee, "end", 4, later)
        see(pair.mentee, "looking back", 1, later)
    settle_all(AFTER)
    found = counted(closed(AFTER + timedelta(days=95)))
    assert set(found) == {
        f"{theme}_{at}" for theme in of_period.THEMES for at in ("recalled", "after")
    }
    assert set(found["clarity_recalled"].values()) == {1}
    assert set(found["clarity_after"].values()) == {4}


def test_an_end_without_a_middle_is_compared_with_the_start_and_nothing_else():
    scene = a_scene(9)
    for pair in scene.pairs:
        grow(pair.mentee, 2, 4, HALF_WAY, moment="end")
        see(pair.mentee, "looking back", 1, HALF_WAY)
    found = counted(closed())
    assert set(found["clarity_now"].values()) == {4}
    assert "clarity_recalled" not in found


def test_a_theme_is_the_mean_of_what_was_answered_both_times():
    scene = a_scene(9)
    place = scene.pairs[0].mentee
    grow(place, 2, 4, HALF_WAY)
    found = counted(closed())
    assert found["confidence_then"] == {place.user_id: 2}
    assert found["confidence_now"] == {place.user_id: 4}


def test_the_database_knows_the_themes_as_the_questions_do():
    with connections["default"].cursor() as cursor:
        cursor.execute("select prosrc from pg_proc where proname = 'answers_of_period'")
        (source,) = cursor.fetchone()
    for theme in (items.CONFIDENCE, items.COLLABORATION, items.CLARITY):
        assert theme.key in of_period.THEMES
        for item in theme.items:
            assert f"('{item.key}', '{theme.key}')" in source


def test_both_sides_are_told_apart_where_enough_answered():
    scene = a_scene(12)
    for pair in scene.pairs:
        grow(pair.mentee, 2, 4, HALF_WAY)
        grow(pair.mentor, 3, 3, HALF_WAY)
    settle_all(AFTER)
    by_role = {row.part: row for row in told("clarity_now", "role")}
    assert ranges(by_role["mentee"])[:2] == (4.0, 4.0)
    assert ranges(by_role["mentor"])[:2] == (3.0, 3.0)


def test_a_raised_minimum_holds_for_answers_too():
    scene = a_spring(12)
    PublicationRule.objects.create(
        program=scene.program, number=2, minimum_answers=10, by=make.UserFactory()
    )
    actions.open_periods(BEFORE)
    for pair in scene.pairs[:9]:
        say(pair.mentee, 3)
    assert settle_all(AFTER) == 1
    assert told().get().low is None


def test_only_a_closed_period_tells_anything():
    a_scene(values=[3] * 9)
    period = Period.objects.get()
    assert counted(period) == {}
    actions.close_periods(AFTER)
    assert counted(period)
    actions.sweep_periods(AFTER)
    assert counted(period) == {}


def test_nobody_can_close_a_period_again_to_ask_once_more():
    a_scene(values=[3] * 9)
    settle_all(AFTER)
    period = Period.objects.get(state="published")
    for alias in ("publisher", "default"):
        with pytest.raises(DatabaseError, match="a period goes forward"):
            Period.objects.using(alias).filter(pk=period.pk).update(state="closed")


@pytest.mark.parametrize("alias", ["default", "steer"])
def test_nobody_but_the_publisher_may_count(alias):
    a_scene(values=[3] * 8)
    period = closed()
    with (
        pytest.raises(DatabaseError, match=r"permission denied|does not exist"),
        transaction.atomic(using=alias),
        connections[alias].cursor() as cursor,
    ):
        cursor.execute("select * from answers_of_period(%s)", [period.pk])


@pytest.mark.parametrize(
    "table",
    ["pairing_sayanswer", "feedback_answer", "participants_traininganswer"],
)
def test_the_publisher_reads_no_answer_and_web_none_of_others(table):
    scene = a_scene(values=[3] * 8)
    helped(scene.pairs[0].mentee, 4)
    grow(scene.pairs[0].mentee, 2, 3, HALF_WAY)
    assert not trust.can_read("publisher", f"public.{table}")
    with transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute("select set_config('app.counting_answers', 'on', true)")
        cursor.execute(f"select count(*) from {table}")
        assert cursor.fetchone() == (0,)
