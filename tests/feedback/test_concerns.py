"""Concerns reach a named person who is not the pair, in time or one step higher, and
nobody else learns that there are any."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback import actions
from feedback.models import Concern, ConcernOwner, ConcernWords
from feedback.readers import end_of_working_day, readers_for
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry
from mentorship.charter.models import EscalationStep
from mentorship.outbox import actions as outbox
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from tests import factories as make
from tests.races import at_once
from tests.test_access_matrix import ROWS, address
from tests.world import a_world

NEW = "feedback:raise_concern"
# A Thursday, so that the next working day is a Friday.
THURSDAY = datetime(2026, 11, 26, 15, tzinfo=UTC)


@pytest.fixture
def pair(db):
    """A pair whose charter names three people: coordinator, facilitator, chair."""
    pair = make.PairFactory()
    program = pair.cohort.program
    charter = make.CharterFactory(program=program)
    for position, kind in enumerate(["coordinator", "facilitator", "steering"]):
        owner = make.RoleFactory(program=program, kind=kind).user
        EscalationStep.objects.create(
            charter=charter, position=position, owner=owner, title=kind, reply_days=1
        )
    return pair


def owners_of(pair):
    steps = EscalationStep.objects.filter(charter__program=pair.cohort.program)
    return [step.owner for step in steps]


def a_raised(pair, at=THURSDAY, number=0, **fields):
    readers = readers_for(pair.mentee.user)
    return actions.raise_concern(
        readers[number],
        text="He shouts.",
        by=pair.mentee.user,
        at=at,
        form_id=uuid.uuid4(),
        pair=pair,
        last=readers[-1],
        **fields,
    )


def seen(concern, user):
    with acting_as(user):
        return Concern.objects.filter(pk=concern.pk).exists()


def stored(concern, user):
    with acting_as(user):
        return Concern.objects.get(pk=concern.pk)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


# -------------------------------------------------------------- whom it reaches
def test_the_page_names_who_answers_and_by_when_before_the_first_word(pair):
    html = signed_in(pair.mentee.user).get(reverse(NEW)).content.decode()
    for owner in owners_of(pair):
        assert html.index(owner.name) < html.index("<textarea")
    assert "Answers by" in html


def test_an_owner_who_is_in_the_pair_is_passed_over(pair):
    step = EscalationStep.objects.get(position=0)
    step.owner = pair.mentor.user
    step.save()
    readers = [reader.user for reader in readers_for(pair.mentee.user)]
    assert readers == owners_of(pair)[1:]


def test_nobody_writes_to_themself(pair):
    coordinator = owners_of(pair)[0]
    assert coordinator not in [r.user for r in readers_for(coordinator)]


def test_a_path_that_names_nobody_leads_to_the_coordinators(pair):
    EscalationStep.objects.update(owner=None)
    (coordinator,) = readers_for(pair.mentee.user)
    assert coordinator.user.roles.get().kind == "coordinator"


def test_it_takes_two_clicks_and_reaches_the_chosen_person_alone(pair):
    client, (first, chosen, last) = signed_in(pair.mentee.user), owners_of(pair)
    home = client.get(reverse("home:me")).content.decode()
    assert f'href="{reverse(NEW)}"' in home
    program = pair.cohort.program_id
    data = {
        "reader": f"{program}:{chosen.pk}",
        "about": str(pair.pk),
        "text": "He shouts.",
        "form_id": str(uuid.uuid4()),
    }
    for _click in range(2):
        assert client.post(reverse(NEW), data).status_code == 302
    with acting_as(chosen):
        concern = Concern.objects.get()
        assert concern.words.get().text == "He shouts."
        assert concern.pair == pair
    assert not seen(concern, first)
    assert not seen(concern, last)


def test_a_form_sent_again_with_another_name_says_who_really_has_it(pair):
    client, (first, second, _last) = signed_in(pair.mentee.user), owners_of(pair)
    program = pair.cohort.program_id
    data = {"about": "general", "text": "He shouts.", "form_id": str(uuid.uuid4())}
    client.post(reverse(NEW), {**data, "reader": f"{program}:{first.pk}"})
    again = {**data, "reader": f"{program}:{second.pk}"}
    page = client.post(reverse(NEW), again, follow=True).content.decode()
    assert second.name not in page
    assert f"{first.name} has it now." in page


def test_the_answer_names_both_who_have_it_when_somebody_is_at_risk(pair):
    client, (first, _second, last) = signed_in(pair.mentee.user), owners_of(pair)
    data = {
        "about": "general",
        "text": "He shouts.",
        "form_id": str(uuid.uuid4()),
        "reader": f"{pair.cohort.program_id}:{first.pk}",
        "urgent": "on",
    }
    page = client.post(reverse(NEW), data, follow=True).content.decode()
    assert f"{first.name} and {last.name} have it now." in page


def test_when_somebody_is_at_risk_the_last_of_the_path_hears_at_once(pair):
    concern = a_raised(pair, at=timezone.now(), urgent=True)
    first, middle, last = owners_of(pair)
    assert [seen(concern, who) for who in (first, middle, last)] == [True, False, True]
    for notice in Notice.objects.filter(recipient__in=[first, last]):
        assert notice.context["at_once"] is True


def test_that_one_has_read_it_does_not_call_the_other_s_mail_back(pair):
    concern, (first, _middle, last) = a_raised(pair, urgent=True), owners_of(pair)
    actions.move_concern(concern, "acknowledged", by=first, at=THURSDAY)
    assert Notice.objects.get(recipient=last).state == "pending"


def test_an_urgent_mail_does_not_wait_for_the_morning(pair, mailoutbox):
    now = timezone.now()
    around = [(now + timedelta(hours=hours)).time() for hours in (-1, 1)]
    first = owners_of(pair)[0]
    first.quiet_from, first.quiet_to = around
    first.save()
    a_raised(pair, at=now)
    a_raised(pair, at=now, urgent=True)
    outbox.sweep(timezone.now())
    assert [mail.to for mail in mailoutbox].count([first.email]) == 1


@pytest.mark.parametrize(
    ("day", "days", "last"), [(26, 1, 27), (27, 1, 30), (28, 1, 30), (26, 3, 1)]
)
def test_an_answer_is_due_at_the_end_of_a_working_day(day, days, last):
    moment = datetime(2026, 11, day, 15, tzinfo=UTC)
    due = end_of_working_day(moment, days, (0, 1, 2, 3, 4))
    assert (due.day, due.hour) == (last, 23)


def test_an_empty_concern_is_refused_beside_the_field_and_keeps_the_choice(pair):
    client, chosen = signed_in(pair.mentee.user), owners_of(pair)[1]
    value = f"{pair.cohort.program_id}:{chosen.pk}"
    answer = client.post(reverse(NEW), {"reader": value, "text": " "})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a line or two; one is enough." in html
    assert html.split(f'value="{value}"')[1][:200].count("checked") == 1


TEN_PAGES = [
    ("mentee", "home:me"),
    ("mentee", "pairing:pair"),
    ("mentor", "home:log"),
    ("mentee", "accounts:settings"),
    ("mentor", "pairing:plan"),
    ("coordinator", "home:cohort"),
    ("coordinator", "participants:people"),
    ("facilitator", "charter:charter"),
    ("steering", "insights:report"),
    ("administrator", "charter:programs"),
]


@pytest.mark.django_db(databases=["default", "steer"])
@pytest.mark.parametrize(("role", "name"), TEN_PAGES)
def test_the_way_in_is_one_click_from_every_page(role, name):
    world = a_world()
    row = next(row for row in ROWS if row.name == name)
    html = signed_in(world.people[role]).get(address(row, world.own)).content.decode()
    assert html.count(f'href="{reverse(NEW)}"') == 1


# ------------------------------------------------------------- what becomes of it
def test_owner_and_raiser_write_and_notes_among_owners_stay_there(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    page = reverse("feedback:concern", args=[concern.pk])
    for text, note in (("I call you.", {}), ("Third time.", {"for_owners": "1"})):
        data = {"text": text, "form_id": str(uuid.uuid4()), **note}
        assert signed_in(owner).post(page, data).status_code == 302
    html = signed_in(pair.mentee.user).get(page).content.decode()
    assert "I call you." in html
    assert "Third time." not in html
    assert "Third time." in signed_in(owner).get(page).content.decode()


def test_the_raiser_cannot_write_a_note_among_owners(pair):
    concern = a_raised(pair)
    data = {"text": "More", "form_id": str(uuid.uuid4()), "for_owners": "1"}
    page = reverse("feedback:concern", args=[concern.pk])
    signed_in(pair.mentee.user).post(page, data)
    with acting_as(pair.mentee.user):
        assert not ConcernWords.objects.filter(for_owners=True).exists()
        assert ConcernWords.objects.count() == 2


def test_an_owner_moves_it_on_and_the_raiser_hears_each_time(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    for state in ("acknowledged", "in hand", "closed"):
        actions.move_concern(concern, state, by=owner, at=timezone.now())
        assert stored(concern, pair.mentee.user).state == state
    mine = Notice.objects.filter(recipient=pair.mentee.user)
    assert mine.count() == 3
    with pytest.raises(actions.ConcernHasMoved):
        actions.move_concern(concern, "in hand", by=owner, at=timezone.now())


def test_the_raiser_takes_it_back_and_nobody_is_asked_any_more(pair):
    concern = a_raised(pair)
    move = reverse("feedback:move_concern", args=[concern.pk])
    signed_in(pair.mentee.user).post(move, {"state": "withdrawn"})
    assert stored(concern, pair.mentee.user).state == "withdrawn"
    assert actions.climb_concerns(THURSDAY + timedelta(days=9)) == 0


# ----------------------------------------------------------------------- climbing
def test_an_overdue_concern_climbs_one_step_a_night(pair):
    concern, (first, second, third) = a_raised(pair), owners_of(pair)
    friday, monday = THURSDAY + timedelta(days=1), THURSDAY + timedelta(days=4)
    assert actions.climb_concerns(friday) == 0
    assert actions.climb_concerns(friday + timedelta(hours=9)) == 1
    assert actions.climb_concerns(friday + timedelta(hours=9)) == 0
    assert [seen(concern, who) for who in (first, second, third)] == [True, True, False]
    assert stored(concern, second).reply_by.date() == monday.date()
    assert Notice.objects.filter(recipient=second).count() == 1
    assert actions.climb_concerns(monday + timedelta(hours=9)) == 1
    assert seen(concern, third)
    assert actions.climb_concerns(monday + timedelta(days=9)) == 0


def test_one_that_somebody_has_read_does_not_climb(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    actions.move_concern(concern, "acknowledged", by=owner, at=THURSDAY)
    assert actions.climb_concerns(THURSDAY + timedelta(days=9)) == 0


def written_in(concern, by, **more):
    fields = {"text": "I call you.", "form_id": uuid.uuid4(), "at": THURSDAY}
    actions.write_in_concern(concern, by=by, **fields, **more)


def test_one_that_was_answered_in_words_does_not_climb(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    written_in(concern, owner)
    assert stored(concern, owner).state == "acknowledged"
    assert stored(concern, owner).acknowledged_at == THURSDAY
    assert actions.climb_concerns(THURSDAY + timedelta(days=9)) == 0


def test_more_words_of_the_raiser_or_among_owners_are_no_answer(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    written_in(concern, pair.mentee.user)
    written_in(concern, owner, for_owners=True)
    assert stored(concern, owner).state == "raised"
    assert actions.climb_concerns(THURSDAY + timedelta(days=9)) == 1


def test_climbing_passes_over_the_partner_the_raiser_and_who_has_left(pair):
    program = pair.cohort.program
    charter = program.versions.get()
    steps = charter.escalation.filter(position__gt=0)
    people = [pair.mentor.user, pair.mentee.user, make.UserFactory(is_active=False)]
    for position, owner in enumerate(people, start=10):
        steps.create(
            charter=charter, position=position, owner=owner, title="x", reply_days=1
        )
    concern = a_raised(pair, number=2)
    assert actions.climb_concerns(THURSDAY + timedelta(days=9)) == 0
    with acting_as(pair.mentee.user):
        assert ConcernOwner.objects.filter(concern=concern).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_nights_at_once_climb_one_step(pair):
    concern, late = a_raised(pair), THURSDAY + timedelta(days=9)
    results = at_once(*[lambda: actions.climb_concerns(late)] * 2)
    assert sorted(results) == [0, 1]
    with acting_as(pair.mentee.user):
        assert ConcernOwner.objects.filter(concern=concern).count() == 2


@pytest.mark.django_db(transaction=True)
def test_reading_and_climbing_at_once_do_one_or_both_in_order(pair):
    concern, owner = a_raised(pair), owners_of(pair)[0]
    late = THURSDAY + timedelta(days=9)
    climbed, _read = at_once(
        lambda: actions.climb_concerns(late),
        lambda: actions.move_concern(concern, "acknowledged", by=owner, at=late),
    )
    assert climbed in (0, 1)
    assert stored(concern, owner).state == "acknowledged"


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_twice_at_once_is_one_concern(pair):
    reader, by, form_id = (
        readers_for(pair.mentee.user)[0],
        pair.mentee.user,
        uuid.uuid4(),
    )
    sending = {"text": "x", "by": by, "at": THURSDAY, "form_id": form_id}
    first, second = at_once(*[lambda: actions.raise_concern(reader, **sending)] * 2)
    assert first.pk == second.pk
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_as_many_queries_for_one_as_for_three(
    pair, number, django_assert_num_queries
):
    for _each in range(number):
        a_raised(pair)
    client = signed_in(pair.mentee.user)
    client.get(reverse("feedback:concerns"))
    with django_assert_num_queries(10):
        client.get(reverse("feedback:concerns"))


# -------------------------------------------------------------------- what leaks
def test_without_a_user_the_database_shows_no_concern_at_all(pair):
    a_raised(pair)
    for model in (Concern, ConcernOwner, ConcernWords):
        assert not model.objects.exists()


def test_partner_other_staff_and_administrator_do_not_find_it(pair):
    concern = a_raised(pair)
    administrator = make.UserFactory(is_staff=True, is_superuser=True)
    for user in (pair.mentor.user, *owners_of(pair)[1:], administrator):
        client = signed_in(user)
        page = client.get(reverse("feedback:concern", args=[concern.pk]))
        assert page.status_code == 404
        assert not seen(concern, user)
        listed = client.get(reverse("feedback:concerns")).content.decode()
        assert pair.mentee.user.name not in listed


def pages_of(pair):
    return [
        reverse("home:me"),
        reverse("pairing:pair", args=[pair.pk]),
        reverse("feedback:concerns"),
    ]


def looked_at(client, url):
    """A page's text and what it asked the database."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(url).content.decode()
    return html.split("csrfmiddlewaretoken")[0], len(queries)


