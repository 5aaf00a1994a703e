"""Who is reminded, and of the charter: columns for mentorship.charter.planning."""

from datetime import datetime, timedelta

from django.db.models import (
    F,
    Func,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, JSONObject, NullIf

from mentorship.charter.models import CharterVersion, Rhythm
from mentorship.charter.planning import (
    NO_MOMENT,
    Reminder,
    key_of,
    local_day,
    path_to,
    plan,
)

from .models import Participant, Pause


def reader(place: str = "") -> dict:
    """The columns about the reader, whose place is the field `place`, or the row
    itself. Nobody is reminded on a break."""
    own = f"{place}__" if place else ""
    return {
        "reader_id": F(f"{own}user_id"),
        "reader_zone": F(f"{own}user__zone"),
        "reader_together": F(f"{own}user__reminders_together"),
        "of_cohort": F(f"{own}cohort_id"),
        "days_away": days_away(f"{own}pk"),
    }


def days_away(place: str) -> Subquery:
    """The days of somebody's breaks as a multirange, or null."""
    bounds = F("starts_on"), F("ends_on"), Value("[]")
    days = Func(*bounds, function="daterange", output_field=TextField())
    joined = Func(days, function="range_agg", output_field=TextField())
    breaks = Pause.objects.filter(participant=OuterRef(place)).order_by()
    return Subquery(breaks.values(joined=joined))


def short_name(place: str) -> Coalesce:
    """What the person of a place is called, as `User.short_name` says it."""
    own = f"{place}__user__"
    names = [
        NullIf(F(own + name), Value(""))
        for name in ("called", "given_name", "family_name")
    ]
    return Coalesce(*names, F(own + "email"), Value(""), output_field=TextField())


def waiting_for_agreement(first: datetime, last: datetime) -> list[QuerySet]:
    """Places whose people have not agreed to the charter in force, counted from the
    day on which they could first."""
    charter = CharterVersion.objects.in_force().filter(
        program=OuterRef("cohort__program")
    )
    places = Participant.objects.joined().exclude(
        pk__in=Participant.objects.acknowledged().values("pk")
    )
    places = places.annotate(
        version=Subquery(charter.values("pk")[:1]),
        since=Greatest(Subquery(charter.values("published_at")[:1]), "joined_at"),
    ).filter(version__isnull=False, since__gt=first - timedelta(days=32))
    return [
        places.values(
            **reader(),
            about=F("pk"),
            on_day=local_day("since", "user__zone"),
            not_before=NO_MOMENT,
            not_after=NO_MOMENT,
            notice_key=key_of("charter-reminder", "version", "user_id"),
            facts=JSONObject(
                path=path_to("participants:charter"),
                program=F("cohort__program__name"),
                cohort=F("cohort__name"),
            ),
        )
    ]


AGREEMENT = Reminder(
    kind=Rhythm.Kind.ACKNOWLEDGMENT,
    template="participants/acknowledgment_reminder",
    about=Participant,
    latest=timedelta(days=7),
    subjects=waiting_for_agreement,
)


def remind_of_charter(now: datetime) -> int:
    """Remind whoever has not agreed to the charter yet, once for each version."""
    return plan(AGREEMENT, now)
