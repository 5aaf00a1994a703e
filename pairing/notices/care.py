"""A suggestion for the two, or for one of them, when a rule of health holds."""

from datetime import datetime, timedelta

from django.urls import reverse

from mentorship.outbox.models import Kind, Notice
from mentorship.participants.models import Participant
from pairing.models import HealthReason

# A suggestion that comes much later may be about something that has passed.
LATEST = timedelta(days=3)


def care(
    reason: HealthReason, place: Participant, *, most_a_week: int | None, at: datetime
) -> Notice:
    """To one person: the reason in words, with one thing that could help. The charter's
    weekly cap goes along for the sender to keep."""
    pair = reason.pair
    partner = pair.mentee if place == pair.mentor else pair.mentor
    program = pair.cohort.program
    return Notice(
        recipient=place.user,
        kind=Kind.CARE,
        template="pairing/care",
        key=f"care:{reason.pk}:{place.user_id}",
        context={
            "path": reverse("pairing:pair", args=[pair.pk]),
            "partner": partner.short_name,
            "program": program.name,
            "reason": reason.reason,
            "alone": reason.participant_id is not None,
            "reminders_a_week": most_a_week,
        },
        due_at=at,
        not_after=at + LATEST,
        program_id=program.pk,
        cohort_id=pair.cohort_id,
        about_kind=HealthReason._meta.label_lower,
        about_id=reason.pk,
    )
