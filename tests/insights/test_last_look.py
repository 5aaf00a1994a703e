"""The last look refuses whatever a slip in making the rows would have told."""

from dataclasses import replace

import pytest

from mentorship.insights.disclosure import Counted, Place, Row, Rule, release
from mentorship.insights.disclosure.checking import violations_in

# Twenty pairs: six in sales and fourteen in care, as both sides.
FUNCTIONS = ["sales"] * 6 + ["care"] * 14
PLACES = [
    Place(f"{role} {pair}", pair, "spring", role, function, "north")
    for pair, function in enumerate(FUNCTIONS)
    for role in ("mentor", "mentee")
]
MET = Counted("met", frozenset(range(2, 20)))
RULE = Rule(breakdowns=("all", "function"))


@pytest.fixture(scope="module")
def rows():
    """All rows of an honest release: everybody, and each function."""
    made = release(PLACES, [MET], RULE)
    assert {row.part for row in made.rows if row.shown} == {(), ("sales",), ("care",)}
    return made.rows


def told(rows, part=()):
    return next(row for row in rows if row.part == part)


def refused(rows, rule=RULE):
    return violations_in(PLACES, [MET], rows, rule)


def test_an_honest_release_passes(rows):
    assert refused(rows) == []


@pytest.mark.parametrize(
    "slip",
    [
        {"value": (18, 18)},  # told exactly
        {"value": (20, 20)},  # everybody
        {"value": (0, 2)},  # not so
        {"size": None},  # shown without a size
        {"value": None},  # hidden, and its size told
    ],
)
def test_a_row_that_says_something_else_is_refused(rows, slip):
    wrong = [replace(row, **slip) if not row.part else row for row in rows]
    assert refused(wrong)


def test_a_group_that_is_too_small_is_refused(rows):
    assert refused(rows, Rule(minimum=7, breakdowns=RULE.breakdowns))


def test_two_groups_that_differ_by_a_few_are_refused(rows):
    few = [
        replace(place, function="care") if place.pair in (0, 1, 2, 3) else place
        for place in PLACES
    ]
    close = Row("met", "function", ("care",), (17, 19), (15, 19))
    found = violations_in(few, [MET], [told(rows), close], RULE)
    assert any("differ by fewer than five" in why for why in found)
