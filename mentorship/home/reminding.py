"""All that people are reminded of, planned in one place."""

import logging
from datetime import datetime, timedelta

from django.db.models import F, QuerySet, Value
from django.db.models.functions import JSONObject

from feedback.actions import ask_check_ins
from feedback.reminding import CHECK_IN, REFLECTION, remind_of_reflections
from mentorship.charter.models import Rhythm
from mentorship.charter.planning import ALWAYS, Reminder, key_of, plan
from mentorship.participants.models import Participant
from mentorship.participants.reminding import AGREEMENT, reader, remind_of_charter
from milestones.reminding import STEP, remind_of_steps
from pairing.reminding import PILOT, SESSION, remind_of_pilots, remind_of_sessions

logger = logging.getLogger(__name__)


class PlanningFailed(Exception):
    """At least one kind could not be planned; the others were all the same."""


def places_with_one_mail(first: datetime, last: datetime) -> list[QuerySet]:
    """Places of people who want one mail a week; the key gets the day, see below."""
    together = Participant.objects.joined().filter(user__reminders_together=True)
    return [
        together.values(
            **reader(),
            **ALWAYS,
            about=F("pk"),
            notice_key=key_of("digest", "pk"),
            facts=JSONObject(
                path=Value("/"),
                cohort=F("cohort_id"),
                program=F("cohort__program__name"),
            ),
        )
    ]


DIGEST = Reminder(
    kind=Rhythm.Kind.DIGEST,
    template="home/digest",
    about=Participant,
    latest=timedelta(days=2),
    subjects=places_with_one_mail,
    folds=False,
)

REMINDERS: dict[str, Reminder] = {
    reminder.kind: reminder
    for reminder in (SESSION, CHECK_IN, STEP, REFLECTION, PILOT, AGREEMENT, DIGEST)
}


def send_digests(now: datetime) -> int:
    """One mail a week, written when it is sent, to whoever wants no single ones."""
    return plan(DIGEST, now)


STEPS = (
    remind_of_sessions,
    ask_check_ins,
    remind_of_steps,
    remind_of_reflections,
    remind_of_pilots,
    remind_of_charter,
    send_digests,
)


def plan_reminders(now: datetime) -> int:
    """Plan every kind for the next 48 hours; returns how many are new or have moved.
    Raises PlanningFailed at the end when a kind raised."""
    queued, failed = 0, []
    for step in STEPS:
        try:
            queued += step(now)
        except Exception:
            logger.exception("Could not plan: %s", step.__name__)
            failed.append(step.__name__)
    if failed:
        raise PlanningFailed(", ".join(failed))
    return queued
