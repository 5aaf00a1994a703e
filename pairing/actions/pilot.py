"""The pilot question: asked and decided at night, answered privately by day.

Whatever is said or sent goes to both people alike. A reminder only for whoever is
silent, or a mail called back after an answer, would tell coordinators who answered.
"""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from mentorship.accounts.acting import acting_as
from mentorship.accounts.models import User, audit
from mentorship.charter.models import Cohort
from mentorship.outbox.models import Notice
from pairing import notices
from pairing.models import Pair, PilotAnswer, PilotQuestion

from .endings import end_pairs, tell_both
from .rules import rule_out

BEFORE_THE_DATE = timedelta(days=7)
ENOUGH_SESSIONS = 2


class PilotIsOver(Exception):
    """The pair is not in its pilot any more, or the question was asked again."""


@transaction.atomic
def ask_pilot_questions(now: datetime) -> int:
    """Ask both people of every pair whose time has come; returns how many pairs.

    The first time after the second held session or a week before the pilot's date,
    whichever is first. Again after the next session, when the answers did not settle
    it. Safe to repeat.
    """
    asking = pairs_to_ask(now)
    questions = [
        PilotQuestion(pair=pair, participant=place, number=number, asked_at=now)
        for pair, number in asking
        for place in pair.members
    ]
    PilotQuestion.objects.bulk_create(questions, ignore_conflicts=True)
    Notice.objects.queue(
        [
            notice
            for pair, number in asking
            for notice in notices.pilot_asked(pair, number, at=now)
        ]
    )
    return len(asking)


def pairs_to_ask(now: datetime) -> list[tuple[Pair, int]]:
    """The pairs whose time for the question has come, and its number for each."""
    pilots = Pair.objects.in_pilot().with_people().select_related("cohort__program")
    soon = Q(pilot_due_on__lte=F("today") + BEFORE_THE_DATE)
    first = pilots.never_asked().with_rhythm().with_local_day(now)
    first = first.filter(Q(held__gte=ENOUGH_SESSIONS) | soon)
    again = pilots.asked_and_met_since().with_pilot_decision()
    return [(pair, 1) for pair in first] + [
        (pair, pair.asked + 1) for pair in again if pair.decision == "ask again"
    ]


@transaction.atomic
def answer_pilot(
    question: PilotQuestion, *, by, choice: str, at: datetime
) -> PilotQuestion:
    """Keep a private answer. It can be changed until the night takes it up. Raises
    PilotIsOver when it no longer counts."""
    pair = Pair.objects.select_for_update().get(pk=question.pair_id)
    newest = PilotQuestion.objects.newest_of(pair, by)
    if pair.state != Pair.State.PILOT or newest is None or newest.pk != question.pk:
        raise PilotIsOver
    with acting_as(by):
        PilotAnswer.objects.update_or_create(
            question=question, defaults={"author": by, "choice": choice}
        )
    question.answered_at = at
    question.save(update_fields=["answered_at"])
    return question


@transaction.atomic
def ask_to_replan(pair: Pair, *, by, at: datetime) -> None:
    """Let the next night end a pilot, so that both can be paired anew, in the words and
    at the hour of a switch: nobody can tell one from the other. Raises PilotIsOver."""
    set_replan(pair, at)
    audit("asked to replan a pair", pair, by=by, program_id=pair.cohort.program_id)


@transaction.atomic
def keep_after_all(pair: Pair, *, by) -> None:
    """Take ask_to_replan back before the night. Raises PilotIsOver."""
    set_replan(pair, None)
    audit("kept a pair after all", pair, by=by, program_id=pair.cohort.program_id)


def set_replan(pair: Pair, at: datetime | None) -> None:
    """Write down, or wipe out, that a coordinator asked."""
    pilots = Pair.objects.in_pilot().filter(pk=pair.pk)
    if not pilots.update(replan_asked_at=at):
        raise PilotIsOver


@transaction.atomic
def decide_pilots(now: datetime) -> dict[str, int]:
    """Let both private answers take effect, together and without a trace of whose.

    Both "continue": the pair is active. A "switch": it ends, both are free again and
    are never proposed together. A coordinator's wish to replan ends it in the same way,
    but for the last. Without both answers nothing is decided, whatever the date.
    Returns how many pairs went each way.
    """
    # Locked first, the cohorts for the rules of a switch, and asked in a second
    # statement, which sees the answers of those who were faster to the lock.
    cohorts = Cohort.objects.filter(pk__in=Pair.objects.in_pilot().values("cohort"))
    list(cohorts.order_by("pk").select_for_update(no_key=True))
    locked = Pair.objects.in_pilot().select_for_update()
    pilots = Pair.objects.filter(pk__in=list(locked.values_list("pk", flat=True)))
    pilots = pilots.with_people().select_related("cohort__program")
    by_decision = defaultdict(list)
    for pair in pilots.with_local_day(now).with_pilot_decision():
        by_decision[decision_about(pair)].append(pair)
    carry_on(by_decision["continue"], now)
    part(by_decision["switch"], now)
    replan(by_decision["replan"], now)
    return {
        "continue": len(by_decision["continue"]),
        "switch": len(by_decision["switch"]),
        "replan": len(by_decision["replan"]),
    }


def decision_about(pair: Pair) -> str:
    """What happens to a pilot tonight: what the two decided, or that a coordinator
    replans it. A switch stays one, so that the two do not meet again."""
    replans = pair.replan_asked_at and pair.decision != "switch"
    return "replan" if replans else pair.decision


def carry_on(pairs: list[Pair], now: datetime) -> None:
    """Make these pairs active, and tell both at the same minute."""
    for pair in pairs:
        pair.state, pair.active_on = Pair.State.ACTIVE, pair.today
    Pair.objects.bulk_update(pairs, ["state", "active_on"])
    cancel_pilot_notices(pairs)
    tell_both(pairs, notices.pilot_continues, now)


def part(pairs: list[Pair], now: datetime) -> None:
    """End these pairs as switched, never to be proposed again, and tell both alike."""
    program = User.objects.the_program()
    ended = end_pairs(pairs, ending=Pair.Ending.SWITCHED, by=program, at=now)
    for pair in ended:
        rule_out(pair.cohort, pair.mentor, pair.mentee, at=now)
    tell_both(ended, notices.pilot_switched, now)


def replan(pairs: list[Pair], now: datetime) -> None:
    """End these pilots so that both can be paired anew, and tell both alike."""
    program = User.objects.the_program()
    ended = end_pairs(pairs, ending=Pair.Ending.REPLANNED, by=program, at=now)
    tell_both(ended, notices.pilot_switched, now)


def cancel_pilot_notices(pairs: list[Pair]) -> None:
    """Take back what was still to be said about these pilots, to both alike."""
    Notice.objects.filter(
        about_kind=Pair._meta.label_lower,
        about_id__in=[pair.pk for pair in pairs],
        template__startswith="pairing/pilot",
    ).cancel()
