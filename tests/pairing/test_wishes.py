"""Wishes: chosen by what mentors offer, changed until the deadline."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import User
from mentorship.participants.models import Availability, Participant
from pairing import actions
from pairing.models import PairRule, Wish
from pairing.shortlist import Shortlist, sign_of
from pairing.views import say as views
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MentorFactory,
    PairFactory,
    PairRuleFactory,
    ParticipantFactory,
    a_ready,
)

NOW = timezone.now()
TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort():
    cohort = CohortFactory(stage="pairing", wishes_until=TODAY + timedelta(days=5))
    CharterFactory(program=cohort.program)
    return cohort


@pytest.fixture
def mentee(cohort):
    return a_ready(ParticipantFactory, cohort)


def mentors(cohort, number=3, **fields):
    return [a_ready(MentorFactory, cohort, **fields) for _ in range(number)]


def shortlist(place):
    with_profile = Participant.objects.select_related(
        "user__profile", "cohort__program"
    )
    return Shortlist(with_profile.get(pk=place.pk), NOW)


def possible(place):
    return {mentor.pk for mentor in shortlist(place).possible}


def url(place):
    return reverse("pairing:wishes", args=[place.pk])


# ----------------------------------------------------------------------- the shortlist
def test_every_mentor_without_a_hard_limit_is_on_it(cohort, mentee):
    three = mentors(cohort)
    assert possible(mentee) == {mentor.pk for mentor in three}


@pytest.mark.parametrize(
    "limit",
    ["language", "hours", "line", "capacity", "break", "ended", "rule", "unready"],
)
def test_a_hard_limit_takes_a_mentor_off_it(cohort, mentee, limit):
    (mentor,) = mentors(cohort, 1, capacity=1)
    if limit == "language":
        mentor.user.profile.languages = ["pl"]
        mentor.user.profile.save()
    elif limit == "hours":
        Availability.objects.filter(profile=mentor.user_id).update(
            starts=time(14), ends=time(16)
        )
    elif limit == "line":
        User.objects.filter(pk=mentee.user_id).update(manager_email=mentor.user.email)
    elif limit == "capacity":
        PairFactory(cohort=cohort, mentor=mentor)
    elif limit == "break":
        mentor.pauses.create(starts_on=TODAY)
    elif limit == "ended":
        before = PairFactory(cohort=cohort, mentor=mentor, mentee=mentee)
        actions.end_pairs([before], ending="left", by=mentor.user, at=NOW)
    elif limit == "rule":
        PairRule.objects.create(
            cohort=cohort, mentor=mentor, mentee=mentee, kind="never", by=mentor.user
        )
    else:
        Participant.objects.filter(pk=mentor.pk).update(oriented_at=None)
    assert possible(mentee) == set()


def test_somebody_who_meets_in_writing_needs_no_common_hour(cohort, mentee):
    (mentor,) = mentors(cohort, 1, async_only=True)
    Availability.objects.filter(profile=mentor.user_id).delete()
    Availability.objects.create(
        profile=mentor.user.profile, weekday=6, starts=time(5), ends=time(6), zone="UTC"
    )
    assert possible(mentee) == {mentor.pk}


def test_what_a_mentor_asked_for_in_confidence_does_not_show(cohort, mentee):
    (mentor,) = mentors(cohort, 1)
    before = possible(mentee)
    actions.veto(mentor, mentee, by=mentor.user, at=NOW)
    assert possible(mentee) == before == {mentor.pk}


def test_a_coordinators_never_hides_a_mentor_also_behind_a_veto(cohort, mentee):
    mentor, other = mentors(cohort, 2)
    PairRuleFactory(cohort=cohort, mentor=mentor, mentee=mentee, kind="never")
    assert possible(mentee) == {other.pk}
    actions.veto(mentor, mentee, by=mentor.user, at=NOW)
    assert possible(mentee) == {other.pk}


def test_the_order_is_always_the_same_and_nobodys_order(cohort, mentee):
    mentors(cohort, 6)
    first, again = shortlist(mentee).cards, shortlist(mentee).cards
    assert [card.sign for card in first] == [card.sign for card in again]
    other = a_ready(ParticipantFactory, cohort)
    theirs = shortlist(other).cards
    assert {card.sign for card in first}.isdisjoint(card.sign for card in theirs)


def test_the_page_names_nobody_and_gives_no_number_to_find_them_by(
    client, cohort, mentee
):
    for mentor in mentors(
        cohort, function="Nursing", site="Lisbon", job_title="Matron", department="W4"
    ):
        assert mentor.pk
    client.force_login(mentee.user)
    page = client.get(url(mentee)).text
    here = Participant.objects.filter(cohort=cohort).mentors()
    for mentor in here.select_related("user"):
        for secret in (
            mentor.user.given_name,
            mentor.user.family_name,
            mentor.user.email,
            str(mentor.pk),
            str(mentor.user_id),
        ):
            assert not re.search(rf"\b{re.escape(secret)}\b", page)
    for secret in ("Nursing", "Lisbon", "Matron", "W4", "score"):
        assert secret not in page
    assert "people may recognize each other" in page


def test_a_card_tells_skills_hours_and_only_ways_that_both_named(cohort, mentee):
    (mentor,) = mentors(cohort, 1)
    for place, style in ((mentee, "direct, structured"), (mentor, "direct, hands-on")):
        place.user.profile.working_style = style
        place.user.profile.save()
    (card,) = shortlist(mentee).cards
    assert [link.get_level_display() for link in card.skills] == ["Others ask me"]
    assert card.hours == 3
    assert card.ways == ["Direct: straight to the point"]


@pytest.mark.parametrize("number", [1, 6])
def test_the_page_takes_as_many_queries_for_one_mentor_as_for_six(
    client, cohort, mentee, number, django_assert_num_queries
):
    for mentor in mentors(cohort, number):
        Wish.objects.get_or_create(mentee=mentee, mentor=mentor, rank=1) if (
            number == 1
        ) else None
    client.force_login(mentee.user)
    with django_assert_num_queries(12):
        assert client.get(url(mentee)).status_code == 200


# -------------------------------------------------------------------------- choosing
def ranks(mentee, *ranked):
    """What the browser sends to rank these mentors."""
    return {sign_of(mentee, mentor): rank for mentor, rank in ranked}


def chosen(mentee):
    return list(Wish.objects.filter(mentee=mentee).values_list("mentor", "rank"))


def test_wishes_are_kept_in_their_order_and_replaced(client, cohort, mentee):
    one, two, three = mentors(cohort)
    client.force_login(mentee.user)
    sent = client.post(url(mentee), ranks(mentee, (two, 1), (one, 3)))
    assert sent.status_code == 302
    assert chosen(mentee) == [(two.pk, 1), (one.pk, 2)]
    client.post(url(mentee), ranks(mentee, (three, 1), (two, "")))
    assert chosen(mentee) == [(three.pk, 1)]


def test_the_first_thing_on_the_page_is_what_was_chosen(client, cohort, mentee):
    last = shortlist(mentee).cards
    mentors(cohort, 4)
    last = shortlist(mentee).cards[-1]
    client.force_login(mentee.user)
    client.post(url(mentee), {last.sign: 1})
    assert shortlist(mentee).cards[0].sign == last.sign
    assert "selected>First choice" in client.get(url(mentee)).text


def test_two_mentors_at_one_rank_are_sent_back_with_what_was_chosen(
    client, cohort, mentee
):
    one, two, _three = mentors(cohort)
    client.force_login(mentee.user)
    answer = client.post(url(mentee), ranks(mentee, (one, 2), (two, 2)))
    assert answer.status_code == 422
    assert answer.text.count("selected>Second choice") == 2
    assert "Second choice is taken by" in answer.text
    assert chosen(mentee) == []


def test_nobody_off_the_list_can_be_wished_for(client, cohort, mentee):
    foreign = a_ready(MentorFactory, CohortFactory(program=cohort.program))
    mentors(cohort, 1)
    client.force_login(mentee.user)
    client.post(url(mentee), ranks(mentee, (foreign, 1)))
    assert chosen(mentee) == []


def test_after_the_last_day_what_was_chosen_stands(client, cohort, mentee):
    one, two, _three = mentors(cohort)
    actions.rank_mentors(mentee, [one], at=NOW)
    cohort.wishes_until = TODAY - timedelta(days=1)
    cohort.save()
    client.force_login(mentee.user)
    page = client.get(url(mentee)).text
    assert "Wishes were open until" in page
    assert "<select" not in page
    client.post(url(mentee), ranks(mentee, (two, 1)))
    assert chosen(mentee) == [(one.pk, 1)]
    with pytest.raises(actions.NotNow) as closed:
        actions.rank_mentors(mentee, [two], at=NOW)
    assert closed.value.why == "deadline"


def test_the_last_day_is_the_programs(cohort, mentee):
    (one,) = mentors(cohort, 1)
    cohort.program.zone = "Pacific/Kiritimati"
    cohort.program.save()
    cohort.wishes_until = cohort.program.today(NOW)
    cohort.save()
    actions.rank_mentors(mentee, [one], at=NOW)
    with pytest.raises(actions.NotNow):
        actions.rank_mentors(mentee, [], at=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"cohort__stage": "onboarding"}, "too early"),
        ({"cohort__stage": "closing"}, "over"),
        ({"oriented_at": None}, "not ready"),
        ({"state": "finished"}, "over"),
        ({"pair": True}, "paired"),
    ],
)
def test_there_is_a_time_for_wishes(client, cohort, mentee, change, why):
    (mentor,) = mentors(cohort, 1)
    if change == {"pair": True}:
        PairFactory(cohort=cohort, mentee=mentee)
    elif stage := change.get("cohort__stage"):
        cohort.stage = stage
        cohort.save()
    else:
        Participant.objects.filter(pk=mentee.pk).update(**change)
    with pytest.raises(actions.NotNow) as closed:
        actions.rank_mentors(mentee, [mentor], at=NOW)
    assert closed.value.why == why
    client.force_login(mentee.user)
    assert client.get(url(mentee)).status_code == 200


def test_somebody_without_a_mentor_who_fits_is_told_kindly(client, cohort, mentee):
    client.force_login(mentee.user)
    page = client.get(url(mentee)).text
    assert "No mentor fits yet" in page
    assert "your coordinator sees it too" in page


def test_a_mentor_ranks_nobody(client, cohort):
    (mentor,) = mentors(cohort, 1)
    client.force_login(mentor.user)
    assert client.get(url(mentor)).status_code == 403


def test_coordinators_read_wishes_and_the_page_says_so_first(client, cohort, mentee):
    mentors(cohort)
    client.force_login(mentee.user)
    page = client.get(url(mentee)).text
    assert page.index("Coordinators can read this") < page.index("<select")


def test_wishes_of_one_page_come_along_to_the_next(client, cohort, mentee, monkeypatch):
    monkeypatch.setattr(views, "CARDS_A_PAGE", 2)
    mentors(cohort, 5)
    client.force_login(mentee.user)
    first, *_rest = shortlist(mentee).cards
    client.post(url(mentee), {first.sign: 1})
    last = shortlist(mentee).cards[-1]
    page = client.get(url(mentee), {"page": 2}).text
    assert first.sign in page
    assert last.sign in page
    client.post(url(mentee) + "?page=2", {first.sign: 2, last.sign: 1})
    assert [card.sign for card in shortlist(mentee).cards[:2]] == [
        last.sign,
        first.sign,
    ]
