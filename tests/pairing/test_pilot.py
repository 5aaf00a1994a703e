"""The pilot: asked by facts, answered in private, decided at night."""

import re
import threading
import time as time_
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import THE_PROGRAM_ITSELF, AuditEntry, User
from mentorship.outbox.letter import compose
from mentorship.outbox.models import Notice
from pairing import actions, engine
from pairing.hours import first_shared_minute, is_day
from pairing.models import Pair, PairRule, PilotAnswer, PilotQuestion
from pairing.proposing import problem_of
from pairing.proposing.problem import NOT_AGAIN
from pairing.reminding import remind_of_pilots
from tests.factories import (
    CohortFactory,
    MentorFactory,
    PairFactory,
    ParticipantFactory,
    RoleFactory,
    SessionFactory,
    UserFactory,
    a_ready,
)

NOW = timezone.now()
TODAY = NOW.date()
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture
def pair(db):
    return PairFactory(state="pilot", pilot_due_on=TODAY + timedelta(days=30))


def met(pair, days_ago=0, at=NOW):
    day = TODAY - timedelta(days=days_ago)
    return SessionFactory(pair=pair, held_on=day, logged_at=at)


def asked(pair):
    return sorted(PilotQuestion.objects.filter(pair=pair).values_list("number"))


def answer(pair, side, choice, at=NOW):
    user = getattr(pair, side).user
    question = PilotQuestion.objects.newest_of(pair, user)
    return actions.answer_pilot(question, by=user, choice=choice, at=at)


def both_answer(pair, mentor, mentee):
    actions.ask_pilot_questions(NOW)
    answer(pair, "mentor", mentor)
    answer(pair, "mentee", mentee)


def state(pair):
    return Pair.objects.get(pk=pair.pk).state


def test_nobody_is_asked_before_anything_has_happened(pair):
    met(pair)
    assert actions.ask_pilot_questions(NOW) == 0
    assert asked(pair) == []


def test_both_are_asked_after_the_second_session(pair):
    met(pair, 3)
    met(pair)
    assert actions.ask_pilot_questions(NOW) == 1
    assert asked(pair) == [(1,), (1,)]
    notices = Notice.objects.filter(template="pairing/pilot_asked")
    assert {notice.recipient for notice in notices} == {
        pair.mentor.user,
        pair.mentee.user,
    }


def test_both_are_asked_a_week_before_the_date(pair):
    Pair.objects.update(pilot_due_on=TODAY + timedelta(days=8))
    assert actions.ask_pilot_questions(NOW) == 0
    Pair.objects.update(pilot_due_on=TODAY + timedelta(days=7))
    assert actions.ask_pilot_questions(NOW) == 1


def test_the_day_is_the_one_of_the_program(pair):
    pair.cohort.program.zone = "Pacific/Kiritimati"
    pair.cohort.program.save()
    noon = datetime(2026, 5, 1, 12, 0, tzinfo=ZoneInfo("UTC"))
    Pair.objects.update(pilot_due_on=datetime(2026, 5, 9).date())
    assert actions.ask_pilot_questions(noon - timedelta(hours=3)) == 0
    assert actions.ask_pilot_questions(noon) == 1


def test_asking_twice_is_asking_once(pair):
    met(pair, 3)
    met(pair)
    actions.ask_pilot_questions(NOW)
    assert actions.ask_pilot_questions(NOW) == 0
    assert Notice.objects.count() == 2


def test_two_times_continue_make_the_pair_active_at_night(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "continue", "continue")
    assert state(pair) == "pilot"
    assert actions.decide_pilots(NOW)["continue"] == 1
    assert state(pair) == "active"
    assert Pair.objects.get().active_on == TODAY


@pytest.mark.parametrize("other", ["continue", "unsure", "switch", None])
@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_one_switch_ends_the_pair_alike_whoever_asked(pair, side, other):
    met(pair, 3)
    met(pair)
    actions.ask_pilot_questions(NOW)
    answer(pair, side, "switch")
    if other:
        answer(pair, "mentee" if side == "mentor" else "mentor", other)
    actions.decide_pilots(NOW)
    ended = Pair.objects.get()
    assert (ended.state, ended.ending) == ("ended", "switched")
    assert ended.ended_by_id == THE_PROGRAM_ITSELF
    rule = PairRule.objects.get()
    assert (rule.kind, rule.by_id, rule.reason) == ("never", THE_PROGRAM_ITSELF, "")


