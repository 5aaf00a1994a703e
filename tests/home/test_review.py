"""Midpoint and closing reviews: opened by date or by hand, held and done by both."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback.actions import (
    ReviewHasChanged,
    ReviewIsDone,
    open_midpoints,
    write_review,
)
from feedback.models import Review, ReviewWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import THE_PROGRAM_ITSELF
from mentorship.home.actions import hold_review
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from mentorship.participants.actions import withdraw
from mentorship.participants.models import Participant, Pause
from milestones.models import Progress
from pairing.actions import PairIsOver, begin_closing
from pairing.models import Pair
from pairing.signals import pairs_ended
from tests.factories import (
    CharterFactory,
    CoreOutcomeFactory,
    OutcomeFactory,
    PairFactory,
    RoleFactory,
)
from tests.races import at_once

NOW = timezone.now()
TODAY = NOW.date()
CANARY = "canary-reviewed"


def a_pair():
    pair = PairFactory()
    pair.charter = CharterFactory(program=pair.cohort.program)
    core = CoreOutcomeFactory(charter=pair.charter)
    pair.outcome = OutcomeFactory(pair=pair, core_outcome=core)
    return pair


@pytest.fixture
def pair(db):
    return a_pair()


@pytest.fixture
def closing(pair):
    begin_closing(pair, by=pair.mentor.user, at=NOW)
    pair.refresh_from_db()
    return pair


def write(pair, side="mentee", kind="midpoint", version=0, done=False, **words):
    by = getattr(pair, side).user
    return write_review(
        pair, kind=kind, by=by, at=NOW, version=version, words=words, done=done
    )


def hold(pair, side, seen, version=0):
    return hold_review(
        pair,
        kind="midpoint",
        by=getattr(pair, side).user,
        at=NOW,
        version=version,
        seen=seen,
        words={},
    )


def halfway(pair, days):
    """Let half of the pair's time be over since so many days."""
    pair.cohort.alumni_on = pair.started_on + 2 * (
        TODAY - pair.started_on - timedelta(days=days)
    )
    pair.cohort.closing_on = TODAY + timedelta(days=1)
    pair.cohort.save()


def url(pair, kind="midpoint"):
    return reverse("home:review", args=[pair.pk, kind])


def field(pair, name):
    return f"outcome-{pair.outcome.pk}-{name}"


# ----------------------------------------------------------------------- midpoint
def test_the_night_opens_the_midpoint_half_way_once_and_tells_both(pair):
    halfway(pair, -1)
    assert open_midpoints(NOW) == 0
    halfway(pair, 0)
    assert open_midpoints(NOW) == 1
    assert open_midpoints(NOW) == 0
    told = Notice.objects.filter(template="feedback/midpoint")
    assert {n.recipient for n in told} == {pair.mentor.user, pair.mentee.user}
    assert url(pair) in compose(told[0]).body
    assert pair.reviews.get().kind == "midpoint"


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_a_break_puts_the_midpoint_off_until_its_end(pair, side):
    halfway(pair, 0)
    away = Pause.objects.create(participant=getattr(pair, side), starts_on=TODAY)
    assert open_midpoints(NOW) == 0
    assert not Notice.objects.exists()
    away.delete()
    assert open_midpoints(NOW) == 1


def test_its_mails_keep_to_the_charter_s_weekly_cap(pair):
    pair.charter.reminders_a_week = 1
    pair.charter.save()
    halfway(pair, 0)
    open_midpoints(NOW)
    told = Notice.objects.filter(template="feedback/midpoint")
    assert [n.context["reminders_a_week"] for n in told] == [1, 1]


@pytest.mark.parametrize("state", ["pilot", "closing"])
def test_no_midpoint_is_opened_in_a_pilot_or_a_closing(pair, state):
    halfway(pair, 0)
    Pair.objects.update(state=state)
    assert open_midpoints(NOW) == 0


def test_it_is_done_when_both_say_so(pair):
    first = write(pair, done=True, changes="Shorter")
    assert first.done_at is None
    second = write(pair, "mentor", version=first.version, done=True)
    assert second.done_at == NOW
    assert Pair.objects.get(pk=pair.pk).state == "active"
    with pytest.raises(ReviewIsDone):
        write(pair, version=second.version, changes="Longer")


def test_what_was_written_before_the_other_saved_is_not_overwritten(pair):
    write(pair, changes="Theirs")
    with pytest.raises(ReviewHasChanged):
        write(pair, "mentor", changes="Mine")
    with acting_as(pair.mentor.user):
        assert ReviewWords.objects.get().changes == "Theirs"


