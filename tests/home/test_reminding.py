"""Every kind of reminder is planned, comes once, and stops when the thing is done."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from pytest_django.asserts import assertNumQueries

from feedback.actions import skip_reflection
from feedback.models import Reflection
from mentorship.accounts.forms import SettingsForm
from mentorship.charter.actions import acknowledge
from mentorship.charter.models import Rhythm
from mentorship.home.reminding import plan_reminders
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from mentorship.participants.actions import come_back, take_break
from milestones.actions import drop_milestone, edit_milestone
from pairing.actions import cancel_session, end_pairs, plan_session
from tests.factories import (
    CharterFactory,
    CohortFactory,
    MilestoneFactory,
    PairFactory,
    ReflectionFactory,
    RhythmFactory,
    SessionFactory,
)

# A Monday evening; the day after at nine is Tuesday the 20th.
NOW = datetime(2026, 10, 19, 18, 0, tzinfo=UTC)
TUESDAY = date(2026, 10, 20)
NINE = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def cohort(db):
    cohort = CohortFactory(active_on=date(2026, 10, 12))
    RhythmFactory(cohort=None, program=cohort.program, kind="reflection", days=2)
    return cohort


@pytest.fixture
def pair(cohort):
    return PairFactory(cohort=cohort, started_on=date(2026, 9, 1))


def planned(template):
    found = Notice.objects.filter(template=template).order_by("due_at", "key")
    return found.unsent()


def a_session(pair, starts_at=datetime(2026, 10, 21, 14, 0, tzinfo=UTC)):
    before = NOW - timedelta(days=5)
    with_facts = {"starts_at": starts_at, "minutes": 45, "channel": "video"}
    session = plan_session(pair, by=pair.mentor.user, at=before, **with_facts)
    Notice.objects.update(created_at=before)
    return session


def a_step(pair):
    return MilestoneFactory(
        pair=pair, due_on=TUESDAY + timedelta(days=3), created_at=NOW - timedelta(9)
    )


def a_reflection(pair):
    session = SessionFactory(pair=pair, held_on=TUESDAY - timedelta(days=2))
    return ReflectionFactory(
        session=session, author=pair.mentee, asked_at=NOW - timedelta(days=1)
    )


def test_both_hear_of_a_session_the_day_before(pair):
    a_session(pair)
    plan_reminders(NOW)
    found = planned("pairing/session_soon")
    assert [notice.due_at for notice in found] == [NINE, NINE]
    assert {n.recipient for n in found} == {pair.mentor.user, pair.mentee.user}
    assert {n.not_after for n in found} == {datetime(2026, 10, 21, 14, tzinfo=UTC)}
    mail = compose(found.get(recipient=pair.mentor.user))
    assert mail.subject == f"Soon: your session with {pair.mentee.short_name}"
    program = pair.cohort.program.name
    assert (
        f"You get this because {program} reminds both of you of a session, 1 day "
        "before, at 9 a.m. your time" in mail.body
    )


def test_who_was_told_of_a_session_just_before_is_not_reminded(pair):
    a_session(pair)
    Notice.objects.update(created_at=NINE - timedelta(hours=11))
    plan_reminders(NOW)
    assert not planned("pairing/session_soon")


def test_a_session_called_off_is_not_reminded_of(pair):
    session = a_session(pair)
    plan_reminders(NOW)
    at = NOW + timedelta(minutes=1)
    cancel_session(session, by=pair.mentor.user, at=at, version=session.version)
    plan_reminders(at)
    assert not planned("pairing/session_soon")


def test_both_hear_of_a_step_without_its_words(pair):
    step = a_step(pair)
    plan_reminders(NOW)
    found = planned("milestones/step_soon")
    assert [notice.due_at for notice in found] == [NINE, NINE]
    mail = compose(found[0])
    assert step.title not in mail.body + mail.alternatives[0].content
    assert "Friday 23 October" in mail.body


def test_a_step_dropped_or_put_off_is_not_reminded_of_as_planned(pair):
    step = a_step(pair)
    plan_reminders(NOW)
    later = TUESDAY + timedelta(days=20)
    step = edit_milestone(step, version=step.version, due_on=later)
    plan_reminders(NOW)
    assert not planned("milestones/step_soon")
    plan_reminders(NINE + timedelta(days=16))
    assert planned("milestones/step_soon").count() == 2
    drop_milestone(step)
    plan_reminders(NINE + timedelta(days=16))
    assert not planned("milestones/step_soon")


def test_a_reflection_is_reminded_of_until_it_is_skipped(pair):
    reflection = a_reflection(pair)
    plan_reminders(NOW)
    (notice,) = planned("feedback/reflection_waits")
    assert (notice.recipient, notice.due_at) == (pair.mentee.user, NINE)
    skip_reflection(reflection, by=pair.mentee.user, at=NOW)
    plan_reminders(NOW)
    assert not planned("feedback/reflection_waits")


def test_nobody_is_chased_for_a_reflection_unless_a_coordinator_says_so(pair):
    Rhythm.objects.all().delete()
    a_reflection(pair)
    plan_reminders(NOW)
    assert not planned("feedback/reflection_waits")


def test_agreement_is_asked_for_until_it_is_there(pair):
    charter = CharterFactory(
        program=pair.cohort.program, published_at=NINE - timedelta(days=3)
    )
    for place in pair.members:
        place.joined_at = NINE - timedelta(days=30)
        place.save()
    plan_reminders(NOW)
    assert planned("participants/acknowledgment_reminder").count() == 2
    acknowledge(pair.mentor.user, charter, language="en", at=NOW)
    plan_reminders(NOW)
    (notice,) = planned("participants/acknowledgment_reminder")
    assert notice.recipient == pair.mentee.user
    assert "waits for you" in compose(notice).subject


def test_the_pilots_date_is_followed_by_a_word_to_both_alike(pair):
    pair.state, pair.pilot_due_on = "pilot", TUESDAY - timedelta(days=1)
    pair.save()
    for number, place in enumerate(pair.members):
        pair.pilot_questions.create(
            participant=place, answered_at=NOW if number else None
        )
    plan_reminders(NOW)
    found = planned("pairing/pilot_reminder")
    assert {n.recipient for n in found} == {pair.mentor.user, pair.mentee.user}


def test_the_end_of_a_pair_ends_its_reminders(pair):
    a_session(pair), a_step(pair), a_reflection(pair)
    plan_reminders(NOW)
    assert Notice.objects.unsent().filter(context__has_key="rhythm").count() == 5
    end_pairs([pair], ending="completed", by=pair.mentor.user, at=NOW)
    plan_reminders(NOW)
    assert not Notice.objects.unsent().filter(context__has_key="rhythm")


def test_a_kind_that_is_switched_off_is_not_planned(pair):
    a_session(pair), a_step(pair)
    RhythmFactory(cohort=None, program=pair.cohort.program, kind="session", is_on=False)
    RhythmFactory(cohort=pair.cohort, kind="milestone", is_on=False)
    plan_reminders(NOW)
    assert not Notice.objects.unsent().filter(context__has_key="rhythm")


def test_what_a_break_took_back_comes_again_after_an_early_return(pair):
    RhythmFactory(cohort=pair.cohort, every_weeks=1, weekday=1, at=time(9))
    plan_reminders(NOW)
    facts = {"starts_on": TUESDAY, "ends_on": None, "by": pair.mentor.user}
    take_break(pair.mentor, **facts, at=NOW)
    plan_reminders(NOW)
    assert planned("feedback/check_in").get().recipient == pair.mentee.user
    come_back(pair.mentor, by=pair.mentor.user, at=NOW)
    plan_reminders(NOW)
    assert planned("feedback/check_in").count() == 2


def test_a_move_takes_back_what_was_planned_by_the_old_clock_at_once(pair):
    RhythmFactory(cohort=pair.cohort, every_weeks=1, weekday=1, at=time(9))
    plan_reminders(NOW)
    user = pair.mentor.user
    form = SettingsForm(
        {"language": "en", "zone": "America/New_York", "theme": ""}, instance=user
    )
    form.save()
    assert not planned("feedback/check_in").filter(recipient=user)
    plan_reminders(NOW)
    moved = planned("feedback/check_in").get(recipient=user)
    assert moved.due_at == NINE + timedelta(hours=4)


@pytest.mark.parametrize("offers_it", [True, False])
def test_one_mail_a_week_stands_for_the_single_ones(pair, offers_it):
    RhythmFactory(cohort=pair.cohort, every_weeks=1, weekday=1, at=time(9))
    RhythmFactory(
        cohort=pair.cohort, kind="digest", weekday=1, every_weeks=1, is_on=offers_it
    )
    user = pair.mentee.user
    user.reminders_together = True
    user.save()
    a_reflection(pair), a_step(pair), a_session(pair)
    plan_reminders(NOW)
    mine = Notice.objects.unsent().filter(recipient=user, due_at=NINE)
    single = {"feedback/check_in", "feedback/reflection_waits", "milestones/step_soon"}
    wanted = {"home/digest"} if offers_it else single
    assert set(mine.values_list("template", flat=True)) == {
        *wanted,
        "pairing/session_soon",
    }


def test_the_weekly_mail_says_what_waits_when_it_is_written(pair):
    RhythmFactory(cohort=pair.cohort, kind="digest", weekday=1, every_weeks=1)
    user = pair.mentee.user
    user.reminders_together = True
    user.save()
    reflection = a_reflection(pair)
    a_step(pair)
    plan_reminders(NOW)
    (notice,) = planned("home/digest")
    assert str(reflection.pk) in compose(notice).body
    skip_reflection(reflection, by=user, at=NOW)
    mail = compose(notice)
    assert str(reflection.pk) not in mail.body
    assert "A step on your road" in mail.alternatives[0].content
    assert "you chose one mail a week" in mail.body


def test_each_week_has_a_weekly_mail_of_its_own(pair):
    RhythmFactory(cohort=pair.cohort, kind="digest", weekday=1, every_weeks=1)
    user = pair.mentee.user
    user.reminders_together = True
    user.save()
    for week in range(3):
        plan_reminders(NOW + timedelta(weeks=week))
    assert planned("home/digest").count() == 3


@pytest.mark.parametrize("pairs", [1, 3])
def test_planning_takes_the_same_statements_for_any_number(cohort, pairs):
    for pair in PairFactory.create_batch(
        pairs, cohort=cohort, started_on=date(2026, 9, 1)
    ):
        a_session(pair), a_step(pair), a_reflection(pair)
    RhythmFactory(cohort=cohort, every_weeks=1, weekday=1)
    with assertNumQueries(60):
        plan_reminders(NOW)


def test_planning_again_touches_nothing(pair):
    a_session(pair), a_step(pair), a_reflection(pair)
    RhythmFactory(cohort=pair.cohort, every_weeks=1, weekday=1)
    assert plan_reminders(NOW) == 7
    assert plan_reminders(NOW + timedelta(minutes=10)) == 0
    assert Reflection.objects.count() == 1


def test_a_program_s_rhythm_counts_where_the_cohort_has_none(pair):
    a_session(pair, NINE + timedelta(days=2, hours=5))
    own = {"kind": "session", "days": 2, "at": time(7, 30)}
    RhythmFactory(cohort=None, program=pair.cohort.program, **own)
    plan_reminders(NOW)
    assert {n.due_at.time() for n in planned("pairing/session_soon")} == {time(7, 30)}
    Rhythm.objects.filter(kind="session").update(days=1, at=time(9))
    Notice.objects.filter(template="pairing/session_soon").delete()
    plan_reminders(NOW)
    assert {n.due_at.day for n in planned("pairing/session_soon")} == {21}
