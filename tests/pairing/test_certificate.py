"""The page that both keep of a completed pair."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from pairing.views.certificate import drawn
from tests.factories import PairFactory, SessionFactory, UserFactory


@pytest.fixture
def pair(db):
    return PairFactory(
        state="ended",
        ending="completed",
        ended_at=timezone.now(),
        ended_by=UserFactory(),
        started_on=date(2025, 3, 12),
        mentee__user__given_name="Linh",
        mentee__user__family_name="Nguyễn",
    )


def said(monkeypatch, pair, place, held=0):
    """What is written on the page, line by line."""
    lines = []
    monkeypatch.setattr(
        "pairing.views.certificate.Paper.say",
        lambda self, words, *style, **more: lines.append(str(words)),
    )
    drawn(pair, place, held).finished()
    return lines


def test_each_of_the_two_takes_their_own(client, pair):
    SessionFactory(pair=pair)
    for place in pair.members:
        client.force_login(place.user)
        answer = client.get(reverse("pairing:certificate", args=[pair.pk]))
        assert answer["Content-Type"] == "application/pdf"


def test_it_says_name_program_dates_and_conversations(monkeypatch, pair):
    lines = said(monkeypatch, pair, pair.mentee, held=9)
    assert "Linh Nguyễn" in lines
    assert pair.cohort.program.name in lines
    assert "in 9 conversations" in lines
    assert any(line.startswith("from 12 March 2025 to") for line in lines)
    assert "took part as a mentee and worked towards aims of their own" in lines


def test_it_does_not_name_the_other_one(monkeypatch, pair):
    words = " ".join(said(monkeypatch, pair, pair.mentor))
    assert pair.mentee.user.family_name not in words


@pytest.mark.parametrize("ending", ["left", "switched", "withdrawn"])
def test_a_pair_that_parted_early_has_none(client, pair, ending):
    pair.ending = ending
    pair.save()
    client.force_login(pair.mentee.user)
    url = reverse("pairing:certificate", args=[pair.pk])
    assert client.get(url).status_code == 403
