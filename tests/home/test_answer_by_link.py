"""Two taps by the link in a mail, without signing in."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.models import Reflection
from mentorship.accounts.acting import acting_as
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing import actions, links
from pairing.models import Session, SessionWords
from tests.factories import CharterFactory, PairFactory
from tests.races import at_once

NOW = timezone.now()
CANARY = "canary-77c2"


@pytest.fixture
def pair(db):
    return PairFactory()


@pytest.fixture
def session(pair):
    session = actions.plan_session(
        pair,
        by=pair.mentor.user,
        at=NOW - timedelta(days=9),
        starts_at=NOW - timedelta(hours=2),
        minutes=45,
        channel="video",
        place=CANARY,
    )
    with acting_as(pair.mentor.user):
        words = SessionWords.objects.get(session=session)
        words.topics, words.useful_to_mentor = [CANARY], CANARY
        words.save()
    return session


def address(session, place):
    token = links.token_for(session.pk, place.user_id)
    return reverse("home:answer_by_link", args=[token])


@pytest.fixture
def url(session, pair):
    return address(session, pair.mentee)


@pytest.fixture
def phone():
    """Nobody is signed in, and a post without its cookie would be refused."""
    return Client(enforce_csrf_checks=True)


def stands(session):
    session = Session.objects.get(pk=session.pk)
    return session.state, session.minutes, session.logged_by, session.confirmed_by


def everything():
    """The rows that a link could change."""
    models = (Session, SessionWords, Reflection, Notice)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_three_times_changes_nothing(phone, url, method):
    before = everything()
    for _ in range(3):
        answer = getattr(phone, method)(url)
        assert answer.status_code == 200
        assert not answer.cookies
    assert everything() == before


def test_one_post_logs_the_session_and_asks_both_to_look_back(
    phone, pair, session, url
):
    assert phone.post(url, {"answer": "30"}).status_code == 302
    assert stands(session) == ("held", 30, pair.mentee, None)
    assert Reflection.objects.asked().count() == 2
    page = phone.get(url).content.decode()
    assert "Noted. Thank you." in page
    mine = Reflection.objects.get(author=pair.mentee)
    assert reverse("feedback:reflect", args=[mine.pk]) in page


def test_a_second_post_is_the_same_word(phone, session, url):
    phone.post(url, {"answer": "30"})
    before = everything()
    assert phone.post(url, {"answer": "30"}).status_code == 302
    assert everything() == before


def test_we_did_not_meet_is_an_answer_without_blame(phone, pair, session, url):
    phone.post(url, {"answer": "no"})
    assert stands(session) == ("missed", 45, pair.mentee, None)
    assert "That happens, and nothing more is asked." in phone.get(url).content.decode()
    assert not Reflection.objects.exists()


def test_the_partner_is_offered_to_confirm_or_correct(phone, pair, session, url):
    phone.post(address(session, pair.mentor), {"answer": "60"})
    page = phone.get(url).content.decode()
    assert f"{pair.mentor.short_name} says that you met" in page
    assert re.search(r'value="60"[^>]*checked', page)
    phone.post(url, {"answer": "60"})
    assert stands(session) == ("held", 60, pair.mentor, pair.mentee)
    assert "You both say so" in phone.get(url).content.decode()


def test_confirming_keeps_the_partners_length_to_the_minute(phone, pair, session, url):
    actions.answer_session(session, by=pair.mentor.user, at=NOW, minutes=50)
    phone.post(url, {"answer": "45"})
    assert stands(session) == ("held", 50, pair.mentor, pair.mentee)


def test_a_session_planned_without_a_way_is_told_by_its_length(phone, session, url):
    Session.objects.filter(pk=session.pk).update(channel="")
    phone.post(url, {"answer": "30"})
    assert "<p>30 min. " in phone.get(url).content.decode()


def test_taking_a_session_back_asks_nobody_to_look_back(phone, pair, session, url):
    phone.post(address(session, pair.mentor), {"answer": "60"})
    phone.post(url, {"answer": "no"})
    assert stands(session) == ("missed", 60, pair.mentee, None)
    assert not Reflection.objects.asked().exists()


def test_a_link_never_shows_private_words(phone, pair, session, url):
    pages = [phone.get(url), phone.post(url, {"answer": "30"}), phone.get(url)]
    phone.post(address(session, pair.mentor), {"answer": "30"})
    pages.append(phone.get(url))
    assert CANARY not in "".join(page.content.decode() for page in pages)


@pytest.mark.parametrize("answer", ["", "31", "owl", "\x00", "9" * 30])
def test_an_answer_that_is_none_is_refused_beside_the_field(
    phone, session, url, answer
):
    refused = phone.post(url, {"answer": answer})
    assert refused.status_code == 422
    assert "Choose" in refused.content.decode()
    assert stands(session)[0] == "planned"


@pytest.mark.parametrize("token", ["nonsense", "a:b:c", "eyJ1Ijox:1tXy:xyz"])
def test_a_bad_token_gets_a_kind_page(phone, token, db):
    url = reverse("home:answer_by_link", args=[token])
    for answer in (phone.get(url), phone.post(url, {"answer": "30"})):
        assert answer.status_code == 404
        assert "Sign in and log it" in answer.content.decode()


def test_an_old_link_gets_the_same_page_and_changes_nothing(
    phone, session, url, monkeypatch
):
    monkeypatch.setattr(links, "LIFE", timedelta(seconds=-1))
    for answer in (phone.get(url), phone.post(url, {"answer": "30"})):
        assert answer.status_code == 404
        assert "three weeks" in answer.content.decode()
    assert stands(session)[0] == "planned"


def test_a_token_signed_for_something_else_opens_nothing(phone, pair, session):
    signer = signing.TimestampSigner(salt="participants.invitation")
    token = signer.sign(f"{session.pk}.{pair.mentee.user_id}")
    url = reverse("home:answer_by_link", args=[token])
    assert phone.post(url, {"answer": "30"}).status_code == 404


def test_a_link_for_somebody_outside_the_pair_opens_nothing(phone, session):
    url = address(session, PairFactory().mentee)
    assert phone.post(url, {"answer": "30"}).status_code == 404


def test_the_link_of_somebody_who_has_left_opens_nothing(phone, pair, session, url):
    pair.mentee.user.is_active = False
    pair.mentee.user.save()
    assert phone.post(url, {"answer": "30"}).status_code == 404


def test_the_partners_link_is_not_for_whoever_is_signed_in(pair, session, url):
    client = Client()
    client.force_login(pair.mentor.user)
    assert client.get(url).status_code == 403
    assert client.post(url, {"answer": "30"}).status_code == 403
    assert stands(session)[0] == "planned"


def test_an_ended_pair_has_nothing_to_say(phone, pair, session, url):
    actions.end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    assert "Nothing to say" in phone.get(url).content.decode()
    assert phone.post(url, {"answer": "30"}).status_code == 302
    assert stands(session)[0] == "canceled"


def test_the_address_names_nobody_and_leaves_no_trace(phone, pair, url):
    answer = phone.get(url)
    assert pair.mentee.user.email not in url
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer.headers["Cache-Control"]


def test_the_mail_brings_a_link_that_works_and_is_kept_nowhere(phone, pair, session):
    CharterFactory(program=pair.cohort.program)
    pair.promises.create(owner=pair.mentee, for_side="mentor")
    notice = Notice.objects.get(
        template="pairing/how_did_it_go", recipient=pair.mentee.user
    )
    mail = compose(notice)
    found = re.search(r"https?://\S+(/how-it-went/\S+)", mail.body)
    assert phone.get(found[1]).status_code == 200
    assert found[1] in mail.alternatives[0].content
    assert "1 small promise of yours is still open" in mail.body
    assert "how-it-went" not in str(notice.context)
    assert CANARY not in mail.body + mail.subject + mail.alternatives[0].content


@pytest.mark.django_db(transaction=True)
def test_a_double_tap_on_save_logs_once():
    pair = PairFactory()
    session = pair.sessions.create(
        state="planned", starts_at=NOW - timedelta(hours=2), minutes=45
    )
    url = address(session, pair.mentee)
    at_once(*[lambda: Client().post(url, {"answer": "30"})] * 6)
    assert stands(session) == ("held", 30, pair.mentee, None)
    assert Session.objects.get().version == 2
