"""A vague outcome is refused kindly, saying which part is missing."""

import pytest

from milestones.wording import EXAMPLES, missing_parts

GOOD = {
    "title": "Open points myself in case reviews",
    "observable": "Colleagues write down what I said",
    "measure": "Reviews in which I opened a point",
    "baseline": "0",
    "target": "3 in a row",
}


def parts(**fields):
    return set(missing_parts({**GOOD, **fields}))


@pytest.mark.parametrize("example", EXAMPLES.values())
def test_our_own_examples_say_enough(example):
    fields = {name: str(getattr(example, name)) for name in GOOD}
    assert missing_parts(fields) == {}


@pytest.mark.parametrize(
    "title",
    [
        "Learn to coach instead of fixing",
        "Speak up in case reviews, and be ready for a senior post",
        "在病例讨论会上主动发言三次",
        "Parler la première en réunion d’équipe",
        "اطرح سؤالاً في كل اجتماع للفريق",
    ],
)
def test_something_one_could_see_is_enough(title):
    assert "title" not in parts(title=title)


@pytest.mark.parametrize(
    "title",
    [
        "Get better",
        "Become a better leader",
        "Improve my communication",
        "Grow professionally and learn new skills",
        "???",
        "Confidence",
    ],
)
def test_a_vague_aim_is_asked_for_more(title):
    assert parts(title=title) == {"title"}


@pytest.mark.parametrize(
    "title", ["Always speak in case reviews", "Never miss a review"]
)
def test_an_aim_without_an_end_is_asked_for_one(title):
    words = missing_parts({**GOOD, "title": title})
    assert "has an end" in str(words["title"])


@pytest.mark.parametrize("observable", ["Yes", "I am better at it", GOOD["title"]])
def test_an_aim_nobody_could_see_is_asked_what_they_would_notice(observable):
    assert parts(observable=observable) == {"observable"}


@pytest.mark.parametrize("measure", ["progress", "How good I am", "improvement"])
def test_a_measure_that_counts_nothing_is_asked_for_something(measure):
    assert parts(measure=measure) == {"measure"}


@pytest.mark.parametrize("target", ["much better", "more", "as good as possible", "0"])
def test_a_target_is_a_figure_and_not_where_it_stands_now(target):
    assert parts(target=target) == {"target"}


def test_every_part_is_named_at_once():
    said = dict.fromkeys(GOOD, "better")
    assert set(missing_parts(said)) == {"title", "observable", "measure", "target"}
