"""The sample program as it is loaded today; loaded twice for this whole file."""

import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from feedback.models import CheckIn, Concern, Reflection, ReflectionWords
from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import AuditEntry, User
from mentorship.charter.models import CharterVersion, Cohort, Program, Role
from mentorship.demo.people import PEOPLE
from mentorship.demo.sample.days import monday_of
from mentorship.demo.sample.load import load
from mentorship.demo.sample.nights import nights
from mentorship.insights.models import DailyMetric, Period
from mentorship.insights.patterns import FEWEST, Patterns
from mentorship.outbox.models import Notice
from mentorship.participants.models import Participant, Pause
from milestones.models import ActionItem, Milestone, Outcome, SharedLesson
from pairing.models import (
    DeclineReason,
    HealthReason,
    InclusionCheck,
    Pair,
    PairRule,
    SayQuestion,
    Session,
    SessionWords,
    Wish,
)

NOW = timezone.now()


def told() -> dict:
    """The names and days of a telling, without the keys that differ each time."""
    pair = ("mentor__user__email", "mentee__user__email")
    return {
        "people": sorted(User.objects.values_list("email", "given_name")),
        "pairs": sorted(
            Pair.objects.values_list(*pair, "started_on", "state", "ending")
        ),
        "sessions": sorted(
            Session.objects.held().values_list("pair__mentee__user__email", "held_on")
        ),
        "milestones": sorted(Milestone.objects.values_list("title", "due_on", "state")),
        "wishes": sorted(
            Wish.objects.values_list(
                "mentee__user__email", "mentor__user__email", "rank"
            )
        ),
        "check-ins": sorted(CheckIn.objects.values_list("asked_for", "answer")),
    }


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """What two tellings told, and the seconds of work of each; the second one stays
    until the last test of this file."""
    with django_db_blocker.unblock():
        with in_vain():
            first = timed_telling()
        with in_vain():
            yield first, timed_telling()


