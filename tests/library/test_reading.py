"""Who finds which ideas, by what words."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from pytest_django.asserts import assertNumQueries

from mentorship.library.reading import shelf
from mentorship.participants.models import Participant
from tests.factories import (
    ItemTextFactory,
    ParticipantFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
)

GUIDE = "Guide: conflict in a pair"


@pytest.fixture
def place(db):
    return ParticipantFactory()


@pytest.fixture
def signed_in(client, place):
    client.force_login(place.user)
    return client


def found(client, **query):
    groups = client.get(reverse("library:ideas"), query).context["groups"]
    return {text.item.slug for _heading, texts in groups for text in texts}


def own(program, **more):
    """A program's own idea; what is no word of it is for its version."""
    words = {name: more.pop(name) for name in set(more) & {"title", "body", "steps"}}
    facets = {f"version__{name}": value for name, value in more.items()}
    return ItemTextFactory(version__item__program=program, **facets, **words)


# ------------------------------------------------------------------------- readers
def test_people_read_what_their_own_programs_have(place):
    own(place.cohort.program, item__slug="ours")
    own(RoleFactory().program, item__slug="theirs")
    slugs = {text.item.slug for text in shelf(place.user)}
    assert "ours" in slugs
    assert "first-meeting" in slugs
    assert "theirs" not in slugs


@pytest.mark.parametrize("state", ["invited", "declined"])
def test_whoever_does_not_take_part_reads_the_products_own(place, state):
    own(place.cohort.program, item__slug="ours")
    Participant.objects.update(state=state, joined_at=None)
    slugs = {text.item.slug for text in shelf(place.user)}
    assert "ours" not in slugs
    assert "first-meeting" in slugs


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "reads"),
    [("coordinator", True), ("facilitator", True), ("steering", False)],
)
def test_guides_are_for_those_who_facilitate_or_coordinate(client, kind, reads):
    client.force_login(RoleFactory(kind=kind).user)
    page = client.get(reverse("library:ideas")).text
    assert (GUIDE in page) is reads
    guides = {"guide-burnout", "guide-conflict", "guide-momentum"}
    assert (found(client, side="staff") == guides) is reads
    one = client.get(reverse("library:item", args=["guide-conflict"]))
    assert one.status_code == (200 if reads else 404)


def test_guides_of_a_program_are_for_those_who_facilitate_that_one(client, place):
    elsewhere = RoleFactory(user=place.user, kind="facilitator").program
    own(elsewhere, item__slug="theirs", side="staff")
    own(place.cohort.program, item__slug="ours", side="staff")
    client.force_login(place.user)
    shown = found(client, side="staff")
    assert "guide-conflict" in shown
    assert "theirs" in shown
    assert "ours" not in shown
    page = client.get(reverse("library:item", args=["ours"]))
    assert page.status_code == 404


def test_guides_are_not_for_mentees_whatever_they_ask_for(signed_in):
    for query in ({"q": "guide"}, {"side": "staff"}, {"topic": "conflict"}):
        assert GUIDE not in signed_in.get(reverse("library:ideas"), query).text
    for name in ("library:item", "library:agenda"):
        url = reverse(name, args=["guide-burnout"])
        assert signed_in.get(url).status_code == 404


def test_one_is_shown_of_each_and_drafts_never(signed_in, place):
    program = place.cohort.program
    own(program, item__slug="stuck", title="Stuck on the ward")
    own(program, item__slug="draft", state="draft")
    page = signed_in.get(reverse("library:ideas")).text
    assert "Stuck on the ward" in page
    assert "When you are stuck" not in page
    assert "From your program" in page
    assert signed_in.get(reverse("library:item", args=["draft"])).status_code == 404


# ------------------------------------------------------------------------- filters
def test_every_word_must_be_found_in_title_text_or_parts(signed_in, place):
    own(place.cohort.program, item__slug="a", title="Heron", body="A quiet lake")
    own(place.cohort.program, item__slug="b", title="Heron", body="A loud road")
    own(
        place.cohort.program,
        item__slug="c",
        steps=[{"title": "Über heron", "text": ""}],
    )
    assert found(signed_in, q="heron quiet") == {"a"}
    assert found(signed_in, q="HERON") == {"a", "b", "c"}
    assert found(signed_in, q="über") == {"c"}
    assert found(signed_in, q="no such heron words") == set()
    assert (
        "Nothing fits" in signed_in.get(reverse("library:ideas"), {"q": "xyzzy"}).text
    )


def test_kind_side_stage_and_topic_narrow_the_list(signed_in, place):
    program = place.cohort.program
    own(program, item__slug="a", kind="prompt", side="mentor", topics=["night-work"])
    own(program, item__slug="b", kind="prompt", side="both", stages=["closing"])
    assert {"a", "b"} <= found(signed_in, kind="prompt")
    assert found(signed_in, topic="night-work") == {"a"}
    assert "a" in found(signed_in, side="mentor")
    assert "a" not in found(signed_in, side="mentee")
    # What is for no stage in particular fits every stage.
    assert {"a", "b"} <= found(signed_in, stage="closing")
    assert "b" not in found(signed_in, stage="pilot")
    assert found(signed_in, kind="prompt", side="mentee", stage="pilot") == {
        "good-questions"
    }


def test_topics_are_offered_in_words(signed_in, place):
    own(place.cohort.program, topics=["night-work"])
    page = signed_in.get(reverse("library:ideas")).text
    assert "Night work" in page
    assert "Ending well" in page


# --------------------------------------------------------------------------- pages
@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_any_number(signed_in, place, rows):
    for _ in range(rows):
        own(place.cohort.program)
    signed_in.get(reverse("library:ideas"))
    with assertNumQueries(7):
        signed_in.get(reverse("library:ideas"))


def test_only_timed_ideas_offer_the_timer(signed_in):
    for slug, timed in (("first-meeting", True), ("looking-back", False)):
        page = signed_in.get(reverse("library:item", args=[slug])).text
        assert (reverse("library:agenda", args=[slug]) in page) is timed


def test_a_reflection_leads_to_ones_last_sessions(client, db):
    session = SessionFactory()
    client.force_login(session.pair.mentee.user)
    page = client.get(reverse("library:item", args=["looking-back"])).text
    assert reverse("home:guided", args=[session.pk, "looking-back"]) in page
    client.force_login(session.pair.mentor.user)
    page = client.get(reverse("library:item", args=["looking-back"])).text
    assert "/questions/" not in page


def test_the_tabs_lead_back_to_ones_pair(client, db):
    pair = SessionFactory().pair
    client.force_login(pair.mentee.user)
    page = client.get(reverse("library:ideas")).text
    order = [
        *(reverse("home:me"), reverse("pairing:pair", args=[pair.pk])),
        *(reverse("home:log", args=[pair.pk]), reverse("library:ideas")),
        reverse("participants:profile"),
    ]
    places = [page.index(f'<a href="{url}"') for url in order]
    assert places == sorted(places)


def test_somebody_without_a_place_may_read(client, db):
    client.force_login(UserFactory())
    assert client.get(reverse("library:ideas")).status_code == 200


@pytest.mark.parametrize(
    ("hints", "words"), [("", "Specific: one situation"), ("receiving", "Thank them")]
)
def test_hints_stand_beside_a_place_to_write(hints, words):
    assert words in render_to_string("library/_hints.html", {"hints": hints})
