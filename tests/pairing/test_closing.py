"""Closing as a stage: asked, begun by either, ended by both; and what comes after."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from mentorship.accounts.models import THE_PROGRAM_ITSELF, AuditEntry
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing import actions, notices
from pairing.actions import PairIsOver, StillAPilot
from pairing.models import Afterwards, Pair
from tests.factories import CharterFactory, CohortFactory, PairFactory, RoleFactory

NOW = timezone.now()
TODAY = NOW.date()
State = Pair.State


@pytest.fixture
def pair(db):
    pair = PairFactory()
    CharterFactory(program=pair.cohort.program)
    return pair


@pytest.fixture
def coordinator(pair):
    return RoleFactory(program=pair.cohort.program).user


def begin(pair, side="mentee"):
    actions.begin_closing(pair, by=getattr(pair, side).user, at=NOW)
    pair.refresh_from_db()


def a_completed(**more):
    ended = {"state": "ended", "ending": "completed", "ended_at": NOW}
    return PairFactory(**ended, ended_by_id=THE_PROGRAM_ITSELF, **more)


def close_on(cohort, day):
    cohort.closing_on, cohort.alumni_on = day, day + timedelta(days=20)
    cohort.save()


# ------------------------------------------------------------------------- actions
def test_either_begins_and_the_partner_hears(pair):
    begin(pair)
    begin(pair, "mentor")
    assert pair.state == State.CLOSING
    assert pair.closing_at == NOW
    told = Notice.objects.get(template="pairing/closing_begun")
    assert told.recipient == pair.mentor.user


def test_a_pilot_is_decided_first_and_an_ended_pair_stays_ended(pair):
    with pytest.raises(StillAPilot):
        begin(PairFactory(state="pilot"))
    actions.leave_pair(pair, at=NOW)
    with pytest.raises(PairIsOver):
        begin(pair)


def test_the_night_asks_on_the_closing_day_once_and_ends_nothing(pair):
    close_on(pair.cohort, TODAY + timedelta(days=1))
    assert actions.ask_where_closing_is_due(NOW) == 0
    close_on(pair.cohort, TODAY)
    assert actions.ask_where_closing_is_due(NOW) == 1
    assert actions.ask_where_closing_is_due(NOW) == 0
    pair.refresh_from_db()
    assert pair.state == State.ACTIVE
    asked = Notice.objects.filter(template="pairing/closing_asked")
    assert {n.recipient for n in asked} == {pair.mentor.user, pair.mentee.user}
    assert len({n.due_at for n in asked}) == 1


def test_a_coordinator_asks_all_active_pairs_at_once(pair, coordinator):
    PairFactory(cohort=pair.cohort, state="pilot")
    PairFactory(cohort=pair.cohort)
    for expected in (2, 0):
        asked = actions.ask_all_to_close(pair.cohort, by=coordinator, at=NOW)
        assert asked == expected
    assert AuditEntry.objects.filter(verb="asked pairs to close").count() == 1


def test_who_begins_is_not_asked_any_more(pair):
    actions.ask_all_to_close(pair.cohort, by=pair.mentor.user, at=NOW)
    begin(pair)
    assert not Notice.objects.unsent().filter(template="pairing/closing_asked").exists()


@pytest.mark.parametrize("write", [notices.closing_asked, notices.pair_completed])
def test_both_read_the_same_words(pair, write):
    one, other = (compose(n) for n in write(pair, at=NOW))
    assert pair.mentee.short_name in one.subject
    assert one.subject.replace(pair.mentee.short_name, "") == other.subject.replace(
        pair.mentor.short_name, ""
    )


def test_mails_of_closing_and_of_an_agreement_have_both_bodies(pair):
    (notice,) = notices.closing_begun(pair, by=pair.mentor.user, at=NOW)
    mail = compose(notice)
    assert f"/pairs/{pair.pk}/close/" in mail.body
    assert f"/pairs/{pair.pk}/close/" in mail.alternatives[0].content


def test_what_one_would_like_can_change(pair):
    pair = a_completed(cohort=pair.cohort)
    for choice in ("mentor", "not now"):
        actions.say_what_next(pair, by=pair.mentee.user, choice=choice, at=NOW)
    assert Afterwards.objects.get().choice == "not now"


# --------------------------------------------------------------------------- pages
def test_the_page_begins_closing_with_one_post_and_never_with_a_get(client, pair):
    client.force_login(pair.mentee.user)
    url = reverse("pairing:close", args=[pair.pk])
    client.get(url)
    client.head(url)
    assert Pair.objects.get(pk=pair.pk).state == State.ACTIVE
    client.post(url)
    assert Pair.objects.get(pk=pair.pk).state == State.CLOSING
    assert "Open the closing review" in client.get(url).content.decode()


def test_the_first_page_shows_that_a_pair_was_asked(client, pair):
    client.force_login(pair.mentor.user)
    words = "Your cohort is closing."
    assert words not in client.get(reverse("home:me")).content.decode()
    Pair.objects.filter(pk=pair.pk).update(closing_asked_at=NOW)
    assert words in client.get(reverse("home:me")).content.decode()


def test_after_completion_each_is_offered_more_and_their_page_stays(client, pair):
    pair = a_completed(cohort=pair.cohort)
    client.force_login(pair.mentee.user)
    assert "complete" in client.get(reverse("home:me")).content.decode()
    assert client.get(reverse("pairing:pair", args=[pair.pk])).status_code == 200
    url = reverse("pairing:afterwards", args=[pair.pk])
    html = client.get(url).content.decode()
    assert html.index("Coordinators can read this") < html.index('type="radio"')
    assert client.post(url, {"choice": "nonsense"}).status_code == 422
    client.post(url, {"choice": "again"})
    assert url not in client.get(reverse("home:me")).content.decode()


def test_a_pair_that_ended_otherwise_is_offered_nothing(client, pair):
    actions.leave_pair(pair, at=NOW)
    client.force_login(pair.mentee.user)
    url = reverse("pairing:afterwards", args=[pair.pk])
    assert client.get(url).status_code == 404


def test_coordinators_see_who_would_like_to_go_on_by_name(client, pair, coordinator):
    for family, choice in (("Zander", "mentor"), ("Abel", "again"), ("No", "not now")):
        done = a_completed(cohort=pair.cohort, mentee__user__family_name=family)
        actions.say_what_next(done, by=done.mentee.user, choice=choice, at=NOW)
    client.force_login(coordinator)
    page = client.get(reverse("pairing:closing", args=[pair.cohort_id]))
    names = [w.participant.user.family_name for w in page.context["wishes"]]
    assert names == ["Abel", "Zander"]
    assert page.context["how_many"] == {
        "to_ask": 1,
        "asked": 0,
        "closing": 0,
        "completed": 3,
    }


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    client, pair, coordinator, rows
):
    for _row in range(rows):
        done = a_completed(cohort=pair.cohort)
        actions.say_what_next(done, by=done.mentee.user, choice="again", at=NOW)
    client.force_login(coordinator)
    with assertNumQueries(7):
        client.get(reverse("pairing:closing", args=[pair.cohort_id]))


def test_the_closing_of_one_cohort_asks_nobody_of_another(pair, coordinator):
    other = PairFactory(cohort=CohortFactory(program=pair.cohort.program))
    actions.ask_all_to_close(pair.cohort, by=coordinator, at=NOW)
    assert Pair.objects.get(pk=other.pk).closing_asked_at is None
