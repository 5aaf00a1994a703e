"""How two people agree on their way of working, and change it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from mentorship.accounts.acting import acting_as
from mentorship.charter.models import CharterText
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing import actions
from pairing.actions import AgreementHasChanged, PairHasEnded
from pairing.models import Agreement, AgreementWords, HealthReason, Pair
from tests.factories import CharterFactory, PairFactory, RoleFactory, SessionFactory
from tests.races import at_once

NOW = timezone.now()
LATER = NOW + timedelta(days=3)
CANARY = "canary-agreed"
FACTS = {
    "rhythm_days": 7,
    "minutes": 60,
    "channels": ["video", "in person"],
    "books": "turns",
}
WORDS = {
    "goals": f"Grow calm in reviews, {CANARY}",
    "confidentiality": "",
    "boundaries": "No weekends",
    "ending": "With a coffee",
}
FORM = FACTS | WORDS | {"seen": ""}


@pytest.fixture
def pair(db):
    pair = PairFactory()
    CharterFactory(program=pair.cohort.program)
    return pair


def propose(pair, side="mentee", seen="", at=NOW, facts=(), **words):
    return actions.propose_agreement(
        pair,
        by=getattr(pair, side).user,
        at=at,
        seen=seen,
        facts=FACTS | dict(facts),
        words=WORDS | words,
    )


def agree(pair, side, seen, at=NOW):
    return actions.agree(pair, by=getattr(pair, side).user, at=at, seen=seen)


def url(pair, name="agreement"):
    return reverse(f"pairing:{name}", args=[pair.pk])


# ------------------------------------------------------------------------- actions
def test_writing_counts_as_the_writers_yes_and_asks_the_other(pair):
    agreement = propose(pair)
    assert agreement.is_agreed_by("mentee")
    assert not agreement.is_agreed_by("mentor")
    notice = Notice.objects.get(template="pairing/agreement_proposed")
    assert notice.recipient == pair.mentor.user
    assert CANARY not in compose(notice).body


def test_with_both_it_is_in_force_and_the_pairs_rhythm_follows(pair):
    agreement = agree(pair, "mentor", propose(pair).edition, at=LATER)
    pair.refresh_from_db()
    assert agreement.state == Agreement.State.AGREED
    assert agreement.agreed_at == LATER
    assert pair.rhythm_days == 7
    told = Notice.objects.get(template="pairing/agreement_settled")
    assert told.recipient == pair.mentee.user


def test_a_changed_text_asks_the_first_writer_again(pair):
    first = propose(pair)
    changed = propose(pair, "mentor", seen=first.edition, boundaries="No mails")
    assert changed.pk == first.pk
    assert changed.is_agreed_by("mentor")
    assert not changed.is_agreed_by("mentee")
    with pytest.raises(AgreementHasChanged):
        agree(pair, "mentee", first.edition)
    assert agree(pair, "mentee", changed.edition).state == "agreed"


def test_a_new_agreement_replaces_the_one_before_and_both_stay_on_record(pair):
    first = agree(pair, "mentor", propose(pair).edition)
    second = propose(pair, "mentor", seen=first.edition, facts={"rhythm_days": 14})
    assert pair.agreements.in_force().get() == first
    agree(pair, "mentee", second.edition, at=LATER)
    assert [(a.number, a.state) for a in pair.agreements.all()] == [
        (2, "agreed"),
        (1, "replaced"),
    ]
    assert Pair.objects.get(pk=pair.pk).rhythm_days == 14


def test_ones_own_proposal_is_not_in_force_however_often_one_agrees(pair):
    agreement = propose(pair)
    assert agree(pair, "mentee", agreement.edition).state == "proposed"


def test_an_ended_pair_agrees_on_nothing(pair):
    actions.leave_pair(pair, at=NOW)
    with pytest.raises(PairHasEnded):
        propose(pair)


def test_coordinators_reach_no_word_of_it(pair):
    propose(pair)
    coordinator = RoleFactory(program=pair.cohort.program).user
    with acting_as(coordinator):
        assert not AgreementWords.objects.exists()
    with acting_as(pair.mentor.user):
        assert AgreementWords.objects.get().boundaries == "No weekends"


@pytest.mark.django_db(transaction=True)
def test_a_yes_and_a_change_at_once_never_agree_to_words_unread():
    pair = PairFactory()
    CharterFactory(program=pair.cohort.program)
    seen = propose(pair).edition
    results = at_once(
        lambda: agree(pair, "mentor", seen),
        lambda: propose(pair, "mentee", seen=seen, goals="Something else"),
    )
    lost = [r for r in results if isinstance(r, AgreementHasChanged)]
    assert len(lost) == 1
    agreement = pair.agreements.get()
    with acting_as(pair.mentee.user):
        goals = AgreementWords.objects.get().goals
    changed = goals == "Something else"
    assert agreement.state == ("proposed" if changed else "agreed")


@pytest.mark.django_db(transaction=True)
def test_two_who_write_at_once_leave_one_proposal():
    pair = PairFactory()
    results = at_once(lambda: propose(pair), lambda: propose(pair, "mentor"))
    assert sum(isinstance(r, AgreementHasChanged) for r in results) == 1
    assert pair.agreements.count() == 1


# --------------------------------------------------------------------------- pages
def test_the_form_begins_with_the_charter(client, pair):
    charter = pair.cohort.program.in_force
    charter.rhythm_days, charter.session_minutes = 14, 60
    charter.save()
    sections = {"boundaries": "This is **not** therapy."}
    CharterText.objects.filter(charter=charter).update(sections=sections)
    client.force_login(pair.mentee.user)
    page = client.get(url(pair, "agreement_write"))
    form = page.context["form"]
    assert form["rhythm_days"].value() == 14
    assert form["minutes"].value() == 60
    html = page.content.decode()
    assert "This is <strong>not</strong> therapy." in html
    assert html.index(f"You and {pair.mentor.short_name}") < html.index("<textarea")


def test_write_agree_and_read(client, pair):
    client.force_login(pair.mentee.user)
    assert client.post(url(pair, "agreement_write"), FORM).url == url(pair)
    client.force_login(pair.mentor.user)
    page = client.get(url(pair))
    assert CANARY in page.content.decode()
    client.post(url(pair), {"seen": page.context["proposal"].edition})
    page = client.get(url(pair))
    assert page.context["current"].number == 1
    assert "Every week" in page.content.decode()


def test_an_empty_form_keeps_what_was_typed_and_says_what_is_missing(client, pair):
    client.force_login(pair.mentee.user)
    page = client.post(url(pair, "agreement_write"), FORM | {"goals": "", "books": ""})
    assert page.status_code == 422
    html = page.content.decode()
    assert "One sentence is enough." in html
    assert "No weekends" in html
    assert not pair.agreements.exists()


def test_a_stale_save_shows_both_texts(client, pair):
    propose(pair, "mentor", goals="Theirs")
    client.force_login(pair.mentee.user)
    page = client.post(url(pair, "agreement_write"), FORM | {"goals": "Mine"})
    assert page.status_code == 409
    html = page.content.decode()
    assert "Theirs" in html
    assert "Mine" in html
    again = FORM | {"goals": "Mine", "seen": page.context["form"]["seen"].value()}
    assert client.post(url(pair, "agreement_write"), again).status_code == 302
    assert not pair.agreements.get().is_agreed_by("mentor")


def test_sending_the_same_form_twice_is_sending_it_once(client, pair):
    client.force_login(pair.mentee.user)
    for _time in range(2):
        assert client.post(url(pair, "agreement_write"), FORM).status_code == 302
    assert pair.agreements.get().version == 1


def test_the_history_says_what_each_version_changed(client, pair):
    first = agree(pair, "mentor", propose(pair).edition)
    second = propose(pair, "mentor", seen=first.edition, boundaries="No mails")
    agree(pair, "mentee", second.edition)
    client.force_login(pair.mentee.user)
    newest, oldest = client.get(url(pair)).context["history"]
    assert newest[1] == [("Boundaries", "No weekends", "No mails")]
    assert oldest[1] == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_three_versions_as_for_one(
    client, pair, rows
):
    seen = ""
    for _number in range(rows):
        seen = agree(pair, "mentor", propose(pair, seen=seen).edition).edition
    client.force_login(pair.mentee.user)
    with assertNumQueries(9):
        client.get(url(pair))


def test_both_are_asked_for_it_after_the_first_session_and_not_before(client, pair):
    client.force_login(pair.mentee.user)
    ask = "How do you want to work together?"
    assert ask not in client.get(reverse("home:me")).content.decode()
    SessionFactory(pair=pair)
    for page in (reverse("home:me"), reverse("pairing:pair", args=[pair.pk])):
        assert ask in client.get(page).content.decode()
    agree(pair, "mentor", propose(pair).edition)
    assert ask not in client.get(reverse("home:me")).content.decode()


def test_a_pair_that_is_told_so_already_is_not_asked_twice(client, pair):
    SessionFactory(pair=pair)
    HealthReason.objects.create(
        pair=pair,
        reason=HealthReason.Reason.NO_AGREEMENT,
        since_on=timezone.localdate(),
        pair_told_at=timezone.now(),
    )
    client.force_login(pair.mentee.user)
    page = client.get(reverse("home:me")).content.decode()
    assert "have met twice, without an agreement so far" in page
    assert "How do you want to work together?" not in page


def test_an_ended_pair_is_not_asked_for_an_agreement(client, pair):
    pair.state, pair.ending, pair.ended_by = "ended", "completed", pair.mentor.user
    pair.ended_at = timezone.now()
    pair.save()
    client.force_login(pair.mentee.user)
    page = client.get(reverse("pairing:pair", args=[pair.pk])).content.decode()
    assert "Nothing is written down yet" not in page


def test_a_proposal_waits_on_the_first_page_of_the_other_alone(client, pair):
    propose(pair)
    ask = "wrote down how you could work together"
    for place, sees in ((pair.mentor, True), (pair.mentee, False)):
        client.force_login(place.user)
        assert (ask in client.get(reverse("home:me")).content.decode()) is sees


def test_coordinators_see_that_it_exists_and_its_rhythm(client, pair):
    agree(pair, "mentor", propose(pair).edition)
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    html = client.get(reverse("pairing:pair", args=[pair.pk])).content.decode()
    assert "Every week, agreed" in html
    assert CANARY not in html
    assert "No weekends" not in html


def test_a_pair_that_ends_is_not_asked_to_agree_any_more(pair):
    propose(pair)
    actions.leave_pair(pair, at=NOW)
    asked = Notice.objects.get(template="pairing/agreement_proposed")
    assert asked.state == "canceled"
