"""The pages of outcomes, steps and promises."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertNumQueries

from milestones import actions
from milestones.actions import Promised
from milestones.models import ActionItem, Milestone, Outcome
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    MilestoneFactory,
    OutcomeFactory,
    PairFactory,
    RoleFactory,
)

NOW = timezone.now()
LATER = (NOW.date() + timedelta(days=30)).isoformat()


@pytest.fixture
def pair(db):
    pair = PairFactory()
    pair.charter = CharterFactory(program=pair.cohort.program)
    pair.aim = CoreOutcomeFactory(charter=pair.charter, slug="speaks-up")
    return pair


@pytest.fixture
def member(client, pair):
    client.force_login(pair.mentor.user)
    return pair.mentor.user


def words(pair, **fields):
    return {
        "core_outcome": str(pair.aim.pk),
        "title": "Open points myself in case reviews",
        "observable": "Colleagues write down what I said",
        "measure": "Reviews in which I opened a point",
        "baseline": "0",
        "target": "3 in a row",
        "due_on": LATER,
        **fields,
    }


def new(pair, side="mentee"):
    return reverse("milestones:outcome_new", args=[pair.pk, side])


def test_an_outcome_is_written_for_a_side_and_an_aim(client, pair, member):
    assert client.post(new(pair), words(pair)).status_code == 302
    outcome = Outcome.objects.get()
    assert (outcome.side, outcome.core_outcome) == ("mentee", pair.aim)


def test_the_form_shows_examples_and_readers_before_the_words(client, pair, member):
    body = client.get(new(pair)).content.decode()
    readers = body.index(f"You and {pair.mentee.short_name}")
    assert "Open points myself in case reviews" in body
    assert readers < body.index('name="title"')


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "Get better at leadership", "exactly what"),
        ("title", "Always speak in reviews", "has an end"),
        ("title", "", "required"),
        ("title", "x" * 201, "200"),
        ("observable", "Yes", "a few more words"),
        ("measure", "progress", "count or compare"),
        ("target", "more", "Give a figure"),
        ("target", "always 3", "how often or how much"),
        ("due_on", "", "has no end"),
        ("due_on", "2020-01-01", "still to come"),
        ("due_on", "2999-01-01", "cohort ends on"),
        ("due_on", "never", "valid date"),
        ("core_outcome", "", "Choose the aim"),
        ("core_outcome", "x", "not a valid UUID"),
    ],
)
def test_a_vague_or_endless_outcome_is_refused_and_kept(
    client, pair, member, field, value, said
):
    answer = client.post(new(pair), words(pair, **{"baseline": "kept", field: value}))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert 'value="kept"' in answer.content.decode()
    assert not Outcome.objects.exists()


def test_a_saved_outcome_lets_its_draft_go(client, pair, member):
    body = client.get(new(pair)).content.decode()
    key = f"outcome-{pair.pk}-mentee"
    assert f'data-draft="{key}"' in body
    saved = client.post(new(pair), words(pair), follow=True).content.decode()
    assert f'data-draft-done="{key}"' in saved


def test_an_aim_of_the_other_side_or_program_is_refused(client, pair, member):
    foreign = CoreOutcomeFactory()
    answer = client.post(new(pair), words(pair, core_outcome=str(foreign.pk)))
    assert answer.status_code == 422


def test_without_an_aim_in_the_charter_the_page_says_whom_to_ask(client, pair, member):
    body = client.get(new(pair, "mentor")).content.decode()
    assert "names no aim for this side" in body
    assert 'name="title"' not in body


def test_there_is_no_third_side(client, pair, member):
    assert client.get(new(pair, "both")).status_code == 404


@pytest.fixture
def outcome(pair):
    return OutcomeFactory(pair=pair, core_outcome=pair.aim)


def test_an_edit_keeps_the_outcome(client, pair, member, outcome):
    url = reverse("milestones:outcome", args=[outcome.pk])
    form = words(pair, title="Speak first in reviews", becomes="words", version="1")
    assert client.post(url, form).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.title, outcome.version) == ("Speak first in reviews", 2)


def test_a_different_aim_becomes_the_successor(client, pair, member, outcome):
    url = reverse("milestones:outcome", args=[outcome.pk])
    client.post(url, words(pair, becomes="aim", version="1"))
    outcome.refresh_from_db()
    assert outcome.state == "changed"
    assert outcome.successor.title == words(pair)["title"]


def test_a_stale_outcome_shows_both_texts(client, pair, member, outcome):
    url = reverse("milestones:outcome", args=[outcome.pk])
    form = words(pair, becomes="words", version="1")
    client.post(url, {**form, "title": "Their words on reviews"})
    answer = client.post(url, {**form, "title": "My words on reviews"})
    assert answer.status_code == 409
    body = answer.content.decode()
    assert "Their words on reviews" in body
    assert "My words on reviews" in body
    again = client.post(url, {**form, "title": "My words on reviews", "version": "2"})
    assert again.status_code == 302


@pytest.mark.parametrize(
    ("said", "state"), [("reached", "reached"), ("let go", "let go"), ("x", "agreed")]
)
def test_an_outcome_is_closed_by_either(client, pair, member, outcome, said, state):
    url = reverse("milestones:outcome_close", args=[outcome.pk])
    assert client.post(url, {"as": said, "version": "1"}).status_code == 302
    outcome.refresh_from_db()
    assert outcome.state == state


def test_a_closed_outcome_is_not_changed(client, pair, member, outcome):
    actions.let_go_of(outcome, version=1)
    url = reverse("milestones:outcome", args=[outcome.pk])
    assert client.get(url).status_code == 302
    assert client.post(url, words(pair)).status_code == 302


def step(**fields):
    return {"title": "Shadow a morning", "kind": "real work", "due_on": LATER, **fields}


def test_a_step_may_serve_an_outcome(client, pair, member, outcome):
    url = reverse("milestones:milestone_new", args=[pair.pk])
    assert client.post(url, step(outcome=str(outcome.pk))).status_code == 302
    assert Milestone.objects.get().outcome == outcome


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("kind", "fun"), ("due_on", "2020-01-01"), ("outcome", "x")],
)
def test_a_step_that_cannot_be_is_refused(client, pair, member, field, value):
    url = reverse("milestones:milestone_new", args=[pair.pk])
    assert client.post(url, step(**{field: value})).status_code == 422
    assert not Milestone.objects.exists()


def test_an_outcome_of_another_pair_serves_no_step(client, pair, member):
    url = reverse("milestones:milestone_new", args=[pair.pk])
    foreign = OutcomeFactory()
    assert client.post(url, step(outcome=str(foreign.pk))).status_code == 422


def test_a_stale_step_shows_both_texts(client, pair, member):
    milestone = MilestoneFactory(pair=pair)
    url = reverse("milestones:milestone", args=[milestone.pk])
    client.post(url, step(title="Theirs", version="1"))
    answer = client.post(url, step(title="Mine", version="1"))
    assert answer.status_code == 409
    assert "“Theirs”" in answer.content.decode()
    assert 'value="Mine"' in answer.content.decode()


def test_both_say_that_a_step_is_done(client, pair):
    milestone = MilestoneFactory(pair=pair)
    url = reverse("milestones:confirm", args=[milestone.pk])
    for place in pair.members:
        client.force_login(place.user)
        client.post(url, {"as": "reached"})
    milestone.refresh_from_db()
    assert milestone.state == "reached"


def test_a_step_is_tried_or_dropped(client, pair, member):
    tried, dropped = MilestoneFactory.create_batch(2, pair=pair)
    client.post(reverse("milestones:confirm", args=[tried.pk]), {"as": "tried"})
    client.post(reverse("milestones:drop", args=[dropped.pk]))
    assert dict(Milestone.objects.values_list("pk", "state")) == {
        tried.pk: "tried",
        dropped.pk: "dropped",
    }


def test_a_promise_is_ticked_by_its_owner_only(client, pair):
    said = Promised("Send the template", "mentee", "mentor")
    (item,) = actions.promise(pair, [said], by=pair.mentor.user, at=NOW)
    url = reverse("milestones:promise", args=[item.pk])
    client.force_login(pair.mentor.user)
    assert client.post(url, {"kept": "yes"}).status_code == 403
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    assert client.post(url, {"kept": "yes"}).status_code == 404
    client.force_login(pair.mentee.user)
    assert client.post(url, {"kept": "yes", "back": "today"}).status_code == 302
    assert ActionItem.objects.get().done_at is not None
    client.post(url, {"kept": "no"})
    assert ActionItem.objects.get().done_at is None


def test_coordinators_write_nothing_for_a_pair(client, pair, outcome):
    milestone = MilestoneFactory(pair=pair)
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    for url in (
        new(pair),
        reverse("milestones:outcome", args=[outcome.pk]),
        reverse("milestones:outcome_close", args=[outcome.pk]),
        reverse("milestones:milestone_new", args=[pair.pk]),
        reverse("milestones:milestone", args=[milestone.pk]),
        reverse("milestones:confirm", args=[milestone.pk]),
        reverse("milestones:drop", args=[milestone.pk]),
    ):
        assert client.post(url, words(pair)).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_forms_take_few_queries(client, pair, member, outcome, rows):
    for n in range(rows):
        CoreOutcomeFactory(charter=pair.charter)
        OutcomeFactory(pair=pair, core_outcome=pair.aim, title=f"Other {n}")
    with assertNumQueries(4):
        client.get(new(pair))
    with assertNumQueries(5):
        client.get(reverse("milestones:milestone_new", args=[pair.pk]))
    with assertNumQueries(4):
        client.get(reverse("milestones:outcome", args=[outcome.pk]))


def test_home_shows_the_side_without_an_outcome_until_there_is_one(
    client, pair, member, outcome
):
    url, missing = reverse("home:me"), new(pair, "mentor")
    assert missing in client.get(url).content.decode()
    assert new(pair, "mentee") not in client.get(url).content.decode()
    OutcomeFactory(pair=pair, core_outcome=pair.aim, side="mentor")
    assert missing not in client.get(url).content.decode()


def test_a_completed_pair_finds_its_certificate(client, pair, member):
    certificate = reverse("pairing:certificate", args=[pair.pk])
    page = reverse("pairing:pair", args=[pair.pk])
    assert certificate not in client.get(page).content.decode()
    pair.state, pair.ending = "ended", "completed"
    pair.ended_at, pair.ended_by = NOW, member
    pair.save()
    assert certificate in client.get(page).content.decode()