def test_both_hear_of_a_switch_in_the_same_words_at_the_same_minute(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "switch", "continue")
    Notice.objects.all().delete()
    actions.decide_pilots(NOW)
    one, other = Notice.objects.all()
    assert one.due_at == other.due_at
    assert one.template == other.template == "pairing/pilot_switched"
    same = {"program", "path"}
    assert {k: one.context[k] for k in same} == {k: other.context[k] for k in same}
    assert {one.context["partner"], other.context["partner"]} == {
        pair.mentor.short_name,
        pair.mentee.short_name,
    }


def test_a_pin_gives_way_to_a_switch(pair):
    coordinator = UserFactory()
    PairRule.objects.create(
        cohort=pair.cohort,
        mentor=pair.mentor,
        mentee=pair.mentee,
        kind="pin",
        reason="They asked for it",
        by=coordinator,
    )
    met(pair, 3)
    met(pair)
    both_answer(pair, "switch", "continue")
    actions.decide_pilots(NOW)
    rule = PairRule.objects.get()
    assert (rule.kind, rule.reason) == ("never", "")


def test_unsure_is_asked_again_after_the_next_session(pair):
    met(pair, 3, at=NOW - timedelta(days=3))
    met(pair, at=NOW - timedelta(hours=1))
    both_answer(pair, "continue", "unsure")
    actions.decide_pilots(NOW)
    assert state(pair) == "pilot"
    assert actions.ask_pilot_questions(NOW) == 0
    SessionFactory(pair=pair, held_on=TOMORROW.date(), logged_at=TOMORROW)
    assert actions.ask_pilot_questions(TOMORROW) == 1
    assert asked(pair) == [(1,), (1,), (2,), (2,)]
    assert actions.ask_pilot_questions(TOMORROW) == 0


def test_an_answer_can_change_until_the_night_takes_it_up(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "continue", "switch")
    answer(pair, "mentee", "continue")
    actions.decide_pilots(NOW)
    assert state(pair) == "active"
    with pytest.raises(actions.PilotIsOver):
        answer(pair, "mentee", "switch")


def test_an_older_question_cannot_be_answered_any_more(pair):
    met(pair, 3, at=NOW - timedelta(days=3))
    met(pair, at=NOW - timedelta(hours=1))
    both_answer(pair, "unsure", "unsure")
    old = PilotQuestion.objects.newest_of(pair, pair.mentor.user)
    SessionFactory(pair=pair, held_on=TOMORROW.date(), logged_at=TOMORROW)
    actions.ask_pilot_questions(TOMORROW)
    with pytest.raises(actions.PilotIsOver):
        actions.answer_pilot(old, by=pair.mentor.user, choice="switch", at=TOMORROW)


def test_silence_past_the_date_reminds_both_once_and_decides_nothing(pair):
    met(pair, 3)
    met(pair)
    actions.ask_pilot_questions(NOW)
    answer(pair, "mentor", "continue")
    Pair.objects.update(pilot_due_on=TODAY - timedelta(days=1))
    for night in (NOW, TOMORROW):
        actions.decide_pilots(night)
        remind_of_pilots(night)
    reminded = Notice.objects.filter(template="pairing/pilot_reminder")
    assert {notice.recipient for notice in reminded} == {
        pair.mentor.user,
        pair.mentee.user,
    }
    assert reminded.count() == 2
    assert state(pair) == "pilot"


def test_answering_leaves_no_trace_but_the_answer(pair):
    met(pair, 3)
    met(pair)
    actions.ask_pilot_questions(NOW)
    before = list(Notice.objects.order_by("pk").values())
    answer(pair, "mentor", "switch")
    assert list(Notice.objects.order_by("pk").values()) == before
    assert not AuditEntry.objects.exists()


def test_only_the_author_reads_an_answer(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "unsure", "continue")
    coordinator = RoleFactory(program=pair.cohort.program).user
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from pairing_pilotanswer")
        assert cursor.fetchone() == (0,)
    seen = {}
    people = {"mentor": pair.mentor.user, "mentee": pair.mentee.user}
    for name, person in {**people, "coordinator": coordinator}.items():
        with acting_as(person):
            seen[name] = list(PilotAnswer.objects.values_list("choice", flat=True))
    assert seen == {"mentor": ["unsure"], "mentee": ["continue"], "coordinator": []}


@pytest.mark.django_db(transaction=True)
def test_an_answer_given_while_the_night_waits_still_counts():
    pair = PairFactory(state="pilot", pilot_due_on=TODAY)
    both_answer(pair, "continue", "continue")
    answered = threading.Event()

    def think_again():
        with transaction.atomic():
            answer(pair, "mentor", "switch")
            answered.set()
            time_.sleep(0.5)
        connection.close()

    thread = threading.Thread(target=think_again)
    thread.start()
    answered.wait()
    actions.decide_pilots(NOW)
    thread.join()
    assert Pair.objects.get().ending == "switched"


