"""What coordinators read about groups: words, ratios, and one word for the rest."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from pairing.actions import take_inclusion_checks
from pairing.inclusion import comparisons
from pairing.models import InclusionCheck
from tests import factories as make
from tests.pairing.test_inclusion_check import a_cohort, mentees

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def text_of(answer):
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", words)


def page_of(client, cohort, kind="coordinator"):
    client.force_login(make.RoleFactory(program=cohort.program, kind=kind).user)
    return client.get(reverse("pairing:inclusion", args=[cohort.pk]))


def a_counted_cohort():
    cohort = a_cohort()
    for number in range(2):
        mentees(cohort, 6, score=0.40 + number / 10, price=0.1, gender="woman")
        mentees(cohort, 12, score=0.65 + number / 10, price=0.2, gender="man")
    mentees(cohort, 1)
    take_inclusion_checks(NOW)
    return cohort


def test_groups_are_told_in_words_in_fives_and_with_a_chart(client):
    page = page_of(client, a_counted_cohort())
    words = text_of(page)
    assert "About 10 who were paired, beside about 25" in words
    assert "A fit of about 45 of 100 on average; the rest 70." in words
    assert "Worth a review" in words
    assert "About 20 % of the access to mentors whom many ask for, and 35 %" in words
    assert "About 35 mentees chose to say something" in words
    assert "Read as a table" in words
    assert "A finding opens a review" in words


def test_what_is_not_shown_is_said_the_same_everywhere(client):
    words = text_of(page_of(client, a_counted_cohort()))
    # Four attributes of which nobody spoke, and how many were left in two groups.
    assert words.count("Not shown: too few") == 6


def test_that_nobody_is_left_is_no_secret(client):
    cohort = a_cohort()
    mentees(cohort, 10, score=0.4, gender="woman")
    mentees(cohort, 10, score=0.6, gender="man")
    take_inclusion_checks(NOW)
    words = text_of(page_of(client, cohort))
    assert words.count("Every mentee of the cohort was paired.") == 2
    # Nobody is asked for by many, so there is no access to compare.
    assert words.count("Not shown: too few") == 4 + 2


def test_every_attribute_has_its_place_whatever_is_known_of_it(client):
    nobody, some = a_cohort(), a_counted_cohort()
    take_inclusion_checks(NOW)
    headings = [
        re.findall(r'<h2 id="about-\d">([^<]+)', page_of(client, c).content.decode())
        for c in (nobody, some)
    ]
    assert headings[0] == headings[1]
    assert len(headings[0]) == 5


def test_before_the_count_the_page_says_when_it_will_be(client):
    cohort = make.CohortFactory(stage="pairing")
    words = text_of(page_of(client, cohort))
    assert "in the first night after its pairing is over" in words


def test_a_ratio_is_told_in_steps_of_five_hundredths():
    cohort = a_counted_cohort()
    (gender, *_others) = comparisons(InclusionCheck.objects.get(cohort=cohort))
    woman = gender.groups[0]
    assert woman.label == "Woman"
    shown = {float(cell) for _label, cells in woman.chart["rows"] for cell in cells}
    assert all(abs(value * 20 - round(value * 20)) < 1e-9 for value in shown)
    assert woman.chart["rows"][0][1][0] == "0.65"


@pytest.mark.parametrize(("rest", "told"), [(20, False), (100, True)])
def test_the_lowest_tenth_is_told_where_both_sides_have_a_hundred(client, rest, told):
    cohort = a_cohort()
    mentees(cohort, 100, score=0.4, gender="woman")
    mentees(cohort, rest, score=0.6, gender="man")
    take_inclusion_checks(NOW)
    words = text_of(page_of(client, cohort))
    assert ("One in ten fits 40 or less; of the rest, 60." in words) is told


def test_only_coordinators_look_and_each_look_is_recorded(client):
    cohort = a_counted_cohort()
    assert page_of(client, cohort, "facilitator").status_code == 403
    assert page_of(client, cohort, "steering").status_code == 403
    assert not AuditEntry.objects.filter(verb__contains="inclusion").exists()
    assert page_of(client, cohort).status_code == 200
    entry = AuditEntry.objects.get(verb="looked at the inclusion check")
    assert (entry.about_id, entry.program_id) == (cohort.pk, cohort.program_id)


def test_a_person_finds_nothing_there(client):
    cohort = a_counted_cohort()
    client.force_login(cohort.participants.first().user)
    url = reverse("pairing:inclusion", args=[cohort.pk])
    assert client.get(url).status_code == 404
