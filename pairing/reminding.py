"""What the two of a pair are reminded of: for mentorship.charter.planning."""

from datetime import datetime, timedelta

from django.db.models import (
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import JSONObject

from mentorship.charter.models import Rhythm
from mentorship.charter.planning import (
    NO_MOMENT,
    Reminder,
    key_of,
    local_day,
    path_to,
    plan,
)
from mentorship.outbox.models import Notice
from mentorship.participants.reminding import reader, short_name
from pairing.models import Pair, Session

SIDES = ("mentor", "mentee"), ("mentee", "mentor")
# Whoever was told of a session this shortly before needs no reminder of it.
JUST_TOLD = timedelta(hours=12)
FARTHEST = timedelta(days=31)


def sessions_to_come(first: datetime, last: datetime) -> list[QuerySet]:
    """Planned sessions, for each of the two."""
    planned = Session.objects.planned().filter(
        starts_at__range=(first, last + FARTHEST)
    )
    key = "session-soon", "pk", "sequence"
    return [
        planned.values(
            **reader(f"pair__{side}"),
            about=F("pk"),
            on_day=local_day("starts_at", f"pair__{side}__user__zone"),
            not_before=told_of_it(),
            not_after=F("starts_at"),
            notice_key=key_of(*key, f"pair__{side}__user_id"),
            facts=JSONObject(
                path=path_to("pairing:pair", "pair_id"),
                partner=short_name(f"pair__{partner}"),
                program=F("pair__cohort__program__name"),
                day=F("starts_at"),
                starts_at=F("starts_at"),
                channel=F("channel"),
            ),
        )
        for side, partner in SIDES
    ]


def told_of_it() -> ExpressionWrapper:
    """Until when nobody needs a reminder of a session, because the last mail about its
    time has just come; or null."""
    told = Notice.objects.filter(
        about_kind=Session._meta.label_lower,
        about_id=OuterRef("pk"),
        template__in=["pairing/session_planned", "pairing/session_moved"],
    )
    newest = Subquery(told.order_by("-created_at").values("created_at")[:1])
    return ExpressionWrapper(newest + Value(JUST_TOLD), output_field=DateTimeField())


def undecided_pilots(first: datetime, last: datetime) -> list[QuerySet]:
    """Pilots past their date without a decision: for both alike, whoever has answered,
    so that a mail tells nobody who has not."""
    pilots = Pair.objects.in_pilot().filter(
        pilot_due_on__range=(first - FARTHEST, last + timedelta(days=1))
    )
    waiting = pilots.with_pilot_decision().filter(decision="waiting")
    return [
        waiting.values(
            **reader(side),
            about=F("pk"),
            on_day=F("pilot_due_on"),
            not_before=NO_MOMENT,
            not_after=NO_MOMENT,
            notice_key=key_of("pilot_reminder", "pk", f"{side}__user_id"),
            facts=JSONObject(
                path=path_to("pairing:pilot"),
                partner=short_name(partner),
                program=F("cohort__program__name"),
                day=F("pilot_due_on"),
            ),
        )
        for side, partner in SIDES
    ]


SESSION = Reminder(
    kind=Rhythm.Kind.SESSION,
    template="pairing/session_soon",
    about=Session,
    latest=timedelta(hours=36),
    subjects=sessions_to_come,
    folds=False,
)

PILOT = Reminder(
    kind=Rhythm.Kind.PILOT,
    template="pairing/pilot_reminder",
    about=Pair,
    latest=timedelta(days=7),
    subjects=undecided_pilots,
    folds=False,
)


def remind_of_sessions(now: datetime) -> int:
    """Remind both of a session that comes near."""
    return plan(SESSION, now)


def remind_of_pilots(now: datetime) -> int:
    """Remind both, once, of a pilot that is past its date and not decided."""
    return plan(PILOT, now)