def test_nobody_answers_for_somebody_else(pair):
    met(pair, 3)
    met(pair)
    actions.ask_pilot_questions(NOW)
    question = PilotQuestion.objects.newest_of(pair, pair.mentor.user)
    with pytest.raises(actions.PilotIsOver):
        actions.answer_pilot(question, by=pair.mentee.user, choice="switch", at=NOW)


class Person:
    def __init__(self, zone, quiet_from=None, quiet_to=None):
        self.tz = ZoneInfo(zone)
        self.quiet_from, self.quiet_to = quiet_from, quiet_to


NIGHT = datetime(2026, 5, 12, 2, 0, tzinfo=ZoneInfo("UTC"))


def test_the_shared_minute_is_now_when_it_is_day_for_both():
    noon = NIGHT.replace(hour=12)
    assert first_shared_minute(noon, [Person("UTC"), Person("Europe/Berlin")]) == noon


def test_the_shared_minute_waits_until_it_is_day_for_both():
    people = [Person("Europe/Lisbon"), Person("America/New_York")]
    # Eight in the morning in New York is one in the afternoon in Lisbon.
    assert first_shared_minute(NIGHT, people) == NIGHT.replace(hour=12)


def test_the_shared_minute_keeps_quiet_hours():
    people = [Person("UTC", time(7), time(10)), Person("UTC")]
    assert first_shared_minute(NIGHT, people) == NIGHT.replace(hour=10)


def test_two_days_that_never_meet_still_get_a_minute():
    people = [Person("UTC"), Person("UTC", time(7, 30), time(20))]
    moment = first_shared_minute(NIGHT, people)
    assert moment >= NIGHT
    assert not all(is_day(person, moment) for person in people)


# ------------------------------------------------------------------------- replanning
def ask_to_replan(pair):
    coordinator = RoleFactory(program=pair.cohort.program).user
    actions.ask_to_replan(pair, by=coordinator, at=NOW)
    return coordinator


def words_to_both(pair, template):
    """{side: what they read} with names and links taken out, and the minute."""
    found = {}
    for side, partner in (("mentor", pair.mentee), ("mentee", pair.mentor)):
        user = getattr(pair, side).user
        notice = Notice.objects.get(recipient=user, template=template)
        body = compose(notice).body.partition("Fewer emails")[0]
        names = [partner.short_name, user.short_name, pair.cohort.program.name]
        for name in [str(pair.pk), *names]:
            body = body.replace(name, "X")
        found[side] = (body, notice.due_at)
    return found


def test_replanning_waits_for_the_night_like_an_answer(pair):
    ask_to_replan(pair)
    assert state(pair) == "pilot"
    assert not Notice.objects.exists()
    assert actions.decide_pilots(NOW)["replan"] == 1
    ended = Pair.objects.get()
    assert (ended.state, ended.ending) == ("ended", "replanned")
    assert ended.ended_by_id == THE_PROGRAM_ITSELF


def test_a_replanned_pair_reads_the_words_of_a_switched_one_at_the_same_minute(pair):
    other = PairFactory(
        cohort=pair.cohort, state="pilot", pilot_due_on=TODAY + timedelta(days=7)
    )
    ask_to_replan(pair)
    both_answer(other, "switch", "continue")
    actions.decide_pilots(NOW)
    replanned = words_to_both(pair, "pairing/pilot_switched")
    switched = words_to_both(other, "pairing/pilot_switched")
    assert replanned == switched
    assert replanned["mentor"] == replanned["mentee"]


@pytest.mark.parametrize("ending", ["switched", "replanned", "left"])
def test_every_early_ending_shows_the_same_words(pair, client, ending):
    program = User.objects.the_program()
    actions.end_pairs([pair], ending=ending, by=program, at=NOW)
    for user in (pair.mentee.user, RoleFactory(program=pair.cohort.program).user):
        client.force_login(user)
        page = client.get(reverse("pairing:pair", args=[pair.pk])).text
        assert "Both are free for a new pairing" in page
        assert ending not in page


def test_a_replanned_pair_may_meet_again_and_a_switched_one_may_not(pair):
    ask_to_replan(pair)
    actions.decide_pilots(NOW)
    assert not PairRule.objects.exists()
    assert Pair.Ending.REPLANNED not in NOT_AGAIN
    assert {Pair.Ending.SWITCHED, Pair.Ending.LEFT, Pair.Ending.WITHDRAWN} == {
        *NOT_AGAIN
    }


