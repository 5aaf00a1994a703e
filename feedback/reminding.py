"""Check-ins and reflections that wait: for mentorship.charter.planning."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Case, DateField, F, QuerySet, Value, When
from django.db.models.functions import Cast, JSONObject
from django.urls import reverse

from feedback.models import CheckIn, Reflection
from mentorship.charter.models import Rhythm
from mentorship.charter.planning import (
    ALWAYS,
    NIL,
    Reminder,
    key_of,
    local_day,
    path_to,
    plan,
)
from mentorship.participants.reminding import reader, short_name
from pairing.models import Pair
from pairing.reminding import FARTHEST, SIDES

# The first check-in leaves a new pair a week to meet.
SETTLING_IN = timedelta(days=7)
# A question about this week makes no sense much later.
LATEST = timedelta(hours=36)


def pairs_to_ask() -> QuerySet:
    """Who is asked in their rhythm: both people of every running pair, each with the
    first day on which they may be."""
    mentors, mentees = (
        Pair.objects.running()
        .order_by()
        .values(
            **reader(side),
            of_pair=F("pk"),
            about=F(f"{side}_id"),
            first_day=first_day(),
        )
        for side, _partner in SIDES
    )
    return mentors.union(mentees, all=True)


def first_day() -> Cast:
    return Cast(F("started_on") + Value(SETTLING_IN), DateField())


def pairs_in_rhythm(first: datetime, last: datetime) -> list[QuerySet]:
    """The same people with what their mail will say, before there is a question to
    answer: for looking ahead."""
    return [
        Pair.objects.running().values(
            **{**reader(side), **ALWAYS},
            about=F("pk"),
            notice_key=key_of("check-in", f"{side}_id", "pk"),
            facts=JSONObject(
                path=Value(reverse("feedback:check_in", args=[NIL])),
                log_path=path_to("home:log"),
                partner=short_name(partner),
                program=F("cohort__program__name"),
                day=first_day(),
            ),
        )
        for side, partner in SIDES
    ]


def check_ins_waiting(first: datetime, last: datetime) -> list[QuerySet]:
    """Questions of these days that nobody has answered yet."""
    a_day = timedelta(days=1)
    waiting = CheckIn.objects.filter(
        answered_at=None,
        asked_for__range=((first - a_day).date(), (last + a_day).date()),
        pair__in=Pair.objects.running(),
    )
    partner = Case(
        When(participant=F("pair__mentor"), then=short_name("pair__mentee")),
        default=short_name("pair__mentor"),
    )
    key = key_of("check-in", "participant_id", "pair_id", "asked_for")
    return [
        waiting.values(
            **{**reader("participant"), **ALWAYS, "on_day": F("asked_for")},
            about=F("pk"),
            notice_key=key,
            facts=JSONObject(
                path=path_to("feedback:check_in"),
                log_path=path_to("home:log", "pair_id"),
                partner=partner,
                program=F("pair__cohort__program__name"),
                day=F("asked_for"),
            ),
        )
    ]


def reflections_waiting(first: datetime, last: datetime) -> list[QuerySet]:
    """Questions about a session that were neither answered nor skipped."""
    waiting = Reflection.objects.asked().filter(
        asked_at__range=(first - FARTHEST, last),
        session__pair__in=Pair.objects.running(),
    )
    partner = Case(
        When(
            author=F("session__pair__mentor"), then=short_name("session__pair__mentee")
        ),
        default=short_name("session__pair__mentor"),
    )
    on_day = local_day("asked_at", "author__user__zone")
    return [
        waiting.values(
            **{**reader("author"), **ALWAYS, "on_day": on_day},
            about=F("pk"),
            notice_key=key_of("reflection", "pk"),
            facts=JSONObject(
                path=path_to("feedback:reflect"),
                partner=partner,
                program=F("session__pair__cohort__program__name"),
                day=F("session__held_on"),
            ),
        )
    ]


CHECK_IN = Reminder(
    kind=Rhythm.Kind.CHECK_IN,
    template="feedback/check_in",
    about=CheckIn,
    latest=LATEST,
    subjects=check_ins_waiting,
)

CHECK_INS_TO_COME = replace(CHECK_IN, subjects=pairs_in_rhythm)

REFLECTION = Reminder(
    kind=Rhythm.Kind.REFLECTION,
    template="feedback/reflection_waits",
    about=Reflection,
    latest=timedelta(days=3),
    subjects=reflections_waiting,
)


def remind_of_reflections(now: datetime) -> int:
    """Remind whoever has neither written nor skipped, once for each session."""
    return plan(REFLECTION, now)
