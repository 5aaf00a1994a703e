"""What a coordinator finds first: what needs a person, and how the cohort is doing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.home.attention import Attention
from mentorship.insights.models import Period, PublicationRule
from mentorship.outbox.models import Notice
from pairing.actions import look_after_pairs, nudge
from pairing.models import HealthReason
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MilestoneFactory,
    PairFactory,
    ProposalFactory,
    RoleFactory,
    RoundFactory,
    SessionFactory,
)

NOW = timezone.now()


def days_ago(days):
    return NOW.date() - timedelta(days=days)


@pytest.fixture
def cohort(db):
    cohort = CohortFactory()
    CharterFactory(program=cohort.program, first_session_days=14)
    return cohort


@pytest.fixture
def coordinator(cohort, client):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def told(cohort):
    """What the night finds, told to pairs a week ago and to coordinators today."""
    look_after_pairs(NOW)
    HealthReason.objects.update(pair_told_at=NOW - timedelta(days=7))
    look_after_pairs(NOW)


def titles(cohort):
    told(cohort)
    return [todo.title for todo in Attention(cohort, NOW).todos]


def a_healthy_pair(cohort, **fields):
    pair = PairFactory(cohort=cohort, rhythm_days=14, **fields)
    SessionFactory(pair=pair, held_on=days_ago(3))
    return pair


def test_a_pair_in_its_rhythm_needs_nobody(cohort):
    a_healthy_pair(cohort)
    assert titles(cohort) == []
    assert Attention(cohort, NOW).in_rhythm == 1


def test_a_first_session_is_late_after_the_days_the_charter_promises(cohort):
    PairFactory(cohort=cohort, started_on=days_ago(14))
    assert titles(cohort) == []
    late = PairFactory(cohort=cohort, started_on=days_ago(15))
    assert titles(cohort) == [
        f"{late.mentor.short_name} and {late.mentee.short_name} have not met yet"
    ]


def test_a_pair_is_stalled_after_one_and_a_half_rhythms(cohort):
    fine = PairFactory(cohort=cohort, rhythm_days=14)
    SessionFactory(pair=fine, held_on=days_ago(21))
    quiet = PairFactory(cohort=cohort, rhythm_days=14)
    SessionFactory(pair=quiet, held_on=days_ago(22))
    assert titles(cohort) == [
        f"{quiet.mentor.short_name} and {quiet.mentee.short_name}"
        " have not met for 22 days"
    ]


def test_the_pair_hears_first_and_coordinators_a_week_later(cohort):
    pair = PairFactory(cohort=cohort, started_on=days_ago(20))
    look_after_pairs(NOW)
    assert Attention(cohort, NOW).todos == []
    look_after_pairs(NOW + timedelta(days=6))
    assert Attention(cohort, NOW).todos == []
    look_after_pairs(NOW + timedelta(days=7))
    (todo,) = Attention(cohort, NOW).todos
    assert todo.text.startswith("They became a pair 20 days ago. We told both on ")
    assert todo.text.endswith("No session is planned.")
    assert todo.url == reverse("pairing:nudge", args=[pair.pk])


def test_what_was_tried_is_said(cohort):
    pair = PairFactory(cohort=cohort, started_on=days_ago(20))
    told(cohort)
    nudge(pair, words="Hello", by=RoleFactory(program=cohort.program).user, at=NOW)
    Notice.objects.update(state="sent", sent_at=NOW)
    (todo,) = Attention(cohort, NOW).todos
    assert ", by mail too. A coordinator wrote to both on " in todo.text


def test_a_coordinator_who_is_in_the_pair_hears_nothing_of_it(cohort):
    pair = PairFactory(cohort=cohort, started_on=days_ago(20))
    told(cohort)
    assert len(Attention(cohort, NOW, RoleFactory().user).todos) == 1
    assert Attention(cohort, NOW, pair.mentor.user).todos == []


def test_several_pairs_without_an_agreement_are_one_thing_to_do(cohort):
    for _each in range(2):
        SessionFactory(pair=a_healthy_pair(cohort), held_on=days_ago(9))
    assert titles(cohort) == ["2 pairs have met twice without an agreement"]


def test_a_pilot_past_its_day_is_named_without_saying_by_whom(cohort):
    pair = a_healthy_pair(cohort, state="pilot", pilot_due_on=days_ago(1))
    (todo,) = Attention(cohort, NOW).todos
    both = f"{pair.mentor.short_name} and {pair.mentee.short_name}"
    assert todo.title == f"{both} have not decided about their pilot yet"


def test_an_overdue_milestone_is_named(cohort):
    pair = a_healthy_pair(cohort)
    MilestoneFactory(pair=pair, due_on=days_ago(1), title="Shadow a round")
    MilestoneFactory(pair=pair, due_on=NOW.date(), title="Due today")
    assert ["“Shadow a round” was due on" in title for title in titles(cohort)] == [
        True
    ]


def test_unanswered_offers_are_one_thing_to_do(cohort):
    round_ = RoundFactory(cohort=cohort)
    waiting = {"round": round_, "state": "offered", "expires_at": NOW}
    ProposalFactory(**waiting, offered_at=NOW - timedelta(days=4))
    ProposalFactory(**waiting, offered_at=NOW - timedelta(days=4))
    ProposalFactory(**waiting, offered_at=NOW - timedelta(days=1))
    assert titles(cohort) == ["2 offers have not been answered"]


def test_a_pair_that_has_ended_needs_nobody(cohort):
    PairFactory(
        cohort=cohort,
        started_on=days_ago(90),
        state="ended",
        ending="completed",
        ended_at=NOW,
        ended_by=RoleFactory().user,
    )
    assert titles(cohort) == []


def test_sessions_are_counted_in_full_weeks(cohort):
    pair = a_healthy_pair(cohort)
    monday = NOW.date() - timedelta(days=NOW.date().weekday())
    SessionFactory(pair=pair, held_on=monday - timedelta(days=1))
    SessionFactory(pair=pair, held_on=monday - timedelta(days=7))
    SessionFactory(pair=pair, held_on=monday - timedelta(days=8))
    assert Attention(cohort, NOW).weekly[-2:] in ([1, 2], [1, 3])


def test_the_page_greets_and_says_how_much_waits(client, coordinator, cohort):
    PairFactory.create_batch(2, cohort=cohort, started_on=days_ago(40))
    told(cohort)
    text = client.get(reverse("home:cohort", args=[cohort.pk])).content.decode()
    assert f"{coordinator.short_name}. Two things would be better" in text


def test_a_quiet_day_says_so(client, coordinator, cohort):
    text = client.get(reverse("home:cohort", args=[cohort.pk])).content.decode()
    assert "Nothing needs you today." in text
    assert "All is quiet" in text


def test_a_cohort_that_is_over_leads_to_its_report(client, coordinator, cohort):
    type(cohort).objects.update(stage="alumni")
    text = client.get(reverse("home:cohort", args=[cohort.pk])).content.decode()
    assert "This cohort is over" in text
    assert reverse("insights:report", args=[cohort.program_id]) in text
    assert "All is quiet" not in text
    assert "Meeting in their own rhythm" not in text


def test_a_cohort_without_pairs_shows_what_the_next_stage_waits_for(
    client, coordinator, cohort
):
    cohort.stage = "pairing"
    cohort.save()
    text = client.get(reverse("home:cohort", args=[cohort.pk])).content.decode()
    assert "No pair has been published and accepted yet." in text


@pytest.mark.parametrize("pairs", [1, 3])
def test_the_page_takes_as_many_queries_for_one_pair_as_for_three(
    client, coordinator, cohort, pairs, django_assert_num_queries
):
    for pair in PairFactory.create_batch(pairs, cohort=cohort):
        MilestoneFactory(pair=pair, due_on=days_ago(1))
    told(cohort)
    address = reverse("home:cohort", args=[cohort.pk])
    client.get(address)
    with django_assert_num_queries(12):
        client.get(address)


def test_a_nudge_goes_to_both_once_a_day(client, coordinator, cohort):
    pair = PairFactory(cohort=cohort)
    address = reverse("pairing:nudge", args=[pair.pk])
    assert pair.mentor.short_name in client.get(address).content.decode()
    for _click in range(2):
        assert client.post(address, {"words": "Hello you two"}).status_code == 302
    other = client.post(address, {"words": "And one thing more"})
    assert other.status_code == 422
    assert "Send yours tomorrow." in other.content.decode()
    assert "And one thing more" in other.content.decode()
    notices = Notice.objects.filter(template="pairing/nudge")
    recipients = {notice.recipient_id for notice in notices}
    assert recipients == {pair.mentor.user_id, pair.mentee.user_id}
    assert len(notices) == 2


def test_an_empty_nudge_is_not_sent(client, coordinator, cohort):
    pair = PairFactory(cohort=cohort)
    answer = client.post(reverse("pairing:nudge", args=[pair.pk]), {"words": " "})
    assert answer.status_code == 422
    assert "Write a line or two." in answer.content.decode()
    assert not Notice.objects.exists()


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_pair_of_which_one_is_on_a_break_needs_nobody(cohort, side):
    late = PairFactory(cohort=cohort, started_on=days_ago(15))
    stalled = PairFactory(cohort=cohort, rhythm_days=14)
    SessionFactory(pair=stalled, held_on=days_ago(40))
    assert len(titles(cohort)) == 2
    for pair in (late, stalled):
        getattr(pair, side).pauses.create(starts_on=days_ago(1))
    assert titles(cohort) == []


def a_period(cohort, **fields):
    program, by = cohort.program, RoleFactory().user
    rule = PublicationRule.objects.create(program=program, number=1, by=by)
    return Period.objects.create(
        program=program,
        rule=rule,
        starts_on=days_ago(95),
        ends_on=days_ago(2),
        audited_at=NOW,
        **fields,
    )


@pytest.mark.parametrize("stage", ["active", "pairing", "alumni"])
def test_a_checked_period_comes_first_until_it_is_published(
    client, coordinator, cohort, stage
):
    type(cohort).objects.update(stage=stage)
    PairFactory(cohort=cohort, started_on=days_ago(40))
    period = a_period(cohort, state="audited")
    told(cohort)
    page = reverse("home:cohort", args=[cohort.pk])
    text = client.get(page).content.decode()
    assert "is checked and waits for you" in text
    assert "it is published by itself at night, on" in text
    assert reverse("insights:preview", args=[period.pk]) in text
    if stage == "active":
        assert Attention(cohort, NOW).todos[0].icon == "chart"
    Period.objects.update(state="published")
    assert "is checked and waits" not in client.get(page).content.decode()


@pytest.mark.parametrize("because", ["audit", "failed"])
def test_a_period_that_could_not_be_published_is_told_for_two_weeks(cohort, because):
    a_period(cohort, state="withheld", withheld_because=because)
    (todo,) = Attention(cohort, NOW + timedelta(days=13)).todos
    assert todo.title.startswith("Not published: the report on ")
    assert Attention(cohort, NOW + timedelta(days=15)).todos == []


def test_what_a_coordinator_withheld_is_no_news_to_coordinators(cohort):
    a_period(cohort, state="withheld", withheld_because="coordinator")
    assert Attention(cohort, NOW).todos == []
