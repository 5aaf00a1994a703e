"""What people hear about check-ins."""

from datetime import datetime, timedelta

from django.urls import reverse

from feedback.models import CheckIn
from mentorship.outbox.models import Kind, Notice
from pairing.models import Pair

# A question about this week makes no sense much later.
LATEST = timedelta(hours=36)


def check_in_key(participant_id, pair_id, day) -> str:
    """One for each local day, so a move to another zone cannot ask twice."""
    return f"check-in:{participant_id}:{pair_id}:{day.isoformat()}"


def check_in(
    asked: CheckIn, *, partner, program, most_a_week: int | None, due_at: datetime
) -> Notice:
    """How is it going? Three answers as links; choosing one changes nothing yet. The
    charter's weekly cap goes along for the sender to keep."""
    return Notice(
        recipient=asked.participant.user,
        kind=Kind.CHECK_IN,
        template="feedback/check_in",
        key=check_in_key(asked.participant_id, asked.pair_id, asked.asked_for),
        context={
            "path": reverse("feedback:check_in", args=[asked.pk]),
            "log_path": reverse("home:log", args=[asked.pair_id]),
            "partner": partner.short_name,
            "program": program.name,
            "reminders_a_week": most_a_week,
        },
        due_at=due_at,
        not_after=due_at + LATEST,
        program_id=program.pk,
        cohort_id=asked.pair.cohort_id,
        about_kind=CheckIn._meta.label_lower,
        about_id=asked.pk,
    )


def midpoint(pair: Pair, *, at: datetime) -> list[Notice]:
    """To both: half-way, time for a look together."""
    return [
        Notice(
            recipient=place.user,
            kind=Kind.MILESTONE,
            template="feedback/midpoint",
            key=f"midpoint:{pair.pk}:{place.user_id}",
            context={
                "path": reverse("home:review", args=[pair.pk, "midpoint"]),
                "partner": pair.partner_of(place.user).short_name,
                "program": pair.cohort.program.name,
            },
            due_at=at,
            program_id=pair.cohort.program_id,
            cohort_id=pair.cohort_id,
            about_kind=Pair._meta.label_lower,
            about_id=pair.pk,
        )
        for place in pair.members
        if place.user
    ]
