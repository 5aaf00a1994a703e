"""What is suggested for the next session, and why."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from mentorship.home.suggestions import suggestions
from mentorship.library.models import Item, ItemText, ItemVersion
from mentorship.library.packing import read_pack
from mentorship.library.suggesting import Aim, Facts, suggest
from milestones.models import fetch_work
from pairing.models import Pair
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    ItemTextFactory,
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    SessionFactory,
)

TODAY = timezone.localdate()
FEEDBACK = Aim("Gives feedback in the room", "behavior", "speaks-up", "Linh")
USUAL = Facts(
    side="mentee",
    stage="active",
    held=3,
    days_since=10,
    rhythm_days=14,
    share_gone=0.3,
    days_left=100,
    aims=(FEEDBACK,),
)
SHELF = [
    ItemText(
        version=ItemVersion(item=Item(slug=file.slug), **file.facets), **file.words
    )
    for file in read_pack()
    if file.side != "staff"
]


@pytest.mark.parametrize(
    ("facts", "slug", "why"),
    [
        ({"held": 0}, "first-meeting", "You have not met yet."),
        ({"days_since": 30}, "after-a-gap", "It is 30 days since you last met."),
        ({"stage": "closing"}, "closing", "comes to an end"),
        ({"days_left": 12, "days_since": 60}, "closing", "comes to an end"),
        ({"without_outcome": ("Kwame",)}, "setting-outcomes", "Kwame has no outcome"),
        ({"share_gone": 0.5}, "midpoint", "Half of your time"),
        ({"late_step": "Mock interview", "days_late": 20}, "stuck", "Mock interview"),
        ({"days_late": 3, "late_step": "x"}, "giving-feedback", "Linh works on"),
        ({"aims": ()}, "half-hour", "Nothing in particular"),
        ({}, "giving-feedback", "Gives feedback in the room"),
    ],
)
def test_the_moment_comes_first_then_what_the_pair_works_on(facts, slug, why):
    suggestion = suggest(replace(USUAL, **facts), SHELF)
    assert suggestion.text.item.slug == slug
    assert why in suggestion.why


def test_what_fits_alike_takes_turns_from_session_to_session():
    seen = {
        suggest(replace(USUAL, held=held), SHELF).text.item.slug
        for held in range(1, 12)
    }
    assert seen == {"giving-feedback", "receiving-feedback", "difficult-conversation"}


def test_a_playbook_for_the_other_side_is_not_suggested():
    facts = replace(USUAL, aims=(Aim("Asks, by listening", "", "", "Kwame"),))
    mentor = suggest(replace(facts, side="mentor", held=1), SHELF)
    slugs = {
        suggest(replace(facts, held=held), SHELF).text.item.slug for held in (1, 2, 3)
    }
    assert mentor.text.item.slug in {"questions-first", "receiving-feedback"}
    assert "questions-first" not in slugs


def test_an_empty_shelf_suggests_nothing():
    assert suggest(USUAL, []) is None
    assert suggest(replace(USUAL, held=0), []) is None


@pytest.fixture
def pair(db):
    pair = PairFactory(state="active", started_on=TODAY - timedelta(days=50))
    core = CoreOutcomeFactory(charter=CharterFactory(program=pair.cohort.program))
    for side in ("mentor", "mentee"):
        OutcomeFactory(pair=pair, side=side, core_outcome=core, title="Asks for help")
    SessionFactory(pair=pair, held_on=TODAY - timedelta(days=4))
    return pair


@pytest.mark.parametrize("name", ["home:me", "pairing:pair"])
def test_both_pages_show_a_playbook_and_why(client, pair, name):
    MilestoneFactory(
        pair=pair, title="Mock interview", due_on=TODAY - timedelta(days=20)
    )
    pair.cohort.alumni_on = TODAY + timedelta(days=200)
    pair.cohort.save()
    client.force_login(pair.mentee.user)
    args = [pair.pk] if name == "pairing:pair" else []
    page = client.get(reverse(name, args=args)).text
    assert "Playbook for this session" in page
    assert "When you are stuck" in page
    assert "A step has not moved: Mock interview" in page
    assert reverse("home:guided", args=[pair.sessions.get().pk, "looking-back"]) in page


def test_a_program_s_own_words_are_suggested_instead(client, pair):
    pair.sessions.all().delete()
    ItemTextFactory(
        version__item__program=pair.cohort.program,
        version__item__slug="first-meeting",
        title="Meeting on the ward",
    )
    client.force_login(pair.mentee.user)
    page = client.get(reverse("home:me")).text
    assert "Meeting on the ward" in page
    assert "The first meeting" not in page


def test_an_ended_pair_and_its_coordinator_see_no_suggestion(client, pair):
    pair.state, pair.ending, pair.ended_by = "ended", "completed", pair.mentor.user
    pair.ended_at = timezone.now()
    pair.save()
    client.force_login(pair.mentee.user)
    page = client.get(reverse("pairing:pair", args=[pair.pk]))
    assert page.status_code == 200
    assert "Playbook for this session" not in page.text


@pytest.mark.parametrize("pairs", [1, 3])
def test_suggestions_take_one_query_for_a_program(pair, pairs):
    for _ in range(pairs - 1):
        PairFactory(cohort=pair.cohort, mentor=pair.mentor, state="active")
    found = list(Pair.objects.with_people().select_related("cohort__program"))
    prefetch_related_objects(found, "sessions")
    fetch_work(found, "outcomes", "milestones")
    with assertNumQueries(1):
        suggested = suggestions(found, pair.mentor.user)
    assert len(list(filter(None, suggested.values()))) == pairs