def test_each_outcome_looked_at_leaves_progress_once(pair):
    seen = {str(pair.outcome.pk): {"how": "on the way", "words": CANARY}}
    held = hold(pair, "mentee", seen)
    held = hold(pair, "mentee", seen, held.version)
    hold(pair, "mentor", {str(pair.outcome.pk): {"how": "", "words": ""}}, held.version)
    with acting_as(pair.mentor.user):
        (row,) = Progress.objects.all()
        assert (row.author, row.how, row.words) == (pair.mentee, "on the way", CANARY)


@pytest.mark.django_db(transaction=True)
def test_two_who_save_at_once_keep_one_text_and_show_both_to_the_other():
    pair = a_pair()
    results = at_once(
        lambda: write(pair, changes="One"), lambda: write(pair, "mentor", changes="Two")
    )
    assert sum(isinstance(r, ReviewHasChanged) for r in results) == 1
    assert Review.objects.count() == 1


# ------------------------------------------------------------------------- closing
def test_the_second_word_completes_the_pair_in_the_programs_name(closing):
    heard = []
    pairs_ended.connect(lambda pairs, **kw: heard.append(pairs), weak=False)
    first = write(closing, kind="closing", done=True, thanks_from_mentee="Thank you")
    closing.refresh_from_db()
    assert closing.is_running
    write(closing, "mentor", kind="closing", version=first.version, done=True)
    closing.refresh_from_db()
    assert (closing.state, closing.ending) == ("ended", "completed")
    assert closing.ended_by_id == THE_PROGRAM_ITSELF
    assert heard[-1] == {closing.pk}
    told = Notice.objects.filter(template="pairing/pair_completed")
    assert {n.recipient for n in told} == {closing.mentor.user, closing.mentee.user}


def test_a_completed_mentee_has_finished_and_a_mentor_once_the_cohort_closes(closing):
    first = write(closing, kind="closing", done=True)
    write(closing, "mentor", kind="closing", version=first.version, done=True)
    states = Participant.objects.values_list("state", flat=True)
    assert states.get(pk=closing.mentee_id) == "finished"
    assert states.get(pk=closing.mentor_id) == "joined"


def test_a_completed_mentee_who_mentors_somebody_too_stays_until_that_ends(closing):
    place = closing.mentee
    place.is_mentor, place.capacity = True, 1
    place.save()
    other = PairFactory(cohort=closing.cohort, mentor=place)
    closing.cohort.stage = "closing"
    closing.cohort.save()
    first = write(closing, kind="closing", done=True)
    write(closing, "mentor", kind="closing", version=first.version, done=True)
    place.refresh_from_db()
    assert place.state == "joined"
    begin_closing(other, by=other.mentee.user, at=NOW)
    first = write(other, kind="closing", done=True)
    write(other, "mentor", kind="closing", version=first.version, done=True)
    place.refresh_from_db()
    assert place.state == "finished"


def test_a_completed_mentee_who_offers_to_mentor_is_still_there_for_it(closing):
    Participant.objects.filter(pk=closing.mentee_id).update(is_mentor=True, capacity=1)
    first = write(closing, kind="closing", done=True)
    write(closing, "mentor", kind="closing", version=first.version, done=True)
    assert Participant.objects.get(pk=closing.mentee_id).state == "joined"


def test_closing_is_not_written_before_it_has_begun(pair):
    with pytest.raises(PairIsOver):
        write(pair, kind="closing", continues="Letters")
    assert not Review.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_closing_while_the_partner_leaves_the_program_ends_the_pair_once():
    pair = a_pair()
    begin_closing(pair, by=pair.mentor.user, at=NOW)
    version = write(pair, kind="closing", done=True).version
    results = at_once(
        lambda: write(pair, "mentor", kind="closing", version=version, done=True),
        lambda: withdraw(pair.mentor, by=pair.mentor.user, at=NOW),
    )
    assert all(isinstance(r, Review | Participant | PairIsOver) for r in results), (
        results
    )
    pair.refresh_from_db()
    completed = isinstance(results[0], Review)
    assert pair.ending == ("completed" if completed else "withdrawn")


# --------------------------------------------------------------------------- pages
def test_hold_the_midpoint_by_hand_and_find_its_trace(client, pair):
    client.force_login(pair.mentee.user)
    html = client.get(url(pair)).content.decode()
    assert html.index(f"You and {pair.mentor.short_name}") < html.index("<textarea")
    how = {field(pair, "how"): "there", field(pair, "words"): "She speaks first"}
    form = how | {"changes": "We meet outside", "version": "0", "done": "1"}
    client.post(url(pair), form)
    client.force_login(pair.mentor.user)
    page = client.get(url(pair))
    assert "She speaks first" in page.content.decode()
    form["version"] = page.context["form"]["version"].value()
    client.post(url(pair), form)
    for place in (pair.mentor, pair.mentee):
        client.force_login(place.user)
        html = client.get(reverse("pairing:pair", args=[pair.pk])).content.decode()
        assert "Midpoint held" in html
        assert "We meet outside" in html
        assert "She speaks first" in client.get(url(pair)).content.decode()


