"""What people hear about what they can say before they are paired."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from mentorship.participants.models import Participant


def say_opened(places: Iterable[Participant], *, at: datetime) -> list[Notice]:
    """To each, once: pairing begins, what can be said, and until when."""
    return [
        about_say("say_open", place, f"say_open:{place.pk}", at) for place in places
    ]


def say_reminders(mentees: Iterable[Participant], *, at: datetime) -> list[Notice]:
    """To mentees: a few days are left. One for each day that was set."""
    return [
        about_say(
            "say_reminder", place, f"say_reminder:{place.pk}:{until_of(place)}", at
        )
        for place in mentees
    ]


def about_say(template: str, place: Participant, key: str, at: datetime) -> Notice:
    cohort = place.cohort
    page = "pairing:wishes" if place.is_mentee else "pairing:limits"
    return Notice(
        recipient=place.user,
        kind=Kind.PAIRING,
        template=f"pairing/{template}",
        key=key,
        due_at=at,
        not_after=last_moment(cohort),
        program_id=cohort.program_id,
        cohort_id=cohort.pk,
        about_kind=Participant._meta.label_lower,
        about_id=place.pk,
        context={
            "path": reverse(page, args=[place.pk]),
            "program": cohort.program.name,
            "as_mentee": place.is_mentee,
            "as_mentor": place.is_mentor,
            "until": until_of(place),
        },
    )


def until_of(place: Participant) -> str:
    """The last day for wishes as plain text, or empty."""
    until = place.cohort.wishes_until
    return until.isoformat() if until else ""


def last_moment(cohort) -> datetime | None:
    """When the last day for wishes is over in the program's zone."""
    if cohort.wishes_until is None:
        return None
    after = cohort.wishes_until + timedelta(days=1)
    return datetime.combine(after, time(), tzinfo=cohort.program.tz)
