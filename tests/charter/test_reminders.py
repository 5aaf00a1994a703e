"""Coordinators say when and in which words reminders go out; nothing is lost."""

from datetime import time

import pytest
from django.urls import reverse

from mentorship.charter import actions
from mentorship.charter.models import Rhythm
from mentorship.charter.shell import program_shell
from mentorship.charter.wording import filled, problem_with
from mentorship.outbox.models import Notice
from tests.factories import CohortFactory, NoticeFactory, RoleFactory
from tests.races import at_once

SAVED = {"version": "0", "is_on": "on", "days": "2", "at": "08:30"}


@pytest.fixture
def cohort(db):
    return CohortFactory()


@pytest.fixture
def coordinator(client, cohort):
    user = RoleFactory(program=cohort.program).user
    client.force_login(user)
    return user


def test_a_program_has_a_rhythm_and_a_cohort_its_own(client, cohort, coordinator):
    of_program = reverse("charter:program_rhythm", args=[cohort.program_id, "session"])
    of_cohort = reverse("charter:cohort_rhythm", args=[cohort.pk, "session"])
    assert client.post(of_program, SAVED).status_code == 302
    page = client.get(reverse("charter:cohort_reminders", args=[cohort.pk]))
    assert "2 days before, at 8:30 a.m." in page.content.decode()
    assert client.post(of_cohort, {**SAVED, "days": "4"}).status_code == 302
    page = client.get(reverse("charter:cohort_reminders", args=[cohort.pk]))
    assert "4 days before" in page.content.decode()
    assert "This cohort’s own" in page.content.decode()
    client.post(reverse("charter:drop_rhythm", args=[cohort.pk, "session"]))
    assert not cohort.rhythms.exists()


def test_what_is_planned_and_unsent_is_taken_back(client, cohort, coordinator):
    facts = {"kind": "session", "cohort_id": cohort.pk}
    planned = NoticeFactory(context={"planned_for": "2026-10-20"}, **facts)
    told = NoticeFactory(context={}, **facts)
    client.post(reverse("charter:cohort_rhythm", args=[cohort.pk, "session"]), SAVED)
    states = dict(Notice.objects.values_list("pk", "state"))
    assert states == {planned.pk: "canceled", told.pk: "pending"}


def test_a_stale_form_shows_both_and_saves_nothing(client, cohort, coordinator):
    page = reverse("charter:cohort_rhythm", args=[cohort.pk, "session"])
    theirs = {**SAVED, "en-opening": "Soon you meet."}
    assert client.post(page, theirs).status_code == 302
    mine = {**SAVED, "en-opening": "See you soon."}
    answer = client.post(page, mine)
    assert answer.status_code == 409
    assert "<dt>Send these</dt><dd>Yes</dd>" in answer.content.decode()
    for words in ("Soon you meet.", "See you soon."):
        assert words in answer.content.decode()
    assert cohort.rhythms.get().words == {"en": {"opening": "Soon you meet."}}
    assert client.post(page, {**mine, "version": "1"}).status_code == 302
    assert cohort.rhythms.get().words == {"en": {"opening": "See you soon."}}


@pytest.mark.django_db(transaction=True)
def test_of_two_first_rhythms_at_once_one_is_kept():
    cohort = CohortFactory()
    user = RoleFactory(program=cohort.program).user

    def keep(hour):
        facts = {"version": 0, "by": user, "at": time(hour)}
        return actions.keep_rhythm(cohort, "session", **facts)

    results = at_once(lambda: keep(7), lambda: keep(8))
    lost = [one for one in results if isinstance(one, actions.RhythmHasChanged)]
    assert len(lost) == 1
    assert Rhythm.objects.count() == 1


@pytest.mark.parametrize(
    "words",
    [
        "Hi\nBcc: all@kestrel.example",
        "Hi\r\nSubject: x",
        "<b>Hi</b>",
        "Hello {user.password}",
        "Hello {partner",
        "Hello }",
        "nul\x00",
        "turned \u202e around",
    ],
)
def test_words_that_would_break_a_mail_are_refused(client, cohort, coordinator, words):
    assert problem_with(words, "session")
    page = reverse("charter:cohort_rhythm", args=[cohort.pk, "session"])
    answer = client.post(page, {**SAVED, "en-button": words})
    assert answer.status_code == 422
    assert not cohort.rhythms.exists()


def test_placeholders_are_filled_once_and_only_ours():
    facts = {"partner": "{program} <Ada>", "program": "Leads", "secret": "no"}
    text = "{partner} in {program}"
    assert not problem_with(text, "session")
    assert filled(text, facts) == "{program} <Ada> in Leads"
    assert "digest" in Rhythm.Kind.values
    assert problem_with("{partner}", "digest")


def test_a_session_is_not_reminded_of_on_its_own_day(client, cohort, coordinator):
    page = reverse("charter:cohort_rhythm", args=[cohort.pk, "session"])
    answer = client.post(page, {**SAVED, "days": "0"})
    assert answer.status_code == 422
    assert "08:30" in answer.content.decode()


def test_a_form_with_errors_says_so_in_its_title(client, cohort, coordinator):
    page = reverse("charter:cohort_rhythm", args=[cohort.pk, "session"])
    answer = client.post(page, {**SAVED, "days": "99"}).content.decode()
    assert "<title>Error: Sessions" in answer
    assert "Write a number of at most 30." in answer


def test_pages_of_a_program_lead_back_to_the_cohort_that_runs(cohort):
    for stage in ("active", "pairing"):
        last = CohortFactory(program=cohort.program, stage=stage)
    shell = program_shell(cohort.program, "report")
    assert (shell["cohort"].stage, shell["cohorts"][0]) == ("active", last)