def test_coordinators_see_that_it_was_held_and_no_word(client, pair):
    first = write(pair, done=True, changes=CANARY)
    write(pair, "mentor", version=first.version, done=True)
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    html = client.get(reverse("pairing:pair", args=[pair.pk])).content.decode()
    assert "Midpoint held" in html
    assert CANARY not in html
    assert client.get(url(pair)).status_code == 403


def test_being_done_needs_a_word_on_each_outcome_and_keeps_what_was_typed(client, pair):
    client.force_login(pair.mentee.user)
    page = client.post(url(pair), {"changes": "Typed", "version": "0", "done": "1"})
    assert page.status_code == 422
    html = page.content.decode()
    assert "Say how it stands before you are done." in html
    assert "Typed" in html
    assert not Review.objects.exists()


def test_a_stale_save_shows_both_texts(client, pair):
    seen = {str(pair.outcome.pk): {"how": "there", "words": "Theirs"}}
    write(pair, "mentor", changes="We meet outside", outcomes=seen)
    client.force_login(pair.mentee.user)
    page = client.post(url(pair), {"changes": "We meet inside", "version": "0"})
    assert page.status_code == 409
    html = page.content.decode()
    for words in ("There. Theirs", "We meet outside", "We meet inside"):
        assert words in html
    version = page.context["form"]["version"].value()
    again = {"changes": "We meet inside", "version": version}
    assert client.post(url(pair), again).status_code == 302


def test_a_review_that_the_night_opened_meanwhile_keeps_what_was_typed(client, pair):
    Review.objects.create(pair=pair, kind="midpoint")
    client.force_login(pair.mentee.user)
    page = client.post(url(pair), {"changes": "We meet inside", "version": "0"})
    assert page.status_code == 409
    assert "We meet inside" in page.content.decode()


def test_a_version_that_never_was_counts_as_none(client, pair):
    client.force_login(pair.mentee.user)
    answer = client.post(url(pair), {"changes": "We meet inside", "version": "-1"})
    assert answer.status_code == 302
    assert Review.objects.get().version == 1


def test_each_thanks_the_other_and_neither_writes_for_both(client, closing):
    first = write(closing, "mentor", kind="closing", thanks_from_mentor="For your yes")
    client.force_login(closing.mentee.user)
    page = client.get(url(closing, "closing"))
    assert "For your yes" in page.content.decode()
    form = {"thanks": "For your time", "version": first.version}
    client.post(url(closing, "closing"), form)
    with acting_as(closing.mentee.user):
        words = ReviewWords.objects.get()
        assert words.thanks_from_mentor == "For your yes"
        assert words.thanks_from_mentee == "For your time"


def test_the_closing_review_leads_to_closing_until_it_has_begun(client, pair):
    client.force_login(pair.mentee.user)
    answer = client.get(url(pair, "closing"))
    assert answer.url == reverse("pairing:close", args=[pair.pk])
    assert client.get(url(pair, "nonsense")).status_code == 404


def test_both_done_on_the_page_leads_to_what_comes_next(client, closing):
    first = write(closing, "mentor", kind="closing", done=True)
    client.force_login(closing.mentee.user)
    form = {field(closing, "how"): "there", "version": first.version, "done": "1"}
    answer = client.post(url(closing, "closing"), form)
    assert answer.url == reverse("pairing:afterwards", args=[closing.pk])
    again = client.post(url(closing, "closing"), form)
    assert again.url == url(closing, "closing")
    assert client.get(url(closing, "closing")).status_code == 200


def test_an_open_midpoint_waits_on_the_first_page_of_both(client, pair):
    Review.objects.create(pair=pair, kind="midpoint")
    for place in (pair.mentor, pair.mentee):
        client.force_login(place.user)
        assert url(pair) in client.get(reverse("home:me")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_takes_as_many_queries_for_three_outcomes_as_for_one(
    client, pair, rows, django_assert_num_queries
):
    for _row in range(rows - 1):
        OutcomeFactory(pair=pair, core_outcome=pair.outcome.core_outcome)
    client.force_login(pair.mentee.user)
    with django_assert_num_queries(10):
        client.get(url(pair))