def test_the_partner_s_pages_are_the_same_to_the_last_query(pair):
    client = signed_in(pair.mentor.user)
    before = [looked_at(client, url) for url in pages_of(pair)]
    a_raised(pair, at=timezone.now())
    assert [looked_at(client, url) for url in pages_of(pair)] == before


def test_nobody_of_the_pair_hears_of_it_and_no_audit_entry_tells(pair):
    audited = AuditEntry.objects.count()
    concern, owner = a_raised(pair), owners_of(pair)[0]
    actions.climb_concerns(THURSDAY + timedelta(days=9))
    actions.move_concern(concern, "closed", by=owner, at=timezone.now())
    assert not Notice.objects.filter(recipient=pair.mentor.user).exists()
    assert AuditEntry.objects.count() == audited


def test_the_mail_says_nothing_and_is_in_no_program_s_list(pair):
    a_raised(pair, at=timezone.now())
    notice = Notice.objects.get()
    mail = compose(notice)
    whole = f"{mail.subject}{mail.body}{mail.alternatives}{mail.extra_headers}"
    for word in (pair.mentee.user.name, pair.mentor.user.name, "shouts"):
        assert word not in whole
    assert "oncern" not in mail.subject + mail.extra_headers["Message-ID"]
    assert pair.cohort.program.name not in whole
    assert "List-Unsubscribe" not in mail.extra_headers
    coordinator = signed_in(owners_of(pair)[0])
    sent = coordinator.get(reverse("ops:delivery", args=[pair.cohort.program_id]))
    assert "No mail of this kind." in sent.content.decode()