@contextmanager
def in_vain():
    """A transaction that is rolled back at its end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def timed_telling():
    started = time.process_time()
    load(NOW)
    return told(), time.process_time() - started


def cohort(name: str) -> Cohort:
    return Cohort.objects.get(name=name, program__name="Rising Leads")


def running(name: str):
    return Pair.objects.filter(cohort=cohort(name)).running()


def with_health():
    second = cohort("Second cohort")
    days = second.program.in_force.first_session_days
    return running("Second cohort").with_health(second.program.today(NOW), days)


def test_two_tellings_give_the_same_names_and_days(sample):
    (first, _seconds), (second, _more) = sample

    assert first == second


def test_telling_takes_less_than_twenty_seconds_of_work(sample):
    assert max(seconds for _told, seconds in sample) < 20


def test_about_two_hundred_people_are_there(sample):
    assert 190 <= User.objects.count() <= 210


@pytest.mark.parametrize("role", PEOPLE)
def test_everyone_on_the_sign_in_page_is_there(sample, role):
    _label, email = PEOPLE[role]

    assert User.objects.filter(email=email, is_active=True).exists()


def test_staff_hold_their_roles(sample):
    roles = Role.objects.filter(program__name="Rising Leads")

    assert Counter(roles.values_list("kind", flat=True)) == {
        "coordinator": 1,
        "facilitator": 1,
        "steering": 2,
        "sponsor": 1,
    }


def test_the_site_administrator_reads_no_program(sample):
    administrator = User.objects.get(email=PEOPLE["administrator"][1])

    assert administrator.is_staff
    assert not Program.objects.visible_to(administrator).exists()


def test_the_second_charter_version_replaces_the_first(sample):
    versions = CharterVersion.objects.filter(program__name="Rising Leads")

    assert list(versions.order_by("number").values_list("number", "state")) == [
        (1, "replaced"),
        (2, "in force"),
    ]


def test_each_cohort_is_in_its_stage(sample):
    cohorts = Cohort.objects.filter(program__name="Rising Leads")

    assert list(cohorts.order_by("created_at").values_list("name", "stage")) == [
        ("First cohort", "alumni"),
        ("Second cohort", "active"),
        ("Third cohort", "pairing"),
    ]


def test_the_second_cohort_is_in_week_seven_of_twenty(sample):
    second = cohort("Second cohort")
    monday = monday_of(second.program.today(NOW))

    assert (monday - second.active_on) / timedelta(weeks=1) + 1 == 7
    assert (second.closing_on - second.active_on) / timedelta(weeks=1) == 20


def test_twenty_three_pairs_are_running(sample):
    states = running("Second cohort").values_list("state", flat=True)

    assert Counter(states) == {"active": 22, "pilot": 1}


def test_two_pairs_are_stalled_and_none_is_late(sample):
    stalled = with_health().filter(is_stalled=True).with_people()

    assert sorted(str(pair) for pair in stalled) == ["Joost & Ana", "Kwame & Linh"]
    assert not with_health().filter(is_late=True).exists()


def test_pairs_that_went_quiet_heard_first_and_coordinators_now(sample):
    quiet = HealthReason.objects.open().told_to_coordinator().filter(reason="quiet")

    assert {str(one.pair) for one in quiet} == {"Joost & Ana", "Kwame & Linh"}
    for reason in quiet:
        told_for = reason.coordinator_told_at - reason.pair_told_at
        assert told_for >= timedelta(days=7)


def test_linh_finds_an_answer_to_what_she_said_in_confidence(sample):
    linh = User.objects.get(email=PEOPLE["mentee"][1])
    with acting_as(linh):
        told = Concern.objects.get()
        words = [each.author.given_name for each in told.words.all()]

    assert told.state == "in hand"
    assert len(words) == 2
    assert words[1] == "Maren"


def test_one_pilot_is_not_decided(sample):
    undecided = with_health().filter(is_undecided=True).with_people()

    assert [str(pair) for pair in undecided] == ["Ebele & Noor"]


def test_one_milestone_is_overdue(sample):
    today = cohort("Second cohort").program.today(NOW)
    overdue = Milestone.objects.overdue(today)

    assert overdue.filter(pair__in=running("Second cohort")).count() == 1


def test_the_one_sided_pair_has_nothing_for_the_mentor(sample):
    pair = running("Second cohort").get(mentee__user__given_name="Priya")
    with acting_as(pair.mentor.user):
        words = list(SessionWords.objects.filter(pair=pair))

    assert len(words) > 3
    assert not any(each.useful_to_mentor for each in words)
    assert not ActionItem.objects.filter(pair=pair, for_side="mentor").exists()


def test_every_running_pair_has_an_outcome_for_each_side(sample):
    sides = Outcome.objects.current().filter(pair__in=running("Second cohort"))

    assert Counter(sides.values_list("side", flat=True)) == {"mentor": 23, "mentee": 23}


def test_kwame_and_linh_have_planned_to_meet_in_two_days(sample):
    pair = with_health().get(mentee__user__called="Linh")

    assert pair.mentor.user.email == PEOPLE["mentor"][1]
    assert timedelta(0) < pair.next_at - NOW < timedelta(days=3)
    assert [each.state for each in pair.unlogged] == ["planned"]


def test_private_thoughts_are_read_by_their_writer_alone(sample):
    linh = User.objects.get(email=PEOPLE["mentee"][1])
    kwame = User.objects.get(email=PEOPLE["mentor"][1])
    of_linh = Reflection.objects.of(linh)
    with acting_as(linh):
        mine = ReflectionWords.objects.filter(reflection__in=of_linh).count()
    with acting_as(kwame):
        theirs = ReflectionWords.objects.filter(reflection__in=of_linh).count()

    assert mine > 2
    assert theirs == 0


def test_the_spring_roster_is_ready_to_be_paired(sample):
    places = Participant.objects.filter(cohort=cohort("Third cohort"))
    ready = places.ready()

    assert (ready.mentors().count(), ready.mentees().count()) == (21, 25)
    assert ready.exclude(wished_emails=[]).exists()
    assert not Pair.objects.filter(cohort=cohort("Third cohort")).exists()


def test_people_in_every_state_before_joining_are_there(sample):
    places = Participant.objects.filter(cohort=cohort("Third cohort"))

    states = set(places.values_list("state", flat=True))
    assert states == {"joined", "invited", "imported", "waiting", "applied"}


def test_some_have_said_whom_they_would_like_until_a_day_to_come(sample):
    third = cohort("Third cohort")

    assert third.wishes_until >= third.program.today(NOW)
    assert Wish.objects.filter(mentee__cohort=third).count() > 10
    rule = PairRule.objects.get(cohort=third)
    assert (rule.kind, rule.is_private) == ("never", True)


def test_a_facilitator_finds_a_reason_for_a_no(sample):
    maren = User.objects.get(email=PEOPLE["facilitator"][1])
    with acting_as(maren):
        reasons = set(DeclineReason.objects.values_list("code", flat=True))

    assert reasons == {"time"}


def test_somebody_is_on_a_break_and_a_busy_week_is_to_come(sample):
    second = cohort("Second cohort")
    today = second.program.today(NOW)

    assert Pause.objects.open_on(today).filter(participant__cohort=second).exists()
    assert second.busy_times.filter(starts_on__gt=today).exists()


def test_most_have_said_whether_they_had_a_say(sample):
    asked = SayQuestion.objects.filter(participant__cohort=cohort("Second cohort"))

    assert asked.waiting().filter(participant__user__called="Linh").exists()
    assert asked.exclude(answered_at=None).count() > 30


def test_the_first_cohort_ended_in_every_way(sample):
    pairs = Pair.objects.filter(cohort=cohort("First cohort"))

    endings = Counter(pairs.values_list("ending", flat=True))
    assert endings.pop("completed") >= 15
    assert endings == {"switched": 1, "left": 1, "withdrawn": 1}


def test_enough_pairs_have_ended_to_compare_them(sample):
    patterns = Patterns(cohort("First cohort").program)

    assert len(patterns.pairs) > 2 * FEWEST
    assert patterns.found


def test_more_than_ten_pairs_have_shared_a_lesson(sample):
    shared = SharedLesson.objects.filter(program__name="Rising Leads")

    assert shared.values("lesson__milestone__pair").distinct().count() > 10


def test_the_neighbors_have_a_coordinator_of_their_own(sample):
    ingrid = User.objects.get(email=PEOPLE["coordinator"][1])
    foreign = Program.objects.exclude(pk__in=Program.objects.visible_to(ingrid))

    assert [str(program) for program in foreign] == ["Across the counter"]


def test_nothing_happens_after_now(sample):
    assert not Session.objects.held().filter(logged_at__gt=NOW).exists()
    assert not Reflection.objects.filter(answered_at__gt=NOW).exists()
    assert not CheckIn.objects.filter(answered_at__gt=NOW).exists()
    assert not Milestone.objects.filter(mentor_confirmed_at__gt=NOW).exists()
    assert not AuditEntry.objects.filter(at__gt=NOW).exists()


def test_audit_entries_carry_the_day_of_the_act(sample):
    founded = AuditEntry.objects.get(
        verb="created program", about_id=cohort("First cohort").program_id
    )

    assert NOW - founded.at > timedelta(days=400)


def test_mail_of_the_past_is_not_sent_today(sample):
    waiting = Notice.objects.unsent().filter(due_at__lt=NOW - timedelta(days=1))

    assert not waiting.exists()


def test_it_writes_no_figure(sample):
    assert not DailyMetric.objects.exists()
    assert not Period.objects.exists()


def test_the_nights_lie_in_the_past_in_order(sample):
    days = nights(NOW)

    assert days == sorted(days)
    assert days[-1] <= cohort("Second cohort").program.today(NOW)


def test_a_database_with_a_program_is_refused(sample):
    with pytest.raises(CommandError, match="holds a program already"):
        call_command("sample")


def test_groups_are_counted_in_one_cohort_and_hidden_in_the_other(sample):
    told = {
        check.cohort.name: {(cell["attribute"], cell["value"]) for cell in check.cells}
        for check in InclusionCheck.objects.select_related("cohort")
    }
    assert told["First cohort"] == set()
    assert {("gender", "woman"), ("gender", "man")} <= told["Second cohort"]
    assert "Third cohort" not in told
