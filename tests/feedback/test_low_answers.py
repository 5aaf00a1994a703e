"""A low answer opens a suggestion to whoever gave it, and to nobody else."""

from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.actions import write_reflection
from feedback.low import low_scales
from mentorship.accounts.models import AuditEntry
from mentorship.outbox.models import Notice
from tests.factories import ReflectionFactory, RoleFactory, SessionFactory

NOW = timezone.now()
GOOD = {"confidence": 4, "together": 4, "clarity": 4}


def before(**answers):
    return SimpleNamespace(**answers)


@pytest.mark.parametrize(
    ("pulse", "last", "low"),
    [
        ({"together": 1}, None, ["together"]),
        ({"together": 2}, None, ["together"]),
        ({"together": 3}, None, []),
        ({"together": None}, before(together=5), []),
        ({"together": 3}, before(together=5), ["together"]),
        ({"together": 4}, before(together=5), []),
        ({"together": 3}, before(together=None), []),
        ({"confidence": 2, "clarity": 1}, None, ["confidence", "clarity"]),
    ],
)
def test_low_is_one_or_two_or_a_clear_drop(pulse, last, low):
    assert low_scales(pulse, last) == low


@pytest.fixture
def reflection(db):
    return ReflectionFactory()


@pytest.fixture
def coordinator(reflection):
    program = reflection.session.pair.cohort.program
    return RoleFactory(program=program).user


def open_page(client, reflection, reader=None, **pulse):
    author = reflection.author.user
    write_reflection(reflection, by=author, at=NOW, pulse={**GOOD, **pulse})
    client.force_login(reader or author)
    return client.get(reverse("feedback:suggestion", args=[reflection.pk]))


def test_the_writer_reads_something_to_try(client, reflection):
    page = open_page(client, reflection, together=2).content.decode()
    assert "Only you" in page
    assert "how you work together, before any topic" in page
    assert "next small step" not in page


def test_a_clear_drop_since_the_last_session_counts(client, reflection):
    session = SessionFactory(
        pair=reflection.session.pair,
        held_on=reflection.session.held_on - timedelta(days=7),
    )
    earlier = ReflectionFactory(session=session, author=reflection.author)
    high = {**GOOD, "clarity": 5}
    write_reflection(earlier, by=reflection.author.user, at=NOW, pulse=high)
    page = open_page(client, reflection, clarity=3).content.decode()
    assert "next small step" in page


def test_good_answers_have_no_such_page(client, reflection):
    assert open_page(client, reflection).status_code == 302


def test_telling_somebody_is_a_mail_of_ones_own_without_the_answers(
    client, reflection, coordinator
):
    page = unquote(open_page(client, reflection, together=1).content.decode())
    partner = reflection.session.pair.mentor.user
    assert f"mailto:{partner.email}?subject=Our next session" in page
    assert f"mailto:{coordinator.email}?subject=A few minutes" in page
    assert "Distant" not in page


def test_a_coordinator_who_is_the_partner_is_not_offered_as_one(client, reflection):
    pair = reflection.session.pair
    RoleFactory(program=pair.cohort.program, user=pair.mentor.user)
    page = open_page(client, reflection, together=1).content.decode()
    assert "Write to a coordinator" not in page


def test_nobody_is_told_by_itself(client, reflection, coordinator):
    open_page(client, reflection, together=1)
    assert not Notice.objects.exists()
    assert not AuditEntry.objects.exists()


def test_nobody_else_opens_it(client, reflection, coordinator):
    for reader in (coordinator, reflection.session.pair.mentor.user):
        assert open_page(client, reflection, reader, together=1).status_code == 404


def test_looking_back_with_a_low_answer_leads_there(client, reflection):
    client.force_login(reflection.author.user)
    answers = {"clarity": "2", "confidence-skip": "1", "together-skip": "1"}
    answer = client.post(reverse("feedback:reflect", args=[reflection.pk]), answers)
    assert answer.url == reverse("feedback:suggestion", args=[reflection.pk])
