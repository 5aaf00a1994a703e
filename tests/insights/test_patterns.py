"""What ended pairs share: honest intervals, nothing of a few, nobody named."""

import csv
import io

import numpy as np
import pytest
from django.urls import reverse

from mentorship.insights.metrics.outcomes import EndedPair
from mentorship.insights.patterns import FEWEST, Group, Pattern, part
from tests import factories as make
from tests.insights.closed import closed_pairs
from tests.insights.test_learning import text_of


def pairs_with(*values_and_good):
    return [
        EndedPair("m", "c", [{"name": "skills", "value": value}], good)
        for value, good in values_and_good
    ]


def test_intervals_are_those_of_the_literature():
    """Newcombe (1998), table II, row (a): 56 of 70 against 48 of 80."""
    pattern = Pattern("skills", Group(70, 56), Group(80, 48))
    assert pattern.difference == pytest.approx(0.2)
    assert pattern.interval == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert pattern.stands_out
    assert Group(29, 0).interval == pytest.approx((0, 0.1170), abs=5e-5)
    assert Group(10, 10).interval[1] == 1


def test_when_a_factor_makes_no_difference_one_in_twenty_stands_out():
    """By simulation: the interval leaves out no difference about so often."""
    dice = np.random.default_rng(3)
    good = dice.binomial(40, 0.6, size=(2000, 2))
    out = [
        Pattern("skills", Group(40, int(a)), Group(40, int(b))).stands_out
        for a, b in good
    ]
    assert 0.03 < np.mean(out) < 0.07


def test_pairs_are_parted_in_the_middle_and_ties_as_evenly_as_may_be():
    pairs = pairs_with(*[(n / 20, n >= 10) for n in range(20)])
    assert part(pairs, "skills") == (Group(10, 10), Group(10, 0))
    tied = pairs_with(*[(1.0, True)] * 15, *[(0.5, False)] * 10, (0.2, True))
    assert part(tied, "skills") == (Group(15, 15), Group(11, 1))


@pytest.mark.parametrize(
    "pairs",
    [
        pairs_with(*[(n / 19, True) for n in range(2 * FEWEST - 1)]),
        pairs_with(*[(0.5, True)] * 100),
        pairs_with(*[(None, True)] * 100),
        [],
    ],
)
def test_under_ten_pairs_a_group_nothing_is_said(pairs):
    assert part(pairs, "skills") is None
    assert part(pairs, "wishes") is None


def page_of(client, program, name="patterns", *parts):
    client.force_login(make.RoleFactory(program=program).user)
    return client.get(reverse(f"insights:{name}", args=[program.pk, *parts]))


@pytest.mark.django_db
def test_the_page_shows_every_factor_and_its_limits_and_names_nobody(client):
    program = make.ProgramFactory()
    cohort, good = closed_pairs(program, 120)
    answer = page_of(client, program)
    words = text_of(answer)
    found = answer.context["patterns"].found
    assert f"Of 120 ended pairs, {good.sum()} went well." in words
    assert f"{len(found)} factors are looked at together." in words
    assert "Nothing here says that a factor makes pairs go well" in words
    rows = list(
        csv.reader(
            io.StringIO(
                page_of(client, program, "insight_csv", "patterns").content.decode(
                    "utf-8-sig"
                )
            )
        )
    )
    assert [row[0] for row in rows[1:]] == [str(pattern.label) for pattern in found]
    for pair in cohort.pairs.select_related("mentor__user", "mentee__user"):
        assert pair.mentor.user.email not in words
        assert pair.mentee.user.email not in words


@pytest.mark.django_db
def test_of_a_few_ended_pairs_the_page_says_how_many_are_needed(client):
    program = make.ProgramFactory()
    closed_pairs(program, 12)
    answer = page_of(client, program)
    assert "So far 12 pairs have ended." in text_of(answer)
    assert "at least 10 pairs" in text_of(answer)
    assert "chart" not in answer.context
