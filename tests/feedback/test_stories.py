"""A story is its teller's alone, until both of a pair agree to its very words."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import Error, connection, transaction
from django.urls import reverse
from django.utils import timezone

from feedback import actions
from feedback.actions.stories import expire
from feedback.claims import claim_hints
from feedback.forms import StoryForm
from feedback.forms.story import is_allowed
from feedback.models import Consent, Story, StoryWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import SealKey
from mentorship.outbox.actions import sweep
from tests import factories as make

pytestmark = pytest.mark.django_db(databases=["default", "publisher"])
NOW = timezone.now
SAID = "I asked first, and the ward moved on."
FILLED = {
    "kind": "words",
    "text": SAID,
    "audience": "steering",
    "months": "6",
    "alone": "on",
    "form_id": "5f0c2a50-0b5e-4f0b-9d5c-0a4f8f6f0e11",
}


@pytest.fixture
def pair():
    pair = make.PairFactory()
    make.CharterFactory(program=pair.cohort.program)
    return pair


@pytest.fixture
def coordinator(pair):
    return make.RoleFactory(program=pair.cohort.program).user


def told(pair, state="draft", **terms) -> Story:
    return make.a_story(pair, by=pair.mentee.user, text=SAID, state=state, **terms)


def readers(story, people) -> set:
    """Who of the people gets at the words, in the database itself."""
    found = set()
    for name, person in people.items():
        with acting_as(person):
            if StoryWords.objects.filter(story=story.pk).exists():
                found.add(name)
    return found


def seen_by(person, story) -> str:
    with acting_as(person):
        return StoryWords.objects.select_related("story").get(story=story).agreed_to()


@pytest.mark.parametrize(
    ("state", "who"),
    [
        ("draft", {"teller"}),
        ("asked", {"teller", "other"}),
        ("refused", {"teller"}),
        ("offered", {"teller", "other", "coordinator"}),
        ("set aside", {"teller"}),
        ("published", {"teller", "other", "coordinator"}),
        ("expired", {"teller"}),
        ("withdrawn", set()),
    ],
)
def test_the_state_says_who_reads_the_words(pair, coordinator, state, who):
    story = told(pair)
    Story.objects.filter(pk=story.pk).update(state=state)
    people = {
        "teller": pair.mentee.user,
        "other": pair.mentor.user,
        "coordinator": coordinator,
        "steering": make.RoleFactory(program=story.program, kind="steering").user,
        "facilitator": make.RoleFactory(program=story.program, kind="facilitator").user,
        "coordinator elsewhere": make.RoleFactory().user,
    }
    assert readers(story, people) == who
    assert {
        name
        for name, person in people.items()
        if Story.objects.visible_to(person).exists()
    } == who


def test_only_the_teller_writes(pair):
    story = told(pair, "asked")
    with acting_as(pair.mentor.user):
        words = StoryWords.objects.get(story=story)
        words.text = "Better words"
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            words.save()
    with pytest.raises(actions.NotYourStory):
        actions.rewrite_story(story, by=pair.mentor.user, at=NOW(), words={})


def test_both_consents_name_the_wording_and_stay_as_they_are(pair):
    story = told(pair, "offered")
    given = list(Consent.objects.filter(story=story))
    assert {one.person_id for one in given} == {
        pair.mentor.user_id,
        pair.mentee.user_id,
    }
    assert {one.text_hash for one in given} == {seen_by(pair.mentee.user, story)}
    one = given[0]
    assert (one.purpose, one.version, one.language, one.channel, one.withdrawn_at) == (
        "story for steering",
        1,
        "en",
        "page",
        None,
    )
    for change in ("text_hash = ''", "person_id = story_id", "at = now()"):
        with (
            pytest.raises(Error, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"update feedback_consent set {change}")
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        given[0].delete()


@pytest.mark.parametrize(
    "changed",
    [
        {"words": {"text": "Other words"}},
        {"words": {"url": "https://vimeo.com/1"}},
        {"words": {}, "audience": "organization"},
        {"words": {}, "with_function": True},
        {"words": {}, "expires_on": timezone.localdate() + timedelta(days=300)},
    ],
)
def test_whatever_changes_is_asked_again(pair, coordinator, changed):
    story = told(pair, "offered")
    seen, teller = seen_by(pair.mentor.user, story), pair.mentee.user
    story = actions.rewrite_story(story, by=teller, at=NOW(), **changed)
    assert (story.state, story.version) == ("draft", 2)
    assert readers(story, {"other": pair.mentor.user, "them": coordinator}) == set()
    story = actions.ask_consent(story, by=teller, at=NOW(), language="en")
    with pytest.raises(actions.StoryHasMoved):
        actions.agree_to_story(
            story, by=pair.mentor.user, at=NOW(), seen=seen, language="en"
        )
    assert Story.objects.get(pk=story.pk).state == "asked"


def test_taking_it_back_deletes_the_words_and_their_key(pair):
    story = told(pair, "offered")
    actions.take_back_story(story, by=pair.mentee.user, at=NOW())
    assert readers(story, {"teller": pair.mentee.user}) == set()
    assert not SealKey.objects.filter(holder=story.pk).exists()
    mine = Consent.objects.get(story=story, person=pair.mentee.user)
    assert mine.withdrawn_at is not None
    with pytest.raises(actions.StoryHasMoved):
        actions.take_back_story(story, by=pair.mentee.user, at=NOW())


def test_a_no_leaves_the_words_to_their_teller(pair, coordinator):
    story = told(pair, "offered")
    actions.refuse_story(story, by=pair.mentor.user, at=NOW())
    people = {"t": pair.mentee.user, "o": pair.mentor.user, "c": coordinator}
    assert readers(story, people) == {"t"}
    kept = Consent.objects.get(story=story, person=pair.mentor.user)
    assert kept.withdrawn_at is not None


def test_mails_tell_that_and_never_what(pair, coordinator):
    story = told(pair, "offered")
    actions.refuse_story(story, by=pair.mentor.user, at=NOW())
    sweep(NOW() + timedelta(minutes=1))
    told(pair, "offered")
    sweep(NOW() + timedelta(minutes=2))
    assert {m.to[0] for m in mail.outbox} >= {
        pair.mentor.user.email,
        pair.mentee.user.email,
        coordinator.email,
    }
    letters = [str(m.message()) for m in mail.outbox]
    assert not [one for one in letters if "ward" in one]


def test_who_is_asked_hears_of_it_however_full_their_week_was(pair):
    story, asked = told(pair), pair.mentor.user
    asked.reminders_a_week = 0
    asked.save()
    actions.ask_consent(story, by=pair.mentee.user, at=NOW(), language="en")
    assert sweep(NOW()) == 1
    assert mail.outbox[0].to == [asked.email]


def test_from_telling_to_offering_on_the_pages(pair, coordinator, client):
    client.force_login(pair.mentee.user)
    page = client.get(reverse("feedback:tell", args=[pair.pk])).content.decode()
    assert page.index("Only you") < page.index("<textarea")
    client.post(reverse("feedback:tell", args=[pair.pk]), FILLED)
    story = Story.objects.get()
    url = reverse("feedback:story", args=[story.pk])
    client.post(url, {"do": "ask"})
    client.force_login(pair.mentor.user)
    assert "told a story that you are in" in client.get("/me/").content.decode()
    page = client.get(url)
    assert SAID in page.content.decode()
    client.post(url, {"do": "agree", "seen": page.context["seen"]})
    story.refresh_from_db()
    assert story.state == "offered"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "Amara wrote it down."}, "text"),
        ({"kind": "win"}, "title"),
        ({"kind": "video"}, "url"),
        ({"kind": "video", "url": "http://vimeo.com/1"}, "url"),
        ({"alone": ""}, "alone"),
        ({"months": "600"}, "months"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(values, field):
    form = StoryForm({**FILLED, **values}, names=["Amara"])
    assert field in form.errors


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://vimeo.com/76979871", True),
        ("https://www.youtube.com/watch?v=1", True),
        ("http://vimeo.com/1", False),
        ("https://vimeo.com.evil.example/1", False),
        ("https://vimeo.com@evil.example/1", False),
        ("https://evil.example/vimeo.com", False),
        ("https://vimeo.com:8443/1", False),
        ("javascript:alert(1)//vimeo.com", False),
    ],
)
def test_a_video_lies_where_it_is_allowed(url, allowed):
    assert is_allowed(url) is allowed


@pytest.mark.parametrize(
    ("text", "hints"),
    [
        ("We saved €40,000 a year.", 1),
        ("It saved 300 dollars.", 1),
        ("A return on investment of six.", 1),
        ("Falls are down by 20 %.", 1),
        ("Saved $900, that is 12 percent.", 2),
        ("Falls are down by 20 % among the 14 people here.", 0),
        ("6 of 14 use it, so 43 %.", 0),
        ("I said it in April. Someone wrote it down.", 0),
    ],
)
def test_what_volunteers_cannot_show_gets_a_kind_word(text, hints):
    assert len(claim_hints(text)) == hints


def test_my_stories_take_as_many_queries_for_three_as_for_one(
    pair, client, django_assert_num_queries
):
    client.force_login(pair.mentee.user)
    told(pair)
    client.get(reverse("feedback:stories"))
    with django_assert_num_queries(9):
        client.get(reverse("feedback:stories"))
    told(pair)
    told(pair, "asked")
    with django_assert_num_queries(9):
        client.get(reverse("feedback:stories"))


def test_a_story_taken_back_meanwhile_does_not_stop_the_night(pair):
    story = told(pair, "asked")
    actions.take_back_story(story, by=pair.mentee.user, at=NOW())
    assert expire(story) is False
    assert Story.objects.get(pk=story.pk).state == "withdrawn"
