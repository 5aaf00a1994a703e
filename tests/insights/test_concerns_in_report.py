"""Concerns answered in time: one row of the report, about the year before."""

import csv
import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from feedback.models import Concern
from mentorship.accounts.acting import acting_as
from mentorship.charter.models import Cohort
from mentorship.insights import actions
from mentorship.insights.actions import publishing
from mentorship.insights.disclosure.apart import Tally, told_apart
from mentorship.insights.disclosure.checking import wrong_apart
from mentorship.insights.metrics.of_year import year_told
from mentorship.insights.models import Period, PublicationRule
from mentorship.insights.report import published_periods, rows_of
from mentorship.insights.shapes import shapes_in
from mentorship.outbox.actions import sweep
from mentorship.ui.pdf import Paper
from pairing.models import Pair
from tests import factories as make
from tests.insights.concerns import concerns
from tests.insights.scene import a_spring, settle_all

pytestmark = pytest.mark.django_db(
    transaction=True, databases=["default", "publisher", "steer"]
)
JANUARY = datetime(2026, 1, 5, 1, tzinfo=UTC)
APRIL = datetime(2026, 4, 5, 1, tzinfo=UTC)
HIDDEN = ("Not shown: too few", "")
LABEL = "Concerns answered in time, of all raised in 2025"


@pytest.fixture
def program():
    """A program whose open period holds 31 January."""
    scene = a_spring(6)
    Cohort.objects.update(pilot_on=date(2025, 12, 1))
    Pair.objects.update(started_on=date(2025, 12, 1))
    actions.open_periods(JANUARY)
    return scene.program


def rows_about_years(program):
    settle_all(APRIL)
    (shown,) = published_periods(program)
    return [row for row in rows_of(shown) if row.year]


@pytest.mark.parametrize(
    ("number", "late", "told"),
    [
        (0, 0, HIDDEN),
        (9, 0, HIDDEN),
        (10, 10, ("2 or fewer", "of 10 to 12 concerns")),
        (10, 0, ("10 or more", "of 10 to 12 concerns")),
    ],
)
def test_a_year_is_told_in_ranges_from_ten_concerns_on(program, number, late, told):
    concerns(program, number, late=late)
    (row,) = rows_about_years(program)
    assert (row.label, row.words, row.group) == (LABEL, *told)


def test_page_export_paper_and_mail_say_the_same(program, client, monkeypatch):
    said, say = [], Paper.say

    def listen(self, words, *args, **more):
        said.append(str(words))
        return say(self, words, *args, **more)

    monkeypatch.setattr(Paper, "say", listen)
    steering = make.RoleFactory(program=program, kind="steering").user
    concerns(program, 12, late=7)
    (row,) = rows_about_years(program)
    client.force_login(steering)
    page, lines, _pdf = (
        client.get(reverse(f"insights:{name}", args=[program.pk]))
        for name in ("report", "report_csv", "report_pdf")
    )
    sweep(APRIL + timedelta(days=1, hours=12))
    (digest,) = [one for one in mail.outbox if one.to == [steering.email]]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))
    exported = list(csv.reader(io.StringIO(lines.content.decode())))

    assert (row.words, row.group) == ("3 to 5", "of 10 to 12 concerns")
    assert f"{LABEL} {row.words} {row.group}" in text
    assert row.how in text
    assert "the time to reply that the charter promises" in row.how
    assert [LABEL, "2025", "Whole program", row.words, row.group] in [
        line[:5] for line in exported
    ]
    paper = " ".join(said)
    assert all(words in paper for words in (f"{LABEL}: 3 to 5", row.group, row.how))
    assert f"{LABEL}: {row.words} {row.group}" in digest.body


def test_the_row_depends_on_the_days_of_the_period_alone():
    def year(first, last):
        return year_told(Period(starts_on=first, ends_on=last))

    assert year(date(2026, 1, 31), date(2026, 3, 1)) == 2025
    assert year(date(2025, 12, 1), date(2026, 1, 31)) == 2025
    assert year(date(2025, 2, 1), date(2026, 1, 30)) is None
    assert year(date(2026, 2, 1), date(2026, 4, 30)) is None


def test_a_period_without_31_january_has_no_such_row(program):
    concerns(program, 12)
    settle_all(APRIL)
    settle_all(APRIL + timedelta(days=95))
    second, first = published_periods(program)
    about = [[row.about for row in rows_of(one) if row.year] for one in (first, second)]
    assert about == [["2025"], []]


def test_what_becomes_of_a_concern_later_moves_nothing(program):
    raiser = concerns(program, 10)
    actions.close_periods(APRIL)
    actions.sweep_periods(APRIL)
    with acting_as(raiser):
        assert Concern.objects.update(acknowledged_at=None, state="raised") == 10
    actions.publish_waiting(APRIL + timedelta(days=1))
    (row,) = rows_about_years(program)
    assert row.words == "10 or more"


def test_an_open_period_says_that_the_row_will_come_and_not_whether_it_is_shown(
    program,
):
    row = shapes_in(Period.objects.get())[-1]
    assert (row.label, row.words) == (LABEL, "a range, if there are at least 10")
    concerns(program, 12)
    again = shapes_in(Period.objects.get())[-1]
    assert (again.words, again.group) == (row.words, "")


def test_a_raised_minimum_holds_for_concerns_too(program):
    period = Period.objects.get()
    period.rule = PublicationRule(minimum=11)
    (tally,) = publishing.tallies_of(period)
    assert tally.fewest == 11


def test_a_slip_in_the_row_withholds_the_period(program, monkeypatch):
    concerns(program, 10)

    def exact(tally):
        return replace(told_apart(tally), value=(tally.yes, tally.yes))

    monkeypatch.setattr(publishing, "told_apart", exact)
    assert settle_all(APRIL) == 0
    assert Period.objects.get(state="withheld").withheld_because == "failed"


def test_every_tally_is_told_truly_and_says_the_same_for_every_size_it_may_mean():
    for size in range(40):
        for yes in range(size + 1):
            tally = Tally("concerns", yes, size, 10)
            row = told_apart(tally)
            assert not list(wrong_apart(tally, row))
            assert row.shown == (size >= 10)
    assert {told_apart(Tally("c", 7, size, 10)) for size in (10, 11, 12)} == {
        told_apart(Tally("c", 6, 10, 10))
    }
