"""Coordinators see whether mail arrived, never what it says."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.models import AuditEntry
from mentorship.outbox.actions import hold_mail
from mentorship.outbox.models import Notice
from tests.factories import (
    CohortFactory,
    MentorFactory,
    NoticeFactory,
    PairFactory,
    ProgramFactory,
    RoleFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    program = ProgramFactory()
    CohortFactory(program=program)
    return program


@pytest.fixture
def coordinator(program, client):
    user = RoleFactory(program=program).user
    client.force_login(user)
    return user


def page_of(program):
    return reverse("ops:delivery", args=[program.pk])


def retry_of(notice):
    return reverse("ops:retry", args=[notice.program_id, notice.pk])


def test_the_list_tells_kind_and_delivery_and_no_words(program, coordinator, client):
    NoticeFactory(
        program_id=program.pk,
        state="skipped",
        skipped_because="late",
        context={"path": "/x/", "label": "canary-words"},
    )
    NoticeFactory(recipient__given_name="Elsewhere")
    page = client.get(page_of(program)).content.decode()
    assert "its time had passed" in page
    assert "canary-words" not in page
    assert "Elsewhere" not in page


def test_a_dead_mail_can_be_tried_again_and_the_log_says_who(
    program, coordinator, client
):
    notice = NoticeFactory(program_id=program.pk, state="dead", attempts=5)
    assert retry_of(notice) in client.get(page_of(program)).content.decode()
    client.post(retry_of(notice))
    notice.refresh_from_db()
    assert notice.state == "pending"
    entry = AuditEntry.objects.get(verb="retried mail")
    assert (entry.by, entry.program_id) == (coordinator, program.pk)


def test_what_is_no_longer_needed_is_not_tried_again(program, coordinator, client):
    notice = NoticeFactory(program_id=program.pk, state="dead", trouble="address")
    Notice.objects.filter(pk=notice.pk).cancel()
    client.post(retry_of(notice))
    client.post(
        reverse("ops:retry_all", args=[program.pk]), {"trouble": notice.trouble}
    )
    notice.refresh_from_db()
    assert notice.state == "canceled"


def test_what_was_sent_is_not_sent_again(program, coordinator, client):
    notice = NoticeFactory(program_id=program.pk, state="skipped")
    client.post(retry_of(notice))
    notice.refresh_from_db()
    assert notice.state == "skipped"
    assert not AuditEntry.objects.filter(verb="retried mail").exists()


def test_another_programs_mail_is_not_found(program, coordinator, client):
    notice = NoticeFactory(program_id=ProgramFactory().pk, state="dead")
    address = reverse("ops:retry", args=[program.pk, notice.pk])
    assert client.post(address).status_code == 404
    assert client.get(page_of(ProgramFactory())).status_code == 404


@pytest.mark.parametrize("kind", ["steering", "sponsor", "facilitator"])
def test_other_roles_may_not_look(program, client, kind):
    client.force_login(RoleFactory(program=program, kind=kind).user)
    assert client.get(page_of(program)).status_code == 403


def test_the_list_can_be_narrowed(program, coordinator, client):
    NoticeFactory(program_id=program.pk, state="dead", recipient__given_name="Rosa")
    NoticeFactory(program_id=program.pk, recipient__given_name="Kwame")
    page = client.get(page_of(program), {"state": "dead"}).content.decode()
    assert "Rosa" in page
    assert "Kwame" not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_needs_as_many_queries_for_three_rows_as_for_one(
    program, coordinator, client, django_assert_num_queries, rows
):
    NoticeFactory.create_batch(rows, program_id=program.pk, state="dead")
    with django_assert_num_queries(12):
        client.get(page_of(program))


def test_a_coordinator_in_a_pair_does_not_see_what_was_suggested_to_the_partner(
    program, coordinator, client
):
    mine = MentorFactory(cohort=program.cohorts.get(), user=coordinator)
    pair = PairFactory(cohort=mine.cohort, mentor=mine)
    for person in (pair.mentee.user, UserFactory(given_name="Another"), coordinator):
        for kind in ("care", "reflection"):
            NoticeFactory(program_id=program.pk, recipient=person, kind=kind)
    NoticeFactory(
        program_id=program.pk, recipient__given_name="Session", kind="session"
    )
    page = client.get(page_of(program)).content.decode()
    assert pair.mentee.user.name not in page
    for name in ("Another", "Session", coordinator.name):
        assert name in page


def test_all_that_died_of_one_reason_is_tried_again_and_nothing_else(
    program, coordinator, client
):
    dead = {"program_id": program.pk, "state": "dead", "attempts": 5}
    refused = NoticeFactory.create_batch(2, trouble="address", **dead)
    broken = NoticeFactory(trouble="broken", **dead)
    elsewhere = NoticeFactory(trouble="address", state="dead")
    page = client.get(page_of(program)).content.decode()
    assert "2 mails: the address was refused" in page
    address = reverse("ops:retry_all", args=[program.pk])
    client.post(address, {"trouble": "address"})
    for notice, state in [
        *[(each, "pending") for each in refused],
        (broken, "dead"),
        (elsewhere, "dead"),
    ]:
        notice.refresh_from_db()
        assert notice.state == state
    entry = AuditEntry.objects.get(verb="retried mails")
    assert (entry.by, entry.changes) == (coordinator, {"mails": 2})
    client.post(address, {"trouble": "address"})
    assert AuditEntry.objects.filter(verb="retried mails").count() == 1


def test_a_coordinator_in_a_pair_tries_no_hint_to_the_partner_again(
    program, coordinator, client
):
    mine = MentorFactory(cohort=program.cohorts.get(), user=coordinator)
    pair = PairFactory(cohort=mine.cohort, mentor=mine)
    fields = {"program_id": program.pk, "state": "dead", "trouble": "address"}
    hint = NoticeFactory(recipient=pair.mentee.user, kind="care", **fields)
    client.post(reverse("ops:retry_all", args=[program.pk]), {"trouble": "address"})
    assert client.post(retry_of(hint)).status_code == 404
    hint.refresh_from_db()
    assert hint.state == "dead"


def test_the_page_says_whose_mail_comes_back_and_since_when_mail_waits(
    program, coordinator, client
):
    place = MentorFactory(cohort=program.cohorts.get())
    user = place.user
    user.returned_address = user.email
    user.returned_until = timezone.now() + timedelta(days=3)
    user.save()
    NoticeFactory(program_id=program.pk)
    hold_mail(because="restored from a backup", at=timezone.now())
    page = client.get(page_of(program)).content.decode()
    assert f"{user.name} " in page
    assert "waiting for 2\xa0hours" in page
    assert "restored from a backup" in page


def test_mail_that_came_too_late_keeps_nobody_waiting(program, coordinator, client):
    past = timezone.now() - timedelta(hours=1)
    NoticeFactory(program_id=program.pk, not_after=past)
    assert "has been waiting" not in client.get(page_of(program)).content.decode()
