"""Outcomes, steps and promises: who may change what, and who is first."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from milestones import actions
from milestones.actions import Promised
from milestones.models import ActionWords, Milestone, Outcome
from tests.factories import MilestoneFactory, OutcomeFactory, PairFactory
from tests.races import at_once

NOW = timezone.now()
LATER = NOW.date() + timedelta(days=30)
WORDS = {
    "title": "Open points myself in case reviews",
    "observable": "Colleagues write down what I said",
    "measure": "Reviews in which I opened a point",
    "baseline": "0",
    "target": "3 in a row",
    "due_on": LATER,
}


@pytest.fixture
def pair(db):
    return PairFactory()


@pytest.fixture
def outcome(pair):
    return OutcomeFactory(pair=pair)


def test_either_side_writes_for_both(pair, outcome):
    written = actions.write_outcome(
        pair,
        by=pair.mentee.user,
        at=NOW,
        side="mentor",
        core_outcome=outcome.core_outcome,
        **WORDS,
    )
    assert (written.side, written.written_by) == ("mentor", pair.mentee)


def test_the_same_outcome_twice_is_one(pair, outcome):
    fields = {**WORDS, "core_outcome": outcome.core_outcome}
    for _again in range(2):
        actions.write_outcome(
            pair, by=pair.mentee.user, at=NOW, side="mentee", **fields
        )
    assert Outcome.objects.filter(title=WORDS["title"]).count() == 1


def test_better_words_stay_the_same_outcome(outcome):
    edited = actions.edit_outcome(outcome, version=1, title="Other words")
    assert (edited.pk, edited.title, edited.version) == (outcome.pk, "Other words", 2)


def test_a_stale_edit_brings_the_newest_and_changes_nothing(outcome):
    actions.edit_outcome(outcome, version=1, title="First")
    with pytest.raises(actions.OutcomeHasChanged) as changed:
        actions.edit_outcome(outcome, version=1, title="Second")
    assert changed.value.outcome.title == "First"
    assert Outcome.objects.get().title == "First"


def test_another_aim_succeeds_the_old_one_and_keeps_its_steps(pair, outcome):
    step = MilestoneFactory(pair=pair, outcome=outcome)
    new = actions.replace_outcome(
        outcome,
        by=pair.mentor.user,
        at=NOW,
        version=1,
        core_outcome=outcome.core_outcome,
        **WORDS,
    )
    outcome.refresh_from_db()
    step.refresh_from_db()
    assert (outcome.state, outcome.successor, step.outcome) == ("changed", new, new)
    assert list(Outcome.objects.current()) == [new]


def test_a_reached_outcome_says_when_and_is_closed(outcome):
    reached = actions.reach_outcome(outcome, at=NOW, version=1)
    assert (reached.state, reached.reached_on) == ("reached", NOW.date())
    with pytest.raises(actions.OutcomeHasChanged):
        actions.let_go_of(outcome, version=2)


def test_letting_go_makes_room(outcome):
    actions.let_go_of(outcome, version=1)
    assert not Outcome.objects.current().exists()


def test_a_step_is_reached_when_both_say_so(pair):
    step = MilestoneFactory(pair=pair)
    once = actions.confirm_milestone(step, by=pair.mentor.user, at=NOW)
    assert once.state == "planned"
    both = actions.confirm_milestone(step, by=pair.mentee.user, at=NOW)
    assert (both.state, both.done_on) == ("reached", NOW.date())


def test_confirming_twice_is_confirming_once(pair):
    step = MilestoneFactory(pair=pair)
    for _again in range(2):
        step = actions.confirm_milestone(step, by=pair.mentor.user, at=NOW)
    assert (step.state, step.mentee_confirmed_at) == ("planned", None)


def test_trying_and_learning_counts_as_done(pair):
    step = actions.try_milestone(MilestoneFactory(pair=pair), at=NOW)
    assert step.state == "tried"
    assert list(Milestone.objects.done()) == [step]


def test_what_is_done_is_neither_dropped_nor_changed(pair):
    step = actions.try_milestone(MilestoneFactory(pair=pair), at=NOW)
    with pytest.raises(actions.MilestoneHasChanged):
        actions.drop_milestone(step)
    with pytest.raises(actions.MilestoneHasChanged):
        actions.edit_milestone(step, version=step.version, title="x")
    with pytest.raises(actions.MilestoneHasChanged):
        actions.confirm_milestone(step, by=pair.mentor.user, at=NOW)


def test_a_stale_change_of_a_step_brings_the_newest(pair):
    step = MilestoneFactory(pair=pair)
    actions.edit_milestone(step, version=1, title="First")
    with pytest.raises(actions.MilestoneHasChanged) as changed:
        actions.edit_milestone(step, version=1, title="Second")
    assert changed.value.milestone.title == "First"


def test_other_words_ask_both_anew(pair):
    step = MilestoneFactory(pair=pair)
    actions.confirm_milestone(step, by=pair.mentor.user, at=NOW)
    moved = actions.edit_milestone(step, version=2, title=step.title, due_on=LATER)
    assert moved.mentor_confirmed_at == NOW
    other = actions.edit_milestone(step, version=3, title="Another step altogether")
    assert other.mentor_confirmed_at is None


def test_a_dropped_step_is_off_the_road(pair):
    actions.drop_milestone(MilestoneFactory(pair=pair))
    assert not Milestone.objects.on_the_road().exists()


def test_the_same_step_twice_is_one(pair):
    for _again in range(2):
        actions.add_milestone(pair, at=NOW, title="Shadow a morning", due_on=LATER)
    assert Milestone.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_reach_the_step():
    for _round in range(5):
        pair = PairFactory()
        step = MilestoneFactory(pair=pair)
        ready = threading.Barrier(2)

        def confirm(user, step=step, ready=ready):
            ready.wait()
            actions.confirm_milestone(step, by=user, at=NOW)
            connection.close()

        threads = [
            threading.Thread(target=confirm, args=[place.user])
            for place in pair.members
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        step.refresh_from_db()
        assert step.state == "reached"


def test_a_promise_is_read_by_the_two_alone(pair):
    words = Promised("Send the template", "mentor", "mentee")
    (item,) = actions.promise(pair, [words], by=pair.mentee.user, at=NOW)
    assert (item.owner, item.for_side) == (pair.mentor, "mentee")
    assert not ActionWords.objects.exists()
    with acting_as(pair.mentor.user):
        assert ActionWords.objects.get().text == "Send the template"
    with acting_as(PairFactory().mentor.user):
        assert not ActionWords.objects.exists()


def test_only_whoever_promised_ticks_it(pair):
    words = Promised("Send the template", "mentor", "mentee")
    (item,) = actions.promise(pair, [words], by=pair.mentee.user, at=NOW)
    with pytest.raises(actions.NotYourPromise):
        actions.keep_promise(item, by=pair.mentee.user, at=NOW)
    assert actions.keep_promise(item, by=pair.mentor.user, at=NOW).done_at == NOW
    assert (
        actions.keep_promise(item, by=pair.mentor.user, at=NOW, kept=False).done_at
        is None
    )


def test_nobody_says_done_to_words_they_have_not_read(client, pair):
    step = MilestoneFactory(pair=pair)
    seen = step.title
    actions.edit_milestone(step, version=1, title="Speak at the all-hands")
    client.force_login(pair.mentor.user)
    url = reverse("milestones:confirm", args=[step.pk])
    for word in ("reached", "tried"):
        client.post(url, {"as": word, "title": seen})
        step.refresh_from_db()
        assert (step.state, step.mentor_confirmed_at) == ("planned", None)
    client.post(url, {"as": "reached", "title": "Speak at the all-hands"})
    step.refresh_from_db()
    assert step.mentor_confirmed_at


def test_the_road_s_buttons_say_which_words_were_read(client, pair):
    step = MilestoneFactory(pair=pair, title="Speak & listen")
    client.force_login(pair.mentor.user)
    page = client.get(reverse("pairing:pair", args=[pair.pk])).content.decode()
    form = page.split(reverse("milestones:confirm", args=[step.pk]))[1]
    assert 'name="title" value="Speak &amp; listen"' in form.split("</form>")[0]


def test_a_step_that_is_there_twice_can_be_sent_once_more(pair):
    first, second = MilestoneFactory.create_batch(2, pair=pair, due_on=LATER)
    actions.edit_milestone(second, version=1, title=first.title)
    again = actions.add_milestone(pair, at=NOW, title=first.title, due_on=LATER)
    assert again in (first, second)


def test_an_outcome_that_is_there_twice_can_be_sent_once_more(pair, outcome):
    other = OutcomeFactory(pair=pair, core_outcome=outcome.core_outcome)
    for each in (outcome, other):
        actions.edit_outcome(each, version=1, title=WORDS["title"])
    fields = {**WORDS, "core_outcome": outcome.core_outcome, "side": outcome.side}
    again = actions.write_outcome(pair, by=pair.mentee.user, at=NOW, **fields)
    assert again in (outcome, other)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_step():
    pair = PairFactory()
    fields = {"at": NOW, "title": "Speak", "due_on": LATER}
    at_once(*[lambda: actions.add_milestone(pair, **fields)] * 2)
    assert Milestone.objects.get().title == "Speak"