def test_a_switch_on_the_night_of_a_replan_is_still_a_switch(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "switch", "continue")
    ask_to_replan(pair)
    actions.decide_pilots(NOW)
    assert Pair.objects.get().ending == "switched"
    assert PairRule.objects.get().is_private


def test_replanning_comes_before_a_decision_to_go_on(pair):
    met(pair, 3)
    met(pair)
    both_answer(pair, "continue", "continue")
    ask_to_replan(pair)
    actions.decide_pilots(NOW)
    assert Pair.objects.get().ending == "replanned"


def test_a_coordinator_can_think_again_before_the_night(pair):
    coordinator = ask_to_replan(pair)
    actions.keep_after_all(pair, by=coordinator)
    actions.decide_pilots(NOW)
    assert state(pair) == "pilot"


def test_only_a_pilot_is_replanned(pair):
    Pair.objects.update(state="active")
    with pytest.raises(actions.PilotIsOver):
        ask_to_replan(pair)


def test_a_coordinator_confirms_first_and_never_for_their_own_pair(pair, client):
    url = reverse("pairing:replan", args=[pair.pk])
    client.force_login(RoleFactory(program=pair.cohort.program).user)
    assert "Neither they nor you can tell" in client.get(url).text
    client.post(url)
    assert Pair.objects.get().replan_asked_at
    assert (
        "You have asked to end this pilot tonight"
        in client.get(reverse("pairing:pair", args=[pair.pk])).text
    )
    client.post(url, {"keep": "1"})
    assert Pair.objects.get().replan_asked_at is None
    RoleFactory(user=pair.mentor.user, program=pair.cohort.program)
    client.force_login(pair.mentor.user)
    assert client.get(url).status_code == 403


def test_the_two_see_nothing_of_a_replan_before_the_night(pair, client):
    client.force_login(pair.mentee.user)
    url = reverse("pairing:pair", args=[pair.pk])
    before = without_tokens(client.get(url).text)
    ask_to_replan(pair)
    assert without_tokens(client.get(url).text) == before


def without_tokens(page):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


# ---------------------------------------------------------------------- leaving early
@pytest.mark.parametrize("side", ["mentor", "mentee"])
@pytest.mark.parametrize(
    ("running", "template"),
    [("pilot", "pairing/pilot_switched"), ("active", "pairing/pair_ended")],
)
def test_leaving_ends_the_pair_for_both_in_the_same_words(
    pair, client, side, running, template
):
    Pair.objects.update(state=running)
    client.force_login(getattr(pair, side).user)
    url = reverse("pairing:leave", args=[pair.pk])
    assert url in client.get(reverse("pairing:pair", args=[pair.pk])).text
    assert "You owe nobody a reason" in client.get(url).text
    assert client.post(url).status_code == 302
    ended = Pair.objects.get()
    assert (ended.state, ended.ending) == ("ended", "left")
    assert ended.ended_by_id == THE_PROGRAM_ITSELF
    words = words_to_both(pair, template)
    assert words["mentor"] == words["mentee"]
    assert not AuditEntry.objects.exists()


def test_who_left_is_in_no_row(pair):
    """Two pairs, one left by the mentor and one by the mentee, differ in nothing."""
    rows = []
    for leaver in ("mentor", "mentee"):
        one = PairFactory(state="pilot", pilot_due_on=pair.pilot_due_on)
        assert getattr(one, leaver)
        actions.leave_pair(one, at=NOW)
        names = ("state", "ending", "ended_at", "ended_by", "replan_asked_at")
        rows.append(Pair.objects.filter(pk=one.pk).values(*names).get())
    assert rows[0] == rows[1]


def test_a_pair_is_left_once(pair):
    actions.leave_pair(pair, at=NOW)
    with pytest.raises(actions.PairIsOver):
        actions.leave_pair(pair, at=NOW)
    assert Notice.objects.filter(template="pairing/pilot_switched").count() == 2


def test_both_return_to_the_pool_and_the_two_are_kept_apart(db):
    cohort = CohortFactory()
    mentor, mentee = a_ready(MentorFactory, cohort), a_ready(ParticipantFactory, cohort)
    pair = PairFactory(cohort=cohort, mentor=mentor, mentee=mentee, state="pilot")
    actions.leave_pair(pair, at=NOW)
    problem = problem_of(cohort, engine.Weights(), TODAY)
    assert [person.id for person in problem.mentees] == [str(mentee.pk)]
    assert [person.id for person in problem.mentors] == [str(mentor.pk)]
    limits = engine.limits_between(problem, str(mentee.pk), str(mentor.pk))
    assert limits == ["ENDED_BEFORE"]
